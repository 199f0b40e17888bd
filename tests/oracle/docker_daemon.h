// What a docker client takes for an engine: a private Unix socket that keeps what it is asked.
#pragma once

#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace cagelint::test {

struct DaemonRequest {
  std::string method;
  std::string path;   // without the version: "/containers/create"
  std::string query;  // "name=x&platform=", still encoded
  std::string body;
};

// Answers the ping of API 1.51 on Linux, says of every container that it runs, lets images be
// pulled, and refuses all else after noting it. Listens until it is destroyed.
class FakeDaemon {
 public:
  // The answer to what is refused holds this word.
  static constexpr const char* kRefusal = "NOT-A-REAL-ENGINE";

  explicit FakeDaemon(std::string socket);
  FakeDaemon(const FakeDaemon&) = delete;
  FakeDaemon& operator=(const FakeDaemon&) = delete;
  ~FakeDaemon();

  // What was asked since the last call, pings and GET left out.
  std::vector<DaemonRequest> Take();

 private:
  struct Connection {
    int descriptor = -1;
    std::string buffer;
  };
  void Serve();
  bool Receive(Connection& connection);
  std::string Answer(const DaemonRequest& request);

  std::string socket_;
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::mutex mutex_;
  std::vector<DaemonRequest> requests_;
  std::thread thread_;
};

}  // namespace cagelint::test
