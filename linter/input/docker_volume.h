// Volumes of the driver `local` that are a mount of something else: its options go to mount(2).
#pragma once

#include "linter/input/docker_reading.h"
#include "linter/model/document.h"

namespace cagelint::input {

// Sets Mount::host where the options of its volume bind a path. A relative one begins wherever the
// engine was started: unknown.
void FindBoundPath(model::Mount& mount, const Reading& reading);

// `--opt KEY=VALUE` of `volume create`.
void AddVolumeOption(const Value& value, model::Command& command);

// Gives the mounts of `container` what a `volume create` before it in the document says of their
// volumes.
void JoinCreatedVolumes(const Reading& reading, model::Container& container);

}  // namespace cagelint::input
