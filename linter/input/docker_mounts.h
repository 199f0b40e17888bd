// The values of -v, --mount and --tmpfs.
#pragma once

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// What an author's path says of the host. `text` may hold symbols. With
// `reading.invocation.runs_now` the shell has expanded `$PWD` and `$HOME` already: an absolute path
// in one of them counts as such.
model::HostPath HostPathOf(std::string_view text, const Reading& reading);

// docker/cli, volumespec.Parse: `[source:]target[:options]`.
void ReadVolume(const FlagUse& use, const Reading& reading, model::Container& container);

// docker/cli, opts.MountOpt: one CSV record of key=value.
void ReadMount(const FlagUse& use, const Reading& reading, model::Container& container);

// `target[:options]`: the client checks nothing.
void ReadTmpfs(const FlagUse& use, const Reading& reading, model::Container& container);

// True when `text` ends in something unknown that is glued to a name (`/data$SUFFIX`): it may bring
// options along.
bool MayHoldOptions(std::string_view text);

// The source of a bind as the engine gets it: `.` is made absolute by the client.
model::Setting<std::string> SourceSetting(const Value& value, const Reading& reading);

}  // namespace cagelint::input
