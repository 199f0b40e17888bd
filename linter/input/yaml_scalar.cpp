#include "linter/input/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace cagelint::input {
namespace {

using syntax::ScalarStyle;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }
bool IsSpace(char byte) { return IsBlank(byte) || byte == '\n' || byte == '\r'; }

std::uint32_t Offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

class Pieces {
 public:
  explicit Pieces(std::string_view bytes, std::size_t most) : bytes_(bytes), most_(most) {}

  void Copy(std::size_t begin, std::size_t end) {
    if (begin < end) Add(std::string(bytes_.substr(begin, end - begin)), begin, end, true);
  }
  void Put(std::string text, std::size_t begin, std::size_t end) {
    if (!text.empty()) Add(std::move(text), begin, end, false);
  }
  bool IsFull() const { return size_ >= most_; }
  std::vector<ScalarPiece> Take() { return std::move(pieces_); }

 private:
  void Add(std::string text, std::size_t begin, std::size_t end, bool is_copy) {
    if (IsFull()) return;
    size_ += text.size();
    pieces_.push_back({std::move(text), Offset(begin), Offset(end), is_copy});
  }
  std::string_view bytes_;
  std::size_t most_;
  std::size_t size_ = 0;
  std::vector<ScalarPiece> pieces_;
};

void AppendUtf8(std::uint32_t point, std::string& out) {
  const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0 | (point >> 6));
    byte(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    byte(0xE0 | (point >> 12));
    byte(0x80 | ((point >> 6) & 0x3F));
    byte(0x80 | (point & 0x3F));
  } else {
    byte(0xF0 | ((point >> 18) & 0x07));
    byte(0x80 | ((point >> 12) & 0x3F));
    byte(0x80 | ((point >> 6) & 0x3F));
    byte(0x80 | (point & 0x3F));
  }
}

// What an escape that begins `text` stands for, and how long it is.
std::pair<std::string, std::size_t> Escape(std::string_view text) {
  constexpr std::string_view kNames = "0abt\tnvfre \"'\\N_LP";
  constexpr std::array<std::uint32_t, 18> kPoints{
      0, 7, 8, 9, 9, 10, 11, 12, 13, 0x1B, 0x20, '"', '\'', '\\', 0x85, 0xA0, 0x2028, 0x2029};
  std::string out;
  if (text.size() < 2) return {out, text.size()};
  if (const std::size_t named = kNames.find(text[1]); named != std::string_view::npos) {
    AppendUtf8(kPoints[named], out);
    return {out, 2};
  }
  const std::size_t digits = text[1] == 'x' ? 2 : text[1] == 'u' ? 4 : text[1] == 'U' ? 8 : 0;
  if (digits == 0 || text.size() < 2 + digits) return {out, 2};
  std::uint32_t point = 0;
  std::from_chars(text.data() + 2, text.data() + 2 + digits, point, 16);
  AppendUtf8(point, out);
  return {out, 2 + digits};
}

struct Spaces {
  std::size_t end = 0;
  std::size_t breaks = 0;
};

Spaces SpacesAt(std::string_view bytes, std::size_t at, std::size_t limit) {
  Spaces spaces{at, 0};
  for (; spaces.end < limit && IsSpace(bytes[spaces.end]); ++spaces.end) {
    const bool pair =
        bytes[spaces.end] == '\r' && spaces.end + 1 < limit && bytes[spaces.end + 1] == '\n';
    if (!IsBlank(bytes[spaces.end]) && !pair) ++spaces.breaks;
  }
  return spaces;
}

// Plain and quoted scalars: a line end is a blank, empty lines are line ends, and blanks beside
// them nothing.
void DecodeFlow(std::string_view bytes, std::size_t at, std::size_t end, ScalarStyle style,
                Pieces& out) {
  while (at < end && !out.IsFull()) {
    const char byte = bytes[at];
    if (IsSpace(byte)) {
      const Spaces spaces = SpacesAt(bytes, at, end);
      if (spaces.breaks == 0)
        out.Copy(at, spaces.end);
      else
        out.Put(spaces.breaks == 1 ? " " : std::string(spaces.breaks - 1, '\n'), at, spaces.end);
      at = spaces.end;
    } else if (byte == '\'' && style == ScalarStyle::kSingleQuoted) {
      out.Put("'", at, std::min(at + 2, end));
      at += 2;
    } else if (byte == '\\' && style == ScalarStyle::kDoubleQuoted) {
      if (at + 1 < end && (bytes[at + 1] == '\n' || bytes[at + 1] == '\r')) {
        const Spaces spaces = SpacesAt(bytes, at + 1, end);
        out.Put(std::string(spaces.breaks - 1, '\n'), at, spaces.end);
        at = spaces.end;
        continue;
      }
      const auto [text, size] = Escape(bytes.substr(at, end - at));
      out.Put(text, at, at + size);
      at += size;
    } else {
      std::size_t next = at;
      while (next < end && !IsSpace(bytes[next]) &&
             (next == at || (bytes[next] != '\'' && bytes[next] != '\\')))
        ++next;
      out.Copy(at, next);
      at = next;
    }
  }
}

// A line of a block: [begin, end) is content, [end, next) its line end.
struct BlockLine {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t next = 0;
  std::size_t blanks = 0;  // at its begin, the indentation included

  bool IsEmpty() const { return begin >= end; }
};

BlockLine LineAt(std::string_view bytes, std::size_t at, std::size_t indent) {
  BlockLine line;
  line.end = std::min(bytes.find('\n', at), bytes.size());
  line.next = std::min(line.end + 1, bytes.size());
  if (line.end > at && line.end < bytes.size() && bytes[line.end - 1] == '\r') --line.end;
  while (at + line.blanks < line.end && bytes[at + line.blanks] == ' ') ++line.blanks;
  line.begin = at + std::min(indent, line.blanks);
  return line;
}

void PutBreak(const BlockLine& line, Pieces& out) {
  if (line.end < line.next) out.Put("\n", line.end, line.next);
}

void DecodeBlock(std::string_view bytes, const ScalarForm& form, Pieces& out) {
  const bool folds = form.style == ScalarStyle::kFolded;
  std::vector<BlockLine> breaks;  // lines whose line ends wait for what comes
  bool after_content = false;     // the first of them is that of a line with content
  bool was_blank = false;         // which began with a blank
  std::size_t at = LineAt(bytes, 0, 0).next;
  while (at < bytes.size() && !out.IsFull()) {
    const BlockLine line = LineAt(bytes, at, form.indent);
    at = line.next;
    if (line.IsEmpty()) {
      breaks.push_back(line);
      continue;
    }
    if (line.blanks < form.indent) break;
    const bool is_blank = IsBlank(bytes[line.begin]);
    const bool joins = folds && after_content && !was_blank && !is_blank;
    if (joins && breaks.size() == 1) out.Put(" ", breaks[0].end, line.begin);
    for (std::size_t i = joins ? 1 : 0; i < breaks.size(); ++i) PutBreak(breaks[i], out);
    out.Copy(line.begin, line.end);
    breaks = {line};
    after_content = true;
    was_blank = is_blank;
  }
  for (const BlockLine& line : breaks) PutBreak(line, out);
}

}  // namespace

std::vector<ScalarPiece> DecodeScalar(std::string_view bytes, const ScalarForm& form,
                                      std::size_t most) {
  Pieces out(bytes, most);
  if (form.style == ScalarStyle::kLiteral || form.style == ScalarStyle::kFolded) {
    DecodeBlock(bytes, form, out);
  } else if (form.style == ScalarStyle::kPlain) {
    DecodeFlow(bytes, 0, bytes.size(), form.style, out);
  } else if (bytes.size() >= 2) {
    DecodeFlow(bytes, 1, bytes.size() - 1, form.style, out);
  }
  return out.Take();
}

std::size_t BlockIndent(std::string_view bytes, std::string_view text) {
  const auto blanks_of_first = [](std::string_view lines) {
    std::size_t at = 0;
    while (at < lines.size()) {
      const BlockLine line = LineAt(lines, at, 0);
      if (at + line.blanks < line.end) return line.blanks;
      at = line.next;
    }
    return std::size_t{0};
  };
  const std::size_t outside = blanks_of_first(bytes.substr(LineAt(bytes, 0, 0).next));
  // Line ends alone: whatever blanks there are stand before them.
  if (text.find_first_not_of('\n') == std::string_view::npos) return bytes.size();
  const std::size_t inside = blanks_of_first(text);
  return outside >= inside ? outside - inside : 0;
}

}  // namespace cagelint::input
