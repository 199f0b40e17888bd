#include "linter/lsp/framing.h"

#include <algorithm>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::lsp {
namespace {

constexpr std::string_view kName = "content-length:";

bool IsLetter(char c) { return c >= 'a' && c <= 'z'; }

// Whether a header says that the message is in another encoding than UTF-8, the only one there is.
bool HasOtherCharset(std::string_view header) {
  constexpr std::string_view kCharset = "charset=";
  const std::string lower = base::ToLower(header);
  const std::size_t type = lower.rfind("content-type:");
  const std::size_t at = type == std::string::npos ? type : lower.find(kCharset, type);
  if (at == std::string::npos) return false;
  std::string_view charset = std::string_view(lower).substr(at + kCharset.size());
  charset = charset.substr(0, charset.find_first_of("\r\n;"));
  charset = base::Trim(charset);
  if (charset.size() > 1 && charset.front() == '"') charset = charset.substr(1, charset.size() - 2);
  // The second is what clients sent before.
  return charset != "utf-8" && charset != "utf8";
}

// The number behind the last `Content-Length:` of a header. It may stand behind other text: the
// body of a message whose length was wrong.
std::optional<std::size_t> LengthIn(std::string_view header) {
  const std::string lower = base::ToLower(header);
  std::size_t at = lower.rfind(kName);
  // Another field, `X-Content-Length`, is none.
  while (at != std::string::npos && at > 0 && (IsLetter(lower[at - 1]) || lower[at - 1] == '-'))
    at = lower.rfind(kName, at - 1);
  if (at == std::string::npos) return std::nullopt;
  std::string_view rest = std::string_view(lower).substr(at + kName.size());
  rest = base::Trim(rest.substr(0, rest.find_first_of("\r\n")));
  constexpr std::size_t kMostDigits = 18;
  if (rest.empty() || rest.size() > kMostDigits) return std::nullopt;
  std::size_t length = 0;
  for (const char digit : rest) {
    if (digit < '0' || digit > '9') return std::nullopt;
    length = length * 10 + static_cast<std::size_t>(digit - '0');
  }
  return length;
}

}  // namespace

void FrameReader::Feed(std::string_view bytes) {
  const std::size_t skipped = std::min(skip_, bytes.size());
  skip_ -= skipped;
  buffer_.append(bytes.substr(skipped));
}

void FrameReader::Drop(std::size_t count) {
  begin_ += count;
  searched_ = 0;
  // Moved now and then, so that many small messages in one piece cost no more than their bytes.
  if (begin_ < buffer_.size() / 2 && begin_ < kLargestHeader) return;
  buffer_.erase(0, begin_);
  begin_ = 0;
}

std::optional<Frame> FrameReader::ReadHeader() {
  const std::string_view rest = std::string_view(buffer_).substr(begin_);
  const std::size_t end = rest.find("\r\n\r\n", searched_);
  if (end == std::string_view::npos) {
    searched_ = rest.size() < 3 ? 0 : rest.size() - 3;
    if (rest.size() <= kLargestHeader) return std::nullopt;
    // What is kept may be the begin of a header.
    constexpr std::size_t kKept = 64;
    Drop(rest.size() - kKept);
    return Frame{{}, "a header of more than 16 KiB"};
  }
  const auto length = LengthIn(rest.substr(0, end));
  const bool is_foreign = HasOtherCharset(rest.substr(0, end));
  Drop(end + 4);
  if (!length) return Frame{{}, "a header without a Content-Length that is a number"};
  if (*length <= largest_body_ && !is_foreign) {
    length_ = length;
    return std::nullopt;
  }
  const std::size_t here = std::min(*length, Waiting());
  skip_ = *length - here;
  Drop(here);
  if (is_foreign) return Frame{{}, "a message that is not in UTF-8"};
  return Frame{{}, "a message of " + std::to_string(*length) + " bytes, more than are read"};
}

std::optional<Frame> FrameReader::Next() {
  if (!length_) {
    auto broken = ReadHeader();
    if (broken || !length_) return broken;
  }
  if (Waiting() < *length_) return std::nullopt;
  Frame frame{buffer_.substr(begin_, *length_), {}};
  Drop(*std::exchange(length_, std::nullopt));
  // A large message leaves no room behind that nobody needs.
  constexpr std::size_t kKeptRoom = std::size_t{1} << 20;
  if (buffer_.capacity() > kKeptRoom && Waiting() < kKeptRoom / 2) buffer_.shrink_to_fit();
  return frame;
}

std::string Framed(std::string_view body) {
  return "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace cagelint::lsp
