// The values of --device, --device-cgroup-rule, --gpus and of the flags that limit devices. The
// functions that give a string give the reason why the client refuses the text, "" when it does
// not.
#pragma once

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// docker/cli, validateDevice and parseDevice: `host[:container][:rwm]`, or a CDI name
// (`nvidia.com/gpu=all`), which is kept as the source alone.
void ReadDevice(const FlagUse& use, const Reading& reading, model::Container& container);

std::string DeviceRuleRefusal(std::string_view text);
// docker/cli, opts.GpuOpts: one CSV record.
std::string GpusRefusal(std::string_view text);
// `/dev/x:number`: bytes a second, or a count.
std::string DeviceRateRefusal(std::string_view text, Grammar grammar);

}  // namespace cagelint::input
