// Tasks of type `docker-run`: the command line that the Container Tools of Visual Studio Code
// build.
#pragma once

#include "linter/base/source.h"
#include "linter/input/shell_texts.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

// `options`: the entry `dockerRun` of a task, a map. What is implied is shown at its key.
void ReadDockerRunTask(const syntax::Tree& tree, const syntax::Entry& options,
                       const base::Source& source, base::SourceSet& sources, ShellTexts& texts);

}  // namespace cagelint::input
