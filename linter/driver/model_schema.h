// What `cagelint model` prints, for programs that read it.
#pragma once

#include <string>

namespace cagelint::driver {

// The JSON Schema (draft 2020-12) of driver::ModelJson, with a final newline.
std::string ModelSchema();

}  // namespace cagelint::driver
