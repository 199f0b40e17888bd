#include "linter/syntax/unit_file.h"

#include <algorithm>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::syntax {
namespace {

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\r'; }

class Parser {
 public:
  Parser(std::string_view text, base::FileId file, UnitDialect dialect)
      : text_(text), file_(file), dialect_(dialect) {}

  UnitFile Parse() {
    if (text_.starts_with("\xEF\xBB\xBF")) next_ = 3;
    Line line;
    while (Next(line)) ReadLine(line);
    return std::move(out_);
  }

 private:
  struct Line {
    std::uint32_t begin = 0;  // of the line
    std::uint32_t first = 0;  // of what stands on it
    std::uint32_t last = 0;   // behind that
    std::uint32_t end = 0;    // behind the line's end
    bool IsEmpty() const { return first == last; }
  };

  bool Next(Line& line) {
    if (next_ >= text_.size()) return false;
    line.begin = next_;
    const std::size_t end = std::min(text_.find('\n', next_), text_.size());
    line.end = static_cast<std::uint32_t>(std::min(end + 1, text_.size()));
    line.first = next_;
    line.last = static_cast<std::uint32_t>(end);
    while (line.first < line.last && IsBlank(text_[line.first])) ++line.first;
    while (line.last > line.first && IsBlank(text_[line.last - 1])) --line.last;
    next_ = line.end;
    return true;
  }

  bool IsComment(const Line& line) const {
    return !line.IsEmpty() && (text_[line.first] == '#' || text_[line.first] == ';');
  }

  // Whether it ends in a backslash that is not escaped itself.
  bool GoesOn(const Line& line) const {
    // systemd looks at the very last byte, quadlet behind no blanks.
    const std::uint32_t behind = line.last;
    if (dialect_ == UnitDialect::kSystemd && behind < line.end && IsSpaceAt(behind)) return false;
    std::uint32_t count = 0;
    while (line.last - count > line.first && text_[line.last - count - 1] == '\\') ++count;
    return dialect_ == UnitDialect::kSystemd ? count % 2 == 1 : count > 0;
  }

  bool IsSpaceAt(std::uint32_t at) const { return text_[at] == ' ' || text_[at] == '\t'; }

  void ReadLine(const Line& line) {
    if (line.IsEmpty()) return;
    if (IsComment(line)) {
      out_.comments.push_back({file_, line.first, line.last});
      return;
    }
    if (text_[line.first] == '[') return ReadHeader(line);
    ReadEntry(line);
  }

  void ReadHeader(const Line& line) {
    const std::string_view text = text_.substr(line.first, line.last - line.first);
    const base::Span span{file_, line.first, line.last};
    if (text.size() < 3 || text.find(']') != text.size() - 1)
      return Wrong("this is no section's header", span);
    out_.sections.push_back({std::string(text.substr(1, text.size() - 2)), span, {}, line.end});
  }

  void Wrong(std::string message, const base::Span& span) {
    out_.errors.push_back({std::move(message), span});
  }

  void ReadEntry(Line line) {
    const std::uint32_t begin = line.begin;
    const std::uint32_t first = line.first;
    std::string joined;
    base::SourceMap places(file_);
    bool goes_on = GoesOn(line);
    Append(line, goes_on, joined, places);
    std::uint32_t end = line.end;
    std::uint32_t last = line.last;
    while (goes_on) {
      const std::uint32_t sign = line.last - 1;
      if (!Next(line)) break;
      while (IsComment(line)) {
        out_.comments.push_back({file_, line.first, line.last});
        if (!Next(line)) break;
      }
      if (IsComment(line)) break;
      goes_on = GoesOn(line);
      if (dialect_ == UnitDialect::kSystemd) {
        joined += ' ';
        places.Append(1, sign, line.first);
      }
      Append(line, goes_on, joined, places);
      end = line.end;
      last = line.last;
    }
    Keep(joined, places, {file_, first, last}, {file_, begin, end});
  }

  void Append(const Line& line, bool goes_on, std::string& joined, base::SourceMap& places) const {
    const std::uint32_t last = line.last - (goes_on ? 1 : 0);
    joined += text_.substr(line.first, last - line.first);
    places.Append(last - line.first, line.first, last);
  }

  void Keep(const std::string& joined, const base::SourceMap& places, base::Span span,
            const base::Span& lines) {
    const std::size_t equals = joined.find('=');
    const std::string_view key = base::Trim(std::string_view(joined).substr(0, equals));
    if (equals == std::string::npos || key.empty())
      return Wrong("this line is no section, no `Key=value` and no comment", span);
    if (out_.sections.empty()) return Wrong("this line stands in no section", span);
    std::size_t begin = equals + 1;
    std::size_t end = joined.size();
    while (begin < end && IsBlank(joined[begin])) ++begin;
    while (end > begin && IsBlank(joined[end - 1])) --end;
    UnitEntry entry{std::string(key), joined.substr(begin, end - begin), base::SourceMap(file_),
                    span, lines};
    entry.places.AppendSlice(places, static_cast<std::uint32_t>(begin),
                             static_cast<std::uint32_t>(end));
    out_.sections.back().end = lines.end;
    out_.sections.back().entries.push_back(std::move(entry));
  }

  std::string_view text_;
  base::FileId file_;
  UnitDialect dialect_;
  std::uint32_t next_ = 0;
  UnitFile out_;
};

}  // namespace

UnitFile ParseUnitFile(std::string_view text, base::FileId file, UnitDialect dialect) {
  return Parser(text, file, dialect).Parse();
}

}  // namespace cagelint::syntax
