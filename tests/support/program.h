// Runs the built program in a folder of its own.
#pragma once

#include <string>
#include <string_view>

#include "tests/support/scratch.h"

namespace cagelint::test {

struct Ran {
  int exit = -1;  // 128 + N after signal N
  std::string out;
  std::string err;
};

// The bytes of a file; empty where there is none.
std::string ReadBytes(const std::string& path);

// Runs `script` with sh in `folder`; `cagelint` in it is the program. Standard input is empty, and
// of the environment only PATH is kept.
Ran RunShell(const std::string& script, const std::string& folder);

class Program {
 public:
  void Write(std::string_view name, std::string_view bytes) const { scratch_.Write(name, bytes); }
  std::string Read(std::string_view name) const { return ReadBytes(scratch_.At(name)); }
  Ran Shell(const std::string& script) const { return RunShell(script, scratch_.Root().string()); }
  std::string Root() const { return scratch_.Root().string(); }
  // `words` as a shell reads them.
  Ran operator()(const std::string& words) const { return Shell("cagelint " + words); }

 private:
  Scratch scratch_;
};

}  // namespace cagelint::test
