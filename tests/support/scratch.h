// A folder of the real file system that is gone when the test ends.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace cagelint::test {

class Scratch {
 public:
  Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch();

  // The path of `name` in it; its folders are made.
  std::string At(std::string_view name) const;
  // Writes a file; gives its path.
  std::string Write(std::string_view name, std::string_view bytes) const;
  const std::filesystem::path& Root() const { return root_; }

 private:
  std::filesystem::path root_;
};

}  // namespace cagelint::test
