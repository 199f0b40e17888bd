// Which word of a command is the program that runs in the end: `sudo -u x env A=b docker`.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "linter/input/argument.h"
#include "linter/model/container.h"

namespace cagelint::input {

struct ShellProgram {
  std::size_t index = 0;       // words.size() where nothing runs
  bool through_xargs = false;  // further words come from its input
  std::string replaced = {};   // what xargs and parallel put their input in the place of
  model::ClientTimeout timeout = {};
  bool joins = false;  // the words are the text of a script: `watch 'docker ps'`
};

// Skips wrappers with their options (sudo, doas, env, time, nohup, exec, command, timeout, nice,
// xargs …) and reserved words that an error left in front. An unknown word (`$SUDO`) is skipped
// when a wrapper or an engine follows.
ShellProgram FindProgram(std::span<const Argument> words);

// The last part of a path: "docker" of "/usr/bin/docker".
std::string_view ProgramName(std::string_view word);

}  // namespace cagelint::input
