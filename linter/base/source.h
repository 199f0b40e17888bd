// The bytes of the files that are looked at, and where their lines begin.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/edit.h"
#include "linter/base/embedding.h"
#include "linter/base/span.h"
#include "linter/base/stable_list.h"

namespace cagelint::base {

// Both count from 1. `column` counts Unicode code points; a byte that is not part of valid UTF-8
// counts as one.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

// One file, or a text that was taken out of one. Lines end at LF, CRLF or a CR that stands alone;
// the line end belongs to the line.
class Source {
 public:
  Source(FileId id, std::string path, std::string bytes,
         std::unique_ptr<const Embedding> embedding = nullptr);

  FileId Id() const { return id_; }
  // As the user named it or the walk found it, with '/'. For display: escape it before printing.
  const std::string& Path() const { return path_; }
  std::string_view Bytes() const { return bytes_; }
  // The bytes of `span`, cut to the file; empty for a span of another file.
  std::string_view Text(const Span& span) const;

  std::uint32_t LineCount() const { return static_cast<std::uint32_t>(lines_.size()); }
  // Bytes of line `line` (from 1) without its line end; empty when there is no such line.
  Span LineSpan(std::uint32_t line) const;
  // An offset beyond the end is the end.
  Position PositionAt(std::uint32_t offset) const;
  // UTF-16 units before `offset` in its line, from 0 (as the language server protocol counts).
  std::uint32_t Utf16ColumnAt(std::uint32_t offset) const;
  // Null for a file; otherwise where this text stands in another source.
  const Embedding* Within() const { return embedding_.get(); }
  Span Whole() const { return {id_, 0, static_cast<std::uint32_t>(bytes_.size())}; }

 private:
  // A place in a long line and what stands before it in the line, so that no line is counted
  // through again and again.
  struct Checkpoint {
    std::uint32_t offset = 0;
    std::uint32_t points = 0;
    std::uint32_t units = 0;  // UTF-16
  };
  void AddCheckpoints(std::uint32_t begin, std::uint32_t end);
  Checkpoint CountTo(std::uint32_t line_begin, std::uint32_t offset) const;
  std::size_t LineIndexAt(std::uint32_t offset) const;

  FileId id_;
  std::string path_;
  std::string bytes_;
  std::unique_ptr<const Embedding> embedding_;
  std::vector<std::uint32_t> lines_;  // where each line begins; never empty
  std::vector<Checkpoint> checkpoints_;
};

// Owns every Source of a run. References stay valid until the set is destroyed. One thread may add
// and find paths while others ask for sources whose ids they were told.
class SourceSet {
 public:
  // `bytes` must be shorter than 4 GiB (the byte gate refuses far smaller files).
  const Source& Add(std::string path, std::string bytes);
  // A text that stands in another source of this set, with the path of that. FindPath does not find
  // it. Readers, rules and editors treat it as a file; what is said to the user goes through
  // ToFile.
  const Source& AddEmbedded(std::string text, Embedding embedding);
  // `id` must come from this set.
  const Source& Get(FileId id) const;
  // The first source of that path; null when there is none.
  const Source* FindPath(std::string_view path) const;
  std::size_t Size() const { return sources_.Size(); }
  // The bytes of `span`; empty for an invalid span.
  std::string_view Text(const Span& span) const;

  // Where `span` stands in the file itself: the same for one that is in no embedded text.
  Span ToFile(Span span) const;
  // The file itself in which the text `id` stands.
  FileId FileOf(FileId id) const;
  // `edits` as edits of files; nothing where one of them cannot be written there. Those of one
  // source must be disjoint; what is given is sorted.
  std::optional<std::vector<Edit>> ToFile(std::vector<Edit> edits) const;

 private:
  StableList<Source> sources_;
  std::map<std::string, FileId, std::less<>> by_path_;
};

}  // namespace cagelint::base
