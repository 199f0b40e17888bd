#include <cstddef>

#include "tests/fuzz/entry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The first byte says which notation is meant.
  const bool is_json = size > 0 && data[0] == '{';
  cagelint::test::FuzzFile(is_json ? "mcp.json" : "config.toml",
                           {reinterpret_cast<const char*>(data), size});
  return 0;
}
