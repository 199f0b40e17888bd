// Reading the words of a command by its options.
#pragma once

#include <string>
#include <vector>

#include "linter/cli/option_set.h"

namespace cagelint::cli {

// Sets what `words` say in the variables of `options`, in their order. `words` are those in front
// of
// `--`. Options and arguments may be mixed; "-qf FILE", "-fFILE", "--file FILE" and "--file=FILE"
// are understood, abbreviations are not. What is wrong, for the user; "" where nothing is, or where
// help is asked for and all that is wrong is a word that the command does not take. Not for several
// threads at once.
std::string ReadOptions(const OptionSet& options, const std::vector<std::string>& words);

}  // namespace cagelint::cli
