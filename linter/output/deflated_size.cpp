#include "linter/output/deflated_size.h"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace cagelint::output {
namespace {

// What deflate may have read and not yet written (at most a window and a block of symbols), and the
// head and tail of a gzip file.
constexpr std::size_t kHeldBack = 256 << 10;

}  // namespace

struct DeflatedSize::Stream {
  z_stream z{};
  std::size_t added = 0;
  bool works = false;
};

void DeflatedSize::End::operator()(Stream* stream) const {
  if (stream->works) deflateEnd(&stream->z);
  delete stream;  // NOLINT(cppcoreguidelines-owning-memory): this is the deleter
}

DeflatedSize::DeflatedSize() : stream_(new Stream) {
  stream_->works = deflateInit(&stream_->z, Z_DEFAULT_COMPRESSION) == Z_OK;
}

void DeflatedSize::Add(std::string_view text) {
  stream_->added += text.size();
  if (!stream_->works) return;
  z_stream& z = stream_->z;
  std::array<Bytef, 1 << 16> thrown_away{};
  while (!text.empty()) {
    const std::size_t size = std::min<std::size_t>(text.size(), 1 << 20);
    // zlib reads through this pointer and does not write.
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(size);
    do {
      z.next_out = thrown_away.data();
      z.avail_out = static_cast<uInt>(thrown_away.size());
      deflate(&z, Z_NO_FLUSH);
    } while (z.avail_out == 0);
    text.remove_prefix(size);
  }
}

std::size_t DeflatedSize::AtMost() const {
  return (stream_->works ? stream_->z.total_out : stream_->added) + kHeldBack;
}

}  // namespace cagelint::output
