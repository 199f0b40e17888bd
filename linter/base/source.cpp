#include "linter/base/source.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <iterator>

#include "linter/base/plain_size.h"
#include "linter/base/text.h"

namespace cagelint::base {
namespace {

constexpr std::uint32_t kCheckpointEvery = 256;

}  // namespace

Source::Source(FileId id, std::string path, std::string bytes,
               std::unique_ptr<const Embedding> embedding)
    : id_(id), path_(std::move(path)), bytes_(std::move(bytes)), embedding_(std::move(embedding)) {
  lines_.push_back(0);
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    const bool lone_cr = bytes_[i] == '\r' && (i + 1 == bytes_.size() || bytes_[i + 1] != '\n');
    if (bytes_[i] != '\n' && !lone_cr) continue;
    AddCheckpoints(lines_.back(), static_cast<std::uint32_t>(i));
    lines_.push_back(static_cast<std::uint32_t>(i + 1));
  }
  AddCheckpoints(lines_.back(), static_cast<std::uint32_t>(bytes_.size()));
}

void Source::AddCheckpoints(std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t at = begin; end - at > kCheckpointEvery;) {
    checkpoints_.push_back(CountTo(begin, at + kCheckpointEvery));
    at = checkpoints_.back().offset;
  }
}

// The last code point that ends at or before `offset`.
Source::Checkpoint Source::CountTo(std::uint32_t line_begin, std::uint32_t offset) const {
  const auto next = std::upper_bound(
      checkpoints_.begin(), checkpoints_.end(), offset,
      [](std::uint32_t value, const Checkpoint& known) { return value < known.offset; });
  Checkpoint at{line_begin, 0, 0};
  if (next != checkpoints_.begin() && std::prev(next)->offset > line_begin) at = *std::prev(next);
  while (at.offset < offset) {
    // Each of these is one of all.
    const auto plain = static_cast<std::uint32_t>(
        PlainSize(std::string_view(bytes_).substr(at.offset, offset - at.offset)));
    at = {at.offset + plain, at.points + plain, at.units + plain};
    if (at.offset == offset) break;
    const CodePoint point = DecodeUtf8(std::string_view(bytes_).substr(at.offset));
    if (at.offset + point.size > offset) break;
    at.offset += point.size;
    ++at.points;
    at.units += point.value >= 0x10000 ? 2 : 1;
  }
  return at;
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
  return {static_cast<std::uint32_t>(index + 1), CountTo(lines_[index], offset).points + 1};
}

std::uint32_t Source::Utf16ColumnAt(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(bytes_.size()));
  return CountTo(lines_[LineIndexAt(offset)], offset).units;
}

const Source& SourceSet::Add(std::string path, std::string bytes) {
  assert(bytes.size() < UINT32_MAX);
  const auto id = static_cast<FileId>(sources_.Size());
  const Source& source = sources_.Add(id, std::move(path), std::move(bytes));
  by_path_.emplace(source.Path(), id);
  return source;
}

const Source& SourceSet::AddEmbedded(std::string text, Embedding embedding) {
  assert(text.size() < UINT32_MAX);
  const auto id = static_cast<FileId>(sources_.Size());
  std::string path = Get(embedding.map.File()).Path();
  return sources_.Add(id, std::move(path), std::move(text),
                      std::make_unique<const Embedding>(std::move(embedding)));
}

const Source& SourceSet::Get(FileId id) const { return sources_[id]; }

const Source* SourceSet::FindPath(std::string_view path) const {
  const auto found = by_path_.find(path);
  return found == by_path_.end() ? nullptr : &sources_[found->second];
}

std::string_view SourceSet::Text(const Span& span) const {
  if (!span.IsValid() || span.file >= sources_.Size()) return {};
  return sources_[span.file].Text(span);
}

Span SourceSet::ToFile(Span span) const {
  while (span.IsValid() && span.file < sources_.Size()) {
    const Embedding* within = sources_[span.file].Within();
    if (within == nullptr) break;
    span = within->map.ToOuter(span.begin, span.end);
  }
  return span;
}

FileId SourceSet::FileOf(FileId id) const {
  while (const Embedding* within = Get(id).Within()) id = within->map.File();
  return id;
}

std::optional<std::vector<Edit>> SourceSet::ToFile(std::vector<Edit> edits) const {
  // An embedded text is added behind the one that it stands in, so that going down from the last
  // meets each once, with all its edits.
  std::map<FileId, std::vector<Edit>, std::greater<>> by_file;
  for (Edit& edit : edits) by_file[edit.span.file].push_back(std::move(edit));
  std::vector<Edit> out;
  while (!by_file.empty()) {
    const auto [file, inner] = *by_file.begin();
    by_file.erase(by_file.begin());
    const Source& source = Get(file);
    if (source.Within() == nullptr) {
      out.insert(out.end(), inner.begin(), inner.end());
      continue;
    }
    const auto& [map, writer] = *source.Within();
    if (writer == nullptr) return std::nullopt;
    std::vector<Edit> sorted = inner;
    std::sort(sorted.begin(), sorted.end());
    auto written = writer->Write(source, map, Get(map.File()), sorted);
    if (!written) return std::nullopt;
    auto& around = by_file[map.File()];
    around.insert(around.end(), std::make_move_iterator(written->begin()),
                  std::make_move_iterator(written->end()));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace cagelint::base
