// The docker client at hand, and what it makes of a command line.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/docker_daemon.h"

namespace cagelint::test {

struct Client {
  std::string path;
  int major = 0;
  int minor = 0;

  bool IsBefore(int other_major, int other_minor = 0) const {
    return major != other_major ? major < other_major : minor < other_minor;
  }
};

// The newest of: $CAGELINT_DOCKER_CLIENT (which excludes the others), what `.ci/docker-client` has
// unpacked, and all named `docker` on PATH. Nothing where there is none of 20.10 or later.
std::optional<Client> FindClient();

struct Verdict {
  bool timed_out = false;
  bool accepted = false;     // the client would have asked the engine to do it, or shows its help
  bool unreachable = false;  // accepted, but for an engine elsewhere
  std::string output;
  std::vector<DaemonRequest> requests;
};

// Runs the client on command lines, one at a time, in `folder` and against a daemon of its own.
// Standard input is a terminal, so that `-it` passes.
class ClientRunner {
 public:
  // `state` is an empty folder for the socket and the client's configuration.
  ClientRunner(Client client, std::string state, std::string folder);
  ~ClientRunner();
  ClientRunner(const ClientRunner&) = delete;
  ClientRunner& operator=(const ClientRunner&) = delete;

  // `words` begin behind `docker`.
  Verdict Run(const std::vector<std::string>& words);

 private:
  Client client_;
  std::string folder_;
  std::vector<std::string> environment_;
  int terminal_ = -1;
  int controller_ = -1;
  std::unique_ptr<FakeDaemon> daemon_;
};

}  // namespace cagelint::test
