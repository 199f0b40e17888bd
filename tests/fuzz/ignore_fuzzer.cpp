#include <cstddef>

#include "tests/fuzz/entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cagelint::test::FuzzIgnore({reinterpret_cast<const char*>(data), size});
  return 0;
}
