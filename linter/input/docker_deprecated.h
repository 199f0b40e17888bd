// What docker 28 takes and docker 29 does not, or takes without effect.
#pragma once

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// Adds remarks of kind kDeprecatedOption for the words of a run or create that docker 28 accepts.
// Facts: the same command lines run with the clients 28.2.2 and 29.9.3. What cannot be known is
// passed over, and so are other engines.
void NoteDeprecated(const Words& parsed, const Reading& reading);

}  // namespace cagelint::input
