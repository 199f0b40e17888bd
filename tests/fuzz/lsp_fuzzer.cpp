#include <cstddef>
#include <cstdint>

#include "tests/fuzz/lsp.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cagelint::test::FuzzLsp({reinterpret_cast<const char*>(data), size});
  return 0;
}
