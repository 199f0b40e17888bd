#include "linter/input/embed.h"

#include <algorithm>
#include <cstdio>

namespace cagelint::input {
namespace {

using base::Edit;
using base::Source;
using base::SourceMap;

// The lines of an embedded text and of the one around it.
class Lines {
 public:
  Lines(const Source& inner, const SourceMap& map, const Source& outer)
      : inner_(inner.Bytes()), map_(map), outer_(outer.Bytes()) {}

  std::uint32_t Size() const { return static_cast<std::uint32_t>(inner_.size()); }
  bool BeginsAt(std::uint32_t at) const { return at == 0 || inner_[at - 1] == '\n'; }
  // Whether the line that begins at `at` stands outside without what others have in front.
  bool IsBare(std::uint32_t at) const {
    return BeginsAt(at) && PrefixAt(at).empty() && !Prefix(at).empty();
  }
  // Whether a line has something from `at` on.
  bool GoesOn(std::uint32_t at) const {
    const std::string_view rest = inner_.substr(std::min<std::size_t>(at, inner_.size()));
    return !rest.empty() && !rest.starts_with('\n') && !rest.starts_with("\r\n");
  }
  bool HasContent() const { return inner_.find_first_not_of("\r\n") != std::string_view::npos; }
  // Where the line of the outer text begins in which the text's line at `at` stands.
  std::uint32_t OuterLine(std::uint32_t at) const {
    std::uint32_t outer = at < inner_.size() ? map_.BeginOf(at) : map_.EndBefore(at);
    while (outer > 0 && outer_[outer - 1] != '\n') --outer;
    return outer;
  }
  // What the text leaves out of the line that begins at `at`.
  std::string_view PrefixAt(std::uint32_t at) const {
    const std::uint32_t line = OuterLine(at);
    return outer_.substr(line, map_.BeginOf(at) - line);
  }
  // That of the line that holds `at`, or of the nearest one before it, or behind it, that is not
  // empty.
  std::string_view Prefix(std::uint32_t at) const {
    at = std::min(at, static_cast<std::uint32_t>(inner_.size()));
    while (true) {
      while (!BeginsAt(at)) --at;
      if (GoesOn(at)) return PrefixAt(at);
      if (at == 0) break;
      --at;
    }
    while (at < inner_.size() && !GoesOn(at)) at += inner_[at] == '\r' ? 2 : 1;
    return PrefixAt(GoesOn(at) ? at : 0);
  }

 private:
  std::string_view inner_;
  const SourceMap& map_;
  std::string_view outer_;
};

// Whether a line may be put above one that has this in front: not behind `run: `.
bool IsRepeatable(std::string_view prefix) {
  return prefix.find_first_not_of(" \t>#*/") == std::string_view::npos;
}

class LinesWriterImpl : public base::EditWriter {
 public:
  explicit LinesWriterImpl(Escape escape) : escape_(escape) {}

  std::optional<std::vector<Edit>> Write(const Source& inner, const SourceMap& map,
                                         const Source& outer,
                                         const std::vector<Edit>& edits) const override {
    const Lines lines(inner, map, outer);
    std::vector<Edit> out;
    for (const Edit& edit : edits) {
      if (!map.IsBoundary(edit.span.begin) || !map.IsBoundary(edit.span.end)) return std::nullopt;
      auto written = WriteOne(edit, lines, map, outer.Id());
      if (!written) return std::nullopt;
      out.push_back(std::move(*written));
    }
    return out;
  }

 private:
  std::optional<Edit> WriteOne(const Edit& edit, const Lines& lines, const SourceMap& map,
                               base::FileId file) const {
    const auto [begin, end] = std::pair(edit.span.begin, edit.span.end);
    // Of empty lines nobody can tell what others would have in front.
    if (!lines.HasContent()) return std::nullopt;
    const std::string_view prefix = lines.Prefix(begin);
    const bool whole_lines = lines.BeginsAt(begin) && lines.BeginsAt(end) &&
                             (edit.text.empty() || edit.text.ends_with('\n'));
    const bool has_lines = edit.text.find('\n') != std::string::npos;
    if ((has_lines || (whole_lines && begin < end)) && !IsRepeatable(prefix)) return std::nullopt;
    if (whole_lines) {
      auto text = Written(edit.text, prefix, true);
      const std::uint32_t at = lines.OuterLine(begin);
      if (!text) return std::nullopt;
      return Edit{{file, at, begin == end ? at : map.EndBefore(end)}, std::move(*text)};
    }
    auto text = Written(edit.text, prefix, false);
    if (!text) return std::nullopt;
    // An empty line has nothing in front, and what it becomes is not empty.
    if (lines.IsBare(begin) && !edit.text.starts_with('\n') &&
        (!edit.text.empty() || lines.GoesOn(end)))
      text->insert(0, prefix);
    // What follows a line end that is the last byte goes on behind the prefix, if any does.
    const bool goes_on = !lines.BeginsAt(end) || end < lines.Size();
    if (edit.text.ends_with('\n') && goes_on) *text += prefix;
    const std::uint32_t at = map.BeginOf(begin);
    // A line end that goes takes what stands before the next line with it.
    const std::uint32_t behind = lines.BeginsAt(end) ? map.BeginOf(end) : map.EndBefore(end);
    return Edit{{file, at, begin == end ? at : std::max(at, behind)}, std::move(*text)};
  }

  // `text` with `prefix` before its lines; before the first one, too, where `all` says so.
  std::optional<std::string> Written(std::string_view text, std::string_view prefix,
                                     bool all) const {
    std::string out;
    for (bool is_first = true; !text.empty(); is_first = false) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const auto line = escape_(text.substr(0, end));
      if (!line) return std::nullopt;
      const bool is_empty = end == 0 && end < text.size();
      if ((all || !is_first) && !is_empty) out += prefix;
      out += *line;
      if (end < text.size()) out += '\n';
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
  }

  Escape escape_;
};

class StringWriterImpl : public base::EditWriter {
 public:
  explicit StringWriterImpl(Escape escape) : escape_(escape) {}

  std::optional<std::vector<Edit>> Write(const Source&, const SourceMap& map, const Source& outer,
                                         const std::vector<Edit>& edits) const override {
    std::vector<Edit> out;
    for (const Edit& edit : edits) {
      if (!map.IsBoundary(edit.span.begin) || !map.IsBoundary(edit.span.end)) return std::nullopt;
      auto text = escape_(edit.text);
      if (!text) return std::nullopt;
      const std::uint32_t begin = map.BeginOf(edit.span.begin);
      const std::uint32_t end = edit.span.IsEmpty() ? begin : map.EndBefore(edit.span.end);
      out.push_back({{outer.Id(), begin, std::max(begin, end)}, std::move(*text)});
    }
    return out;
  }

 private:
  Escape escape_;
};

}  // namespace

void EmbeddedText::Copy(std::uint32_t begin, std::uint32_t end) {
  if (end <= begin) return;
  text_ += outer_.Bytes().substr(begin, end - begin);
  map_.Append(end - begin, begin, end);
}

void EmbeddedText::Put(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  text_ += text;
  map_.Append(static_cast<std::uint32_t>(text.size()), begin, end, true);
}

void EmbeddedText::Append(const EmbeddedText& from, std::uint32_t begin, std::uint32_t end) {
  if (end <= begin) return;
  text_ += std::string_view(from.text_).substr(begin, end - begin);
  map_.AppendSlice(from.map_, begin, end);
}

const Source& EmbeddedText::AddTo(base::SourceSet& sources,
                                  std::shared_ptr<const base::EditWriter> writer) {
  return sources.AddEmbedded(std::move(text_), {std::move(map_), std::move(writer)});
}

std::optional<std::string> EscapeNothing(std::string_view text) { return std::string(text); }

std::optional<std::string> EscapeJson(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    const std::size_t named = std::string_view("\"\\\n\t\r\b\f").find(byte);
    if (named != std::string_view::npos) {
      out += '\\';
      out += "\"\\ntrbf"[named];
    } else if (static_cast<unsigned char>(byte) < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(byte));
      out += escaped;
    } else {
      out += byte;
    }
  }
  return out;
}

std::optional<std::string> EscapeYamlSingle(std::string_view text) {
  if (text.find_first_of("\n\r") != std::string_view::npos) return std::nullopt;
  std::string out;
  for (const char byte : text) {
    if (byte == '\'') out += '\'';
    out += byte;
  }
  return out;
}

std::optional<std::string> EscapeYamlPlain(std::string_view text) {
  const bool ends_it = text.find_first_of("\n\r") != std::string_view::npos ||
                       text.find(": ") != std::string_view::npos ||
                       text.find(" #") != std::string_view::npos || text.ends_with(':') ||
                       text.find_first_of("[]{},") != std::string_view::npos;
  return ends_it ? std::nullopt : std::optional(std::string(text));
}

std::shared_ptr<const base::EditWriter> LinesWriter(Escape escape) {
  return std::make_shared<const LinesWriterImpl>(escape);
}

std::shared_ptr<const base::EditWriter> StringWriter(Escape escape) {
  return std::make_shared<const StringWriterImpl>(escape);
}

}  // namespace cagelint::input
