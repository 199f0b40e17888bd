// How messages are told apart on a stream: `Content-Length: N`, an empty line, N bytes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cagelint::lsp {

// What somebody sends who wants our memory. The largest file that is linted is 8 MiB; in JSON one
// of its bytes may be six.
inline constexpr std::size_t kLargestBody = std::size_t{64} << 20;
inline constexpr std::size_t kLargestHeader = std::size_t{16} << 10;

// One of both.
struct Frame {
  std::string body;
  std::string problem;  // "" for a good one; otherwise why what was sent is not a message
};

// Takes what arrives in pieces of any size. Never holds more than kLargestHeader + `largest_body`
// bytes of a message that is not complete.
class FrameReader {
 public:
  explicit FrameReader(std::size_t largest_body = kLargestBody) : largest_body_(largest_body) {}

  void Feed(std::string_view bytes);
  // The next message, in order; nothing until more has arrived. What is broken is said once, and
  // reading goes on at the next header that can be found.
  std::optional<Frame> Next();
  // Bytes that have arrived and were not handed on.
  std::size_t Waiting() const { return buffer_.size() - begin_; }

 private:
  std::optional<Frame> ReadHeader();
  void Drop(std::size_t count);

  std::size_t largest_body_;
  std::string buffer_;
  std::size_t begin_ = 0;              // of what was not handed on, in the buffer
  std::size_t searched_ = 0;           // so far there is no end of the header, from `begin_`
  std::size_t skip_ = 0;               // of a body that is too large
  std::optional<std::size_t> length_;  // of the body that comes next
};

// `body` as it is sent.
std::string Framed(std::string_view body);

}  // namespace cagelint::lsp
