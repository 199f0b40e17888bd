// Reading the options of one command, and its help.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/result.h"
#include "linter/cli/command.h"
#include "linter/cli/option_set.h"

namespace cagelint::cli {

// Reads `words` by `options`. Nothing: go on. Otherwise the exit code: help was printed, the
// options were described, or what is wrong was said.
std::optional<int> Parse(OptionSet& options, const Words& words);

// The help of a command: what it does, how it is called, its arguments and options by group. The
// footer comes last.
std::string HelpText(const CommandRow& command);

// "a, b, c"
std::string Listed(std::span<const std::string_view> names);

// "unknown WHAT `word`; did you mean `x`?", or the candidates where none is near.
std::string Unknown(std::string_view what, std::string_view word,
                    std::span<const std::string_view> candidates);

// "OPTION: unknown WHAT `word`; …" when `word` is none of `known`.
std::optional<std::string> FindUnknown(std::string_view option, std::string_view what,
                                       std::string_view word,
                                       std::span<const std::string_view> known);

// Which of `names` the argument `word` is, one WHAT.
base::Result<std::size_t> Named(std::string_view what, std::string_view word,
                                std::span<const std::string_view> names);

}  // namespace cagelint::cli
