// What a configuration file may hold, for editors.
#pragma once

#include <string>

namespace cagelint::driver {

// The JSON Schema (draft 7) of a configuration file, made from the tables that read it, with a
// final newline.
std::string ConfigSchema();

}  // namespace cagelint::driver
