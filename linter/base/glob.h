// Patterns of paths, as ignore files have them.
#pragma once

#include <string_view>

namespace cagelint::base {

// Whether `pattern` means `path` or a folder above it. Both are relative to the same folder and
// clean. `*` is any part of a name, `?` one byte of it, `**` any folders, also none; a leading "./"
// and a trailing slash change nothing. A pattern without a slash means a name in any folder. Takes
// time of the product of both lengths at most.
bool MatchesGlob(std::string_view pattern, std::string_view path);

// One name: `*` and `?` as above, nothing else is special.
bool MatchesName(std::string_view pattern, std::string_view name);

}  // namespace cagelint::base
