#include "linter/base/source.h"

#include <algorithm>
#include <cassert>

#include "linter/base/text.h"

namespace cagelint::base {

Source::Source(FileId id, std::string path, std::string bytes)
    : id_(id), path_(std::move(path)), bytes_(std::move(bytes)) {
  lines_.push_back(0);
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    const bool lone_cr = bytes_[i] == '\r' && (i + 1 == bytes_.size() || bytes_[i + 1] != '\n');
    if (bytes_[i] == '\n' || lone_cr) lines_.push_back(static_cast<std::uint32_t>(i + 1));
  }
}

std::string_view Source::Text(const Span& span) const {
  if (span.file != id_) return {};
  const std::size_t begin = std::min<std::size_t>(span.begin, bytes_.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, bytes_.size());
  return std::string_view(bytes_).substr(begin, end - begin);
}

std::size_t Source::LineIndexAt(std::uint32_t offset) const {
  const auto next = std::upper_bound(lines_.begin(), lines_.end(), offset);
  return static_cast<std::size_t>(next - lines_.begin()) - 1;
}

Span Source::LineSpan(std::uint32_t line) const {
  if (line == 0 || line > lines_.size()) return {};
  const std::uint32_t begin = lines_[line - 1];
  std::uint32_t end =
      line < lines_.size() ? lines_[line] : static_cast<std::uint32_t>(bytes_.size());
  while (end > begin && (bytes_[end - 1] == '\n' || bytes_[end - 1] == '\r')) --end;
  return {id_, begin, end};
}

Position Source::PositionAt(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
  const std::size_t index = LineIndexAt(offset);
  Position position{static_cast<std::uint32_t>(index + 1), 1};
  std::size_t at = lines_[index];
  while (at < offset) {
    at += DecodeUtf8(std::string_view(bytes_).substr(at)).size;
    if (at <= offset) ++position.column;
  }
  return position;
}

std::uint32_t Source::Utf16ColumnAt(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
  std::uint32_t units = 0;
  for (std::size_t at = lines_[LineIndexAt(offset)]; at < offset;) {
    const CodePoint point = DecodeUtf8(std::string_view(bytes_).substr(at));
    at += point.size;
    if (at <= offset) units += point.value >= 0x10000 ? 2 : 1;
  }
  return units;
}

const Source& SourceSet::Add(std::string path, std::string bytes) {
  assert(bytes.size() < UINT32_MAX);
  const auto id = static_cast<FileId>(sources_.size());
  sources_.push_back(std::make_unique<Source>(id, std::move(path), std::move(bytes)));
  return *sources_.back();
}

const Source& SourceSet::Get(FileId id) const {
  assert(id < sources_.size());
  return *sources_[id];
}

const Source* SourceSet::FindPath(std::string_view path) const {
  for (const auto& source : sources_)
    if (source->Path() == path) return source.get();
  return nullptr;
}

std::string_view SourceSet::Text(const Span& span) const {
  if (!span.IsValid() || span.file >= sources_.size()) return {};
  return sources_[span.file]->Text(span);
}

}  // namespace cagelint::base
