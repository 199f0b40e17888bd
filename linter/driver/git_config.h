// The one value of git's configuration that says what git ignores (git-config(1), "Syntax" and
// "Includes").
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace cagelint::driver {

// The bytes of a file that a configuration includes, by the path as it stands there; nothing where
// it cannot be read, which git does not mind.
using ReadIncluded = std::function<std::optional<std::string>(const std::string& path)>;

// The value of core.excludesFile in `config`, the last one that is said; nothing where none is. ""
// also where it cannot be known: git would refuse the file, or whether another one is included
// depends on where git runs, and that one says something.
std::optional<std::string> ExcludesFileIn(std::string_view config, const ReadIncluded& read);

}  // namespace cagelint::driver
