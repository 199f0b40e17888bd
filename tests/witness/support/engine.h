// A Docker Engine of the test's own: other data, other socket, no network of the machine.
#pragma once

#include <string>

#include <sys/types.h>

#include "tests/support/program.h"

namespace cagelint::test {

class PrivateEngine {
 public:
  PrivateEngine() = default;
  PrivateEngine(const PrivateEngine&) = delete;
  PrivateEngine& operator=(const PrivateEngine&) = delete;
  ~PrivateEngine() { Stop(); }

  // Starts it, and makes its image `probe:1`. Where that fails, one of these says why.
  void Start();
  const std::string& Missing() const { return missing_; }  // what can be installed or granted
  const std::string& Broken() const { return broken_; }    // what is wrong with these tests
  const std::string& Unable() const { return unable_; }    // what this machine cannot do at all

  // Runs `script` in an empty folder, and removes all that it made there and in the engine. Its
  // output and errors are both in `out`; `err` says what could not be removed.
  Ran Run(const std::string& script);

  // Stops it and removes its folder. Says what is left, "" if nothing.
  std::string Stop();

 private:
  Ran Shell(const std::string& script, const std::string& folder, int seconds) const;
  void Launch();
  bool AwaitReady();
  std::string LogEnd() const;
  std::string At(const char* name) const { return root_ + "/" + name; }

  std::string root_;  // "" when there is none
  pid_t pid_ = -1;
  std::string missing_;
  std::string broken_;
  std::string unable_;
};

}  // namespace cagelint::test
