// What the fuzzers call, and hostile_test with the inputs that are kept. Whatever the bytes are,
// these return; they abort where a report breaks what holds for every report.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cagelint::test {

// Lints `bytes` as the whole of a file called `name`.
void FuzzFile(std::string_view name, std::string_view bytes);
// Lints an argument vector: the words stand between NUL bytes.
void FuzzArguments(std::string_view bytes);

// Lints a script and a compose file by the configuration `bytes`.
void FuzzConfig(std::string_view bytes);

// Parses `bytes` as YAML where they pass the byte gate.
void FuzzYaml(std::string_view bytes);

// Asks a list of patterns for a path, which stands in front of it and a NUL; and reads all as an
// index of git.
void FuzzIgnore(std::string_view bytes);

}  // namespace cagelint::test
