#include "tests/support/scratch.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace cagelint::test {

Scratch::Scratch() {
  std::string name = (std::filesystem::temp_directory_path() / "cagelint-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  root_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(root_, ignored);
}

std::string Scratch::At(std::string_view name) const {
  const std::filesystem::path path = root_ / name;
  std::filesystem::create_directories(path.parent_path());
  return path.string();
}

std::string Scratch::Write(std::string_view name, std::string_view bytes) const {
  std::string path = At(name);
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

}  // namespace cagelint::test
