// What the formats `json` and `jsonl` write, for programs that read them.
#pragma once

#include <string>

namespace cagelint::output {

// The JSON Schema (draft 2020-12) of the document of `json`, with a final newline. A line of
// `jsonl` is what it calls `#/$defs/line`.
std::string OutputSchema();

}  // namespace cagelint::output
