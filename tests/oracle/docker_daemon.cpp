#include "tests/oracle/docker_daemon.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "linter/base/text.h"

namespace cagelint::test {
namespace {

// The value of a header; `head` is all of them, in lower case.
std::string Header(const std::string& head, const std::string& name) {
  const std::size_t at = head.find("\r\n" + name + ":");
  if (at == std::string::npos) return "";
  const std::size_t begin = at + name.size() + 3;
  return std::string(base::Trim(head.substr(begin, head.find("\r\n", begin) - begin)));
}

// Takes a body in chunks off `rest`; nothing while it is not complete.
std::optional<std::string> TakeChunks(std::string& rest) {
  std::string body;
  std::size_t at = 0;
  while (true) {
    const std::size_t end = rest.find("\r\n", at);
    if (end == std::string::npos) return std::nullopt;
    const std::size_t size = std::strtoul(rest.c_str() + at, nullptr, 16);
    if (rest.size() < end + 2 + size + 2) return std::nullopt;
    body += rest.substr(end + 2, size);
    at = end + 2 + size + 2;
    if (size == 0) break;
  }
  rest.erase(0, at);
  return body;
}

std::optional<std::string> TakeBody(const std::string& head, std::string& rest) {
  if (Header(head, "transfer-encoding") == "chunked") return TakeChunks(rest);
  const std::size_t size = std::strtoul(Header(head, "content-length").c_str(), nullptr, 10);
  if (rest.size() < size) return std::nullopt;
  std::string body = rest.substr(0, size);
  rest.erase(0, size);
  return body;
}

// "/v1.50/containers/create" → "/containers/create"
std::string WithoutVersion(const std::string& path) {
  if (path.size() < 3 || path[1] != 'v' || path[2] < '0' || path[2] > '9') return path;
  const std::size_t slash = path.find('/', 1);
  return slash == std::string::npos ? path : path.substr(slash);
}

// Takes one request off `buffer`; nothing while it is not complete.
std::optional<DaemonRequest> TakeRequest(std::string& buffer) {
  const std::size_t end = buffer.find("\r\n\r\n");
  if (end == std::string::npos) return std::nullopt;
  std::string rest = buffer.substr(end + 4);
  const std::string head = buffer.substr(0, end + 2);
  std::optional<std::string> body = TakeBody(base::ToLower(head), rest);
  if (!body) return std::nullopt;
  const std::string line = head.substr(0, head.find("\r\n"));
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  const std::string target = line.substr(first + 1, last - first - 1);
  const std::size_t question = std::min(target.find('?'), target.size());
  buffer = std::move(rest);
  return DaemonRequest{line.substr(0, first), WithoutVersion(target.substr(0, question)),
                       question < target.size() ? target.substr(question + 1) : "",
                       std::move(*body)};
}

std::string Response(const char* status, const std::string& body, bool with_body) {
  const std::string size = std::to_string(body.size());
  return "HTTP/1.1 " + std::string(status) +
         "\r\nApi-Version: 1.51\r\nOstype: linux\r\nDocker-Experimental: false\r\n"
         "Content-Type: application/json\r\nContent-Length: " +
         size + "\r\n\r\n" + (with_body ? body : "");
}

void SendAll(int descriptor, const std::string& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t n = send(descriptor, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) return;
    sent += static_cast<std::size_t>(n);
  }
}

}  // namespace

FakeDaemon::FakeDaemon(std::string socket) : socket_(std::move(socket)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket_.copy(address.sun_path, sizeof address.sun_path - 1);
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool bound = bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  if (!bound || listen(listener_, 16) != 0 || pipe2(wake_, O_CLOEXEC) != 0) return;
  thread_ = std::thread([this] { Serve(); });
}

FakeDaemon::~FakeDaemon() {
  close(wake_[1]);
  if (thread_.joinable()) thread_.join();
  close(wake_[0]);
  close(listener_);
  unlink(socket_.c_str());
}

std::vector<DaemonRequest> FakeDaemon::Take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::exchange(requests_, {});
}

std::string FakeDaemon::Answer(const DaemonRequest& request) {
  if (request.path == "/_ping") return Response("200 OK", "OK", request.method != "HEAD");
  if (request.method == "GET") {
    if (request.path.starts_with("/containers/") && request.path.ends_with("/json"))
      return Response("200 OK",
                      R"({"Id":"c0ffee","State":{"Running":true,"Status":"running"},)"
                      R"("Config":{"Tty":false},"HostConfig":{}})",
                      true);
    return Response("404 Not Found", R"({"message":"no such object"})", true);
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  requests_.push_back(request);
  if (request.path == "/images/create") return Response("200 OK", "", true);
  return Response("418 Refused", std::string(R"({"message":")") + kRefusal + "\"}", true);
}

bool FakeDaemon::Receive(Connection& connection) {
  char bytes[16384];
  const ssize_t size = recv(connection.descriptor, bytes, sizeof bytes, 0);
  if (size <= 0) return false;
  connection.buffer.append(bytes, static_cast<std::size_t>(size));
  while (const auto request = TakeRequest(connection.buffer))
    SendAll(connection.descriptor, Answer(*request));
  return true;
}

void FakeDaemon::Serve() {
  std::vector<Connection> connections;
  while (true) {
    std::vector<pollfd> waiting{{wake_[0], POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const Connection& connection : connections)
      waiting.push_back({connection.descriptor, POLLIN, 0});
    if (poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) break;
    if (waiting[0].revents != 0) break;
    for (std::size_t i = 0; i < connections.size(); ++i) {
      if (waiting[i + 2].revents == 0 || Receive(connections[i])) continue;
      close(connections[i].descriptor);
      connections[i].descriptor = -1;
    }
    std::erase_if(connections, [](const Connection& one) { return one.descriptor < 0; });
    if (waiting[1].revents == 0) continue;
    const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (descriptor >= 0) connections.push_back({descriptor, ""});
  }
  for (const Connection& connection : connections) close(connection.descriptor);
}

}  // namespace cagelint::test
