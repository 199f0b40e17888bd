// The language server on two streams, until its client is gone.
#pragma once

#include "linter/lsp/session.h"

namespace cagelint::lsp {

// Reads messages from the descriptor `in` and writes to `out`, until `exit`, the end of `in`, or
// the end of the process that the client named. Never blocks in a write while something can be
// read. Gives the exit code that the protocol asks for.
int Serve(int in, int out, Environment environment);

}  // namespace cagelint::lsp
