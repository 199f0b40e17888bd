#include "tests/oracle/process.h"

#include <cstdlib>

#include <poll.h>
#include <unistd.h>

namespace cagelint::test {

std::string Variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (const std::string& text : texts) out.push_back(const_cast<char*>(text.c_str()));
  out.push_back(nullptr);
  return out;
}

bool ReadAll(int descriptor, std::string& out) {
  constexpr int kMostMilliseconds = 30000;
  char bytes[65536];
  while (true) {
    pollfd waiting{descriptor, POLLIN, 0};
    if (poll(&waiting, 1, kMostMilliseconds) <= 0) return false;
    const ssize_t size = read(descriptor, bytes, sizeof bytes);
    if (size <= 0) return true;
    out.append(bytes, static_cast<std::size_t>(size));
  }
}

}  // namespace cagelint::test
