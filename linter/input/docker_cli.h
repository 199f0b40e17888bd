// An argument vector → Container or Command, as the real client would read it. Facts: docker/cli
// 28.2.2, run flag by flag; see docker_flags.def.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/argument.h"
#include "linter/input/reader.h"

namespace cagelint::input {

// One command of a script, or the whole of `check -- …`.
struct Invocation {
  std::span<const Argument>
      words;          // from the engine's name on: `docker`, `/usr/bin/podman`; not empty
  base::Span extent;  // the whole command with its redirections
  int order = 0;
  bool output_captured = false;      // goes to a file, a pipe or a variable
  std::vector<std::string> handles;  // variables that receive its output: "cid"
  model::ClientTimeout timeout;      // what the client runs under
  // Where relative paths of files that the client reads (seccomp profile, env file) are looked for.
  std::vector<std::string> directories;
  // What `cd` made of the working directory, in the bytes of Argument::text; "" where the script
  // did not change it, or that cannot be known.
  std::string working_directory = {};
  // `check --`, `model --`: the client would run now, so that a missing file is a refusal, not a
  // gap.
  bool runs_now = false;
};

// Whether a command's first word names a container engine whose command line is known: the last
// part of a path is docker, podman or nerdctl, in any of `docker`, `/usr/bin/docker`, `docker.exe`;
// or docker-compose, podman-compose.
bool NamesEngine(std::string_view word);

// Adds what the command means to `document`: a container (run, create), a command (exec, start, …),
// nothing for what bears on no rule (`docker ps`). What the client refuses is a gap with
// `refused: true` at the word that is wrong, and the rest is still modelled. An argument list that
// cannot be known is a gap of kind `unresolved-arguments`, and makes absent settings dynamic.
// Targets of commands are left with `container == -1` where the name is not literal.
void ReadInvocation(const Invocation& invocation, const Context& context,
                    model::Document& document);

}  // namespace cagelint::input
