#include "linter/lsp/stdio.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string>
#include <string_view>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "linter/lsp/server.h"

namespace cagelint::lsp {
namespace {

using std::chrono::milliseconds;

// How often a client that said who it is is looked after.
constexpr milliseconds kLookAfter{3000};
// More is not read before what is there has been handled: it stays with the client.
constexpr std::size_t kMostWaiting = std::size_t{256} << 20;
// A pipe that can be written takes as much without blocking (PIPE_BUF).
constexpr std::size_t kPiece = 4096;

class Streams {
 public:
  Streams(int in, int out, Environment environment)
      : in_(in),
        out_(out),
        server_(std::move(environment), [this](const OutJson& message) { Send(message); }) {
    server_.OnPause([this] { ReadWhatIsThere(); });
  }

  int Serve() {
    while (!server_.ExitCode() && !is_gone_) {
      ReadWhatIsThere();
      if (server_.Step() || server_.JudgeDue()) continue;
      if (is_at_end_ || !WaitForInput()) break;
    }
    return server_.EndOfInput();
  }

 private:
  // Sleeps until something can be read or done. False where the client has ended.
  bool WaitForInput() {
    int wait = static_cast<int>(kLookAfter.count());
    if (const auto due = server_.NextDue()) {
      const auto left = std::chrono::ceil<milliseconds>(*due - Clock::now());
      wait = static_cast<int>(std::clamp(left, milliseconds(0), kLookAfter).count());
    }
    pollfd input{in_, POLLIN, 0};
    if (poll(&input, 1, wait) > 0) {
      Read();
      return true;
    }
    const auto process = static_cast<pid_t>(server_.ClientProcess());
    return process <= 0 || kill(process, 0) == 0 || errno != ESRCH;
  }

  void ReadWhatIsThere() {
    pollfd input{in_, POLLIN, 0};
    while (!is_at_end_ && server_.Waiting() < kMostWaiting && poll(&input, 1, 0) > 0) Read();
  }

  // Once; there must be something.
  void Read() {
    std::array<char, std::size_t{64} << 10> buffer;
    const ssize_t count = read(in_, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return;
    if (count <= 0) {
      is_at_end_ = true;
      return;
    }
    frames_.Feed({buffer.data(), static_cast<std::size_t>(count)});
    while (auto frame = frames_.Next()) server_.Take(*frame);
  }

  void Send(const OutJson& message) {
    const std::string bytes = Framed(output::Compact(message));
    std::string_view rest = bytes;
    while (!rest.empty() && !is_gone_) {
      // A client that writes to us before it reads must not wait for us for ever.
      const bool reads = !is_at_end_ && server_.Waiting() < kMostWaiting;
      std::array<pollfd, 2> both{pollfd{out_, POLLOUT, 0}, pollfd{reads ? in_ : -1, POLLIN, 0}};
      if (poll(both.data(), both.size(), -1) < 0) {
        is_gone_ = errno != EINTR;
        continue;
      }
      if (both[1].revents != 0) Read();
      if (both[0].revents == 0) continue;
      const ssize_t count = Write(rest);
      if (count < 0) {
        is_gone_ = errno != EINTR && errno != EAGAIN;
        continue;
      }
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  ssize_t Write(std::string_view bytes) {
    if (is_socket_) {
      const ssize_t count = send(out_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (count >= 0 || errno != ENOTSOCK) return count;
      is_socket_ = false;
    }
    return write(out_, bytes.data(), std::min(bytes.size(), kPiece));
  }

  int in_, out_;
  FrameReader frames_;
  bool is_at_end_ = false;  // nothing more can be read
  bool is_gone_ = false;    // nobody reads what is written
  bool is_socket_ = true;   // until it is known that it is none
  Server server_;
};

}  // namespace

int Serve(int in, int out, Environment environment) {
  return Streams(in, out, std::move(environment)).Serve();
}

}  // namespace cagelint::lsp
