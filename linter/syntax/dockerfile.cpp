#include "linter/syntax/dockerfile.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::syntax {
namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(kBlanks, at), text.size());
}

using base::IsNameByte;

class Reader {
 public:
  Reader(std::string_view text, base::FileId file) : text_(text), file_(file) {}

  Dockerfile Read() {
    if (text_.starts_with("\xEF\xBB\xBF")) next_ = 3;
    ReadDirectives();
    Line line;
    while (NextLine(line)) {
      const std::size_t begin = SkipBlanks(line.text, 0);
      if (begin == line.text.size()) continue;
      if (line.text[begin] == '#')
        out_.comments.push_back(SpanOf(line));
      else
        ReadInstruction(line);
    }
    return std::move(out_);
  }

 private:
  struct Line {
    std::string_view text;  // without its end
    std::uint32_t begin = 0;
  };

  bool NextLine(Line& line) {
    if (next_ >= text_.size()) return false;
    const std::size_t end = std::min(text_.find('\n', next_), text_.size());
    line.begin = static_cast<std::uint32_t>(next_);
    line.text = text_.substr(next_, end - next_);
    if (line.text.ends_with('\r')) line.text.remove_suffix(1);
    next_ = end + 1;
    return true;
  }

  // The line with its end, up to where the next one begins.
  base::Span SpanOf(const Line& line) const {
    return {file_, line.begin, static_cast<std::uint32_t>(std::min(next_, text_.size()))};
  }

  // `# escape=…` and the like, each once, before anything else stands in the file.
  void ReadDirectives() {
    std::vector<std::string> seen;
    Line line;
    for (std::size_t before = next_; NextLine(line); before = next_) {
      const std::size_t begin = SkipBlanks(line.text, 0);
      const std::size_t equals = line.text.find('=');
      const bool is_directive =
          begin < line.text.size() && line.text[begin] == '#' && equals != std::string_view::npos;
      const std::string name =
          is_directive ? base::ToLower(base::Trim(line.text.substr(begin + 1, equals - begin - 1)))
                       : "";
      const bool is_known = name == "escape" || name == "syntax" || name == "check";
      if (!is_known || std::find(seen.begin(), seen.end(), name) != seen.end()) {
        next_ = before;
        return;
      }
      seen.push_back(name);
      if (name == "escape" && base::Trim(line.text.substr(equals + 1)) == "`") out_.escape = '`';
    }
  }

  // Whether the line goes on; takes off the character that says so and what follows it.
  bool TakeContinuation(std::string_view& text) const {
    const std::size_t last = text.find_last_not_of(kBlanks);
    if (last == std::string_view::npos || text[last] != out_.escape) return false;
    if (last > 0 && text[last - 1] == out_.escape) return false;
    text = text.substr(0, last);
    return true;
  }

  void ReadInstruction(Line line) {
    std::string joined;
    base::SourceMap places(file_);
    std::vector<base::Span> lines;
    bool goes_on = true;
    bool is_first = true;
    do {
      const std::size_t begin = SkipBlanks(line.text, 0);
      const bool is_comment = begin < line.text.size() && line.text[begin] == '#';
      const bool is_blank = begin == line.text.size();
      if (is_first || (!is_comment && !is_blank)) {
        std::string_view text = line.text;
        goes_on = TakeContinuation(text);
        joined += text;
        lines.push_back(SpanOf(line));
        places.Append(static_cast<std::uint32_t>(text.size()), line.begin,
                      line.begin + static_cast<std::uint32_t>(text.size()));
      }
      is_first = false;
    } while (goes_on && NextLine(line));
    Add(joined, places, std::move(lines));
  }

  void Add(const std::string& joined, const base::SourceMap& places,
           std::vector<base::Span> lines) {
    const std::size_t begin = SkipBlanks(joined, 0);
    const std::size_t end = std::min(joined.find_first_of(kBlanks, begin), joined.size());
    const std::size_t rest = SkipBlanks(joined, end);
    const std::size_t last = joined.find_last_not_of(kBlanks);
    DockerInstruction instruction{
        joined.substr(begin, end - begin), "", base::SourceMap(file_), std::move(lines), {}};
    for (char& c : instruction.keyword)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (last != std::string::npos && last >= rest) {
      instruction.arguments = joined.substr(rest, last + 1 - rest);
      for (std::size_t at = rest; at <= last;) at = AppendRun(places, at, last, instruction.places);
    }
    const std::string& keyword = instruction.keyword;
    const bool has_documents = keyword == "RUN" || keyword == "COPY" || keyword == "ADD";
    const std::string arguments = has_documents ? instruction.arguments : "";
    out_.instructions.push_back(std::move(instruction));
    if (has_documents) SkipDocuments(arguments);
  }

  // Copies the places of a run of bytes that stand side by side in the file.
  static std::size_t AppendRun(const base::SourceMap& from, std::size_t at, std::size_t last,
                               base::SourceMap& to) {
    const auto outer = [&](std::size_t i) {
      return from.ToOuter(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1)).begin;
    };
    const std::uint32_t begin = outer(at);
    std::size_t end = at + 1;
    while (end <= last && outer(end) == begin + (end - at)) ++end;
    const auto size = static_cast<std::uint32_t>(end - at);
    to.Append(size, begin, begin + size);
    return end;
  }

  // `<<NAME`, `<<-"NAME"`, `3<<NAME`, each a word of its own: the lines up to NAME are its text.
  void SkipDocuments(std::string_view text) {
    for (std::size_t at = text.find("<<"); at != std::string_view::npos; at = text.find("<<", at)) {
      std::size_t word = at;
      while (word > 0 && text[word - 1] >= '0' && text[word - 1] <= '9') --word;
      const bool begins = word == 0 || kBlanks.find(text[word - 1]) != std::string_view::npos;
      at += 2;
      const bool strips = at < text.size() && text[at] == '-';
      if (strips) ++at;
      const char quote =
          at < text.size() && (text[at] == '"' || text[at] == '\'') ? text[at] : '\0';
      if (quote != '\0') ++at;
      const std::size_t begin = at;
      while (at < text.size() && IsNameByte(text[at])) ++at;
      const std::string_view name = text.substr(begin, at - begin);
      if (quote != '\0' && (at >= text.size() || text[at] != quote)) continue;
      if (begins && !name.empty()) SkipDocument(name, strips);
    }
  }

  void SkipDocument(std::string_view name, bool strips) {
    base::Span& document = out_.instructions.back().documents.emplace_back();
    const auto begin = static_cast<std::uint32_t>(std::min(next_, text_.size()));
    document = {file_, begin, begin};
    Line line;
    while (NextLine(line)) {
      document.end = SpanOf(line).end;
      std::string_view text = line.text;
      while (strips && text.starts_with('\t')) text.remove_prefix(1);
      if (text == name) return;
    }
  }

  std::string_view text_;
  base::FileId file_;
  std::size_t next_ = 0;
  Dockerfile out_;
};

}  // namespace

Dockerfile ParseDockerfile(std::string_view text, base::FileId file) {
  return Reader(text, file).Read();
}

}  // namespace cagelint::syntax
