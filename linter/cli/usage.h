// Reading the options of one command, and its help.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "linter/base/result.h"
#include "linter/cli/command.h"

namespace cagelint::cli {

// Reads `words` into `app`, whose name is the command's. Nothing: go on. Otherwise the exit code:
// help was printed, the options were described, or what is wrong was said.
std::optional<int> Parse(CLI::App& app, const Words& words);

// An option that takes one value each time it is given; never the words behind it.
CLI::Option* AddRepeated(CLI::App& app, const std::string& names, std::vector<std::string>& values,
                         const std::string& help, const std::string& value_name);
CLI::Option* AddValue(CLI::App& app, const std::string& names, std::string& value,
                      const std::string& help, const std::string& value_name);

// The help of a command: what it does, how it is called, its arguments and options by group. The
// footer of `app` comes last.
std::string HelpText(const CLI::App& app);

// "unknown WHAT `word`; did you mean `x`?", or the candidates where none is near.
std::string Unknown(std::string_view what, std::string_view word,
                    std::span<const std::string_view> candidates);

}  // namespace cagelint::cli
