// The flags of run and create that may be given several times, other than mounts, networks, ports
// and devices. Each reader adds one value, or refuses it as the client does.
#pragma once

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// opts.ValidateEnv. `NAME` alone is taken from the process's environment where that is known.
void ReadEnv(const FlagUse& use, const Reading& reading, model::Container& container);
// kvfile.Parse: the file's variables go into `environment` where the process's environment is known
// (`--use-env`). A file that is not there is a refusal where the client would run now, else a gap.
// Of a script's file only that is looked at, unless the environment is known.
void ReadEnvFile(const FlagUse& use, const Reading& reading, model::Container& container);
void ReadLabel(const FlagUse& use, const Reading& reading, model::Container& container);
// opts.ValidateExtraHost; kept as `host:address`, as it is sent.
void ReadExtraHost(const FlagUse& use, const Reading& reading, model::Container& container);
// units.ParseUlimit.
void ReadUlimit(const FlagUse& use, const Reading& reading, model::Container& container);
// opts.ValidateSysctl.
void ReadSysctl(const FlagUse& use, const Reading& reading, model::Container& container);
// parseSecurityOpts; kept as `key=value`, the bare no-new-privileges as it is.
void ReadSecurityOption(const FlagUse& use, const Reading& reading, model::Container& container);
// `CAP_` and upper case, as the client sends it.
void ReadCapability(const FlagUse& use, const Reading& reading, model::Container& container);

// Keeps the last of equal keys, as the client's maps do, and orders the capabilities. To be called
// when all flags are read.
void FinishLists(model::Container& container);

}  // namespace cagelint::input
