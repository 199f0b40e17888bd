// run and create: words → Container.
#pragma once

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// Adds the container to the document. `words` begin behind the subcommand; `anchor` is the words
// `docker run`; `command` is kRunCommand or kCreateCommand. False where the client only prints
// help.
bool ReadRun(const Reading& reading, std::span<const Argument> words, base::Span anchor,
             CommandSet command);

// `docker compose run`: words behind it. A container with what the command line sets; everything
// else is dynamic, for the compose file says it.
void ReadComposeRun(const Reading& reading, std::span<const Argument> words, base::Span anchor);

// Adds one flag's value to the container, or refuses it.
void ApplyFlag(const FlagUse& use, const Reading& reading, model::Container& container);

// What the client refuses about flags that go together, after all are read (docker/cli, parse()).
void CheckTogether(const Words& words, const Reading& reading, const model::Container& container);

// Says that `unresolved` may be any flags.
void AddUnresolved(const std::vector<const Argument*>& unresolved, const Reading& reading);

}  // namespace cagelint::input
