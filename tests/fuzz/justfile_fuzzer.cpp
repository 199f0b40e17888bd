#include <cstddef>

#include "tests/fuzz/entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cagelint::test::FuzzFile("justfile", {reinterpret_cast<const char*>(data), size});
  return 0;
}
