// Lints what files would be, before they are written.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/driver/lint.h"

namespace cagelint::driver {

// What stands in place of the bytes of a file, by the path that its Source has. Also of standard
// input and of the one command behind `--`, which have paths as well.
using Texts = std::map<std::string, std::string, std::less<>>;

// `files` with `texts` in place of what is there. Both must outlive it.
base::FileSystem Overlay(const base::FileSystem& files, const Texts& texts);

// Lints `request` as `lint` does, with `texts` in place of what is there.
using Linter = std::function<Outcome(const Request&, const base::FileSystem&)>;
Outcome LintOver(const Request& request, const base::FileSystem& files, const Texts& texts,
                 const Linter& lint = Lint);

// Makes `edits`, which Tidy has passed, in what `texts` says, or in the bytes of `sources` where it
// does not.
void EditTexts(const base::SourceSet& sources, std::span<const diagnostic::Edit> edits,
               Texts& texts);

// The words of one command in which nothing is expanded; nothing where it is anything else.
std::optional<std::vector<std::string>> WordsOf(std::string_view command);

}  // namespace cagelint::driver
