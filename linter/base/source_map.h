// A text that was taken out of a file (the argument of `sh -c`, a here-document, a Markdown fence)
// and where each of its bytes stands in that file.
#pragma once

#include <cstdint>
#include <vector>

#include "linter/base/span.h"

namespace cagelint::base {

class SourceMap {
 public:
  // The text is the file itself, or a piece of it copied byte for byte from `outer_begin` on.
  static SourceMap Identity(FileId file, std::uint32_t outer_begin = 0);
  // An empty map, to be filled by Append.
  // While it is empty, its text stands at `outer_begin`.
  explicit SourceMap(FileId file, std::uint32_t outer_begin = 0)
      : file_(file), outer_begin_(outer_begin) {}

  // The next `size` bytes of the text stand for [outer_begin, outer_end) of the file: byte for byte
  // when the lengths are equal, otherwise (an escape that was decoded) as a whole. `is_whole`: as a
  // whole also when the lengths happen to be equal.
  void Append(std::uint32_t size, std::uint32_t outer_begin, std::uint32_t outer_end,
              bool is_whole = false);

  // The next bytes of the text are bytes [begin, end) of the one that `from` is of.
  void AppendSlice(const SourceMap& from, std::uint32_t begin, std::uint32_t end);

  // Where [begin, end) of the text stands in the file: from the first byte's place to the last
  // byte's end, or to that of the first piece where it stands before. Empty ranges stay empty.
  Span ToOuter(std::uint32_t begin, std::uint32_t end) const;

  // Where the byte `inner` begins, or where the last byte ends for one behind the end.
  std::uint32_t BeginOf(std::uint32_t inner) const;
  // Where the byte before `inner` ends; BeginOf(0) for 0. Between the two stands what the text
  // leaves out: a line's indentation.
  std::uint32_t EndBefore(std::uint32_t inner) const;
  // Whether `inner` stands between two bytes of the file as well, and not inside an escape.
  bool IsBoundary(std::uint32_t inner) const;

  FileId File() const { return file_; }

 private:
  struct Segment {
    std::uint32_t inner;
    std::uint32_t size;
    std::uint32_t outer_begin;
    std::uint32_t outer_end;
    bool is_whole;
  };
  static bool IsExact(const Segment& segment) {
    return !segment.is_whole && segment.outer_end - segment.outer_begin == segment.size;
  }
  const Segment* At(std::uint32_t inner) const;

  FileId file_;
  std::uint32_t outer_begin_;
  std::uint32_t length_ = 0;
  std::vector<Segment> segments_;
};

}  // namespace cagelint::base
