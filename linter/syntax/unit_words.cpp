#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

#include "linter/base/text.h"
#include "linter/syntax/unit_file.h"

namespace cagelint::syntax {
namespace {

using Kind = UnitToken::Kind;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

void AppendUtf8(std::uint32_t point, std::string& out) {
  const auto add = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) return add(point);
  if (point < 0x800) {
    add(0xC0 | (point >> 6));
  } else if (point < 0x10000) {
    add(0xE0 | (point >> 12));
    add(0x80 | ((point >> 6) & 0x3F));
  } else {
    add(0xF0 | (point >> 18));
    add(0x80 | ((point >> 12) & 0x3F));
    add(0x80 | ((point >> 6) & 0x3F));
  }
  add(0x80 | (point & 0x3F));
}

struct Escape {
  std::size_t size = 0;  // with its backslash
  std::string text;
};

// The digits of `text`, which must be `count` of that base; nothing where they are not.
std::optional<std::uint32_t> Number(std::string_view text, std::size_t count, int base) {
  if (text.size() < count) return std::nullopt;
  std::uint32_t value = 0;
  for (const char byte : text.substr(0, count)) {
    const int digit = std::isdigit(static_cast<unsigned char>(byte)) != 0 ? byte - '0'
                      : std::isxdigit(static_cast<unsigned char>(byte)) != 0
                          ? std::tolower(byte) - 'a' + 10
                          : 99;
    if (digit >= base) return std::nullopt;
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
  }
  return value;
}

// One escape of C at the begin of `text`; size 0 for what systemd does not know. (cunescape_one.)
Escape ReadEscape(std::string_view text) {
  if (text.size() < 2) return {};
  const std::size_t named = std::string_view("abfnrtv\\\"'s").find(text[1]);
  if (named != std::string_view::npos) return {2, std::string(1, "\a\b\f\n\r\t\v\\\"' "[named])};
  const auto coded = [&](std::size_t prefix, std::size_t count, int base) -> Escape {
    const auto value = Number(text.substr(prefix), count, base);
    // A byte that is no text of its own, and what is no character, is kept from the model.
    const bool is_byte = count < 4;
    if (!value || *value == 0 || (is_byte && *value > 0xFF) || *value > 0x10FFFF) return {};
    Escape escape{prefix + count, ""};
    const bool is_text = !(is_byte && *value > 0x7F) && (*value < 0xD800 || *value > 0xDFFF);
    AppendUtf8(is_text ? *value : U'?', escape.text);
    return escape;
  };
  if (text[1] == 'x') return coded(2, 2, 16);
  if (text[1] == 'u') return coded(2, 4, 16);
  if (text[1] == 'U') return coded(2, 8, 16);
  return coded(1, 3, 8);
}

class Splitter {
 public:
  Splitter(std::string_view value, const UnitWordRules& rules) : value_(value), rules_(rules) {}

  UnitWords Split() {
    while (out_.message.empty()) {
      while (rules_.splits && at_ < value_.size() && IsBlank(value_[at_])) ++at_;
      if (at_ >= value_.size()) break;
      Add(Kind::kWord, 0);
      ReadWord();
    }
    return std::move(out_);
  }

 private:
  void Add(Kind kind, std::size_t size, std::string text = "") {
    const auto end = static_cast<std::uint32_t>(at_ + size);
    out_.tokens.push_back({kind, static_cast<std::uint32_t>(at_), end, std::move(text)});
    at_ = end;
  }
  void Wrong(std::string message, std::size_t begin, std::size_t size) {
    out_.message = std::move(message);
    out_.begin = static_cast<std::uint32_t>(begin);
    out_.end = static_cast<std::uint32_t>(std::min(begin + size, value_.size()));
  }
  bool EndsWord() const {
    return at_ >= value_.size() || (rules_.splits && quote_ == '\0' && IsBlank(value_[at_]));
  }

  void ReadWord() {
    const std::size_t begin = at_;
    std::size_t opened = at_;
    while (!EndsWord() && out_.message.empty()) {
      const char byte = value_[at_];
      const bool is_mark = rules_.splits && (byte == '"' || byte == '\'');
      if (is_mark && (quote_ == '\0' || quote_ == byte)) {
        opened = at_;
        quote_ = quote_ == '\0' ? byte : '\0';
        Add(Kind::kQuote, 1);
      } else if (byte == '\\' && rules_.splits && rules_.escapes) {
        ReadBackslash();
      } else if (byte == '%') {
        ReadSpecifier();
      } else if (byte == '$' && rules_.variables) {
        ReadVariable(begin);
      } else {
        ReadText();
      }
    }
    if (quote_ != '\0' && out_.message.empty())
      Wrong("the quotation mark that begins here is never closed", opened, 1);
    quote_ = '\0';
  }

  void ReadText() {
    std::size_t end = at_ + 1;
    while (end < value_.size() &&
           std::string_view("\"'\\%$").find(value_[end]) == std::string::npos &&
           !(rules_.splits && quote_ == '\0' && IsBlank(value_[end])))
      ++end;
    Add(Kind::kText, end - at_);
  }

  void ReadBackslash() {
    Escape escape = ReadEscape(value_.substr(at_));
    if (escape.size > 0) return Add(Kind::kEscape, escape.size, std::move(escape.text));
    // `\;` is the one that command lines have besides.
    if (value_.substr(at_, 2) == "\\;") return Add(Kind::kEscape, 2, ";");
    Wrong("this escape is none that systemd knows", at_, 2);
  }

  void ReadSpecifier() {
    const char next = at_ + 1 < value_.size() ? value_[at_ + 1] : '\0';
    if (next == '%') return Add(Kind::kEscape, 2, "%");
    if (std::isalpha(static_cast<unsigned char>(next)) == 0) return Add(Kind::kText, 1);
    Add(Kind::kSpecifier, 2, std::string(1, next));
  }

  // `${NAME}` anywhere, `$NAME` where it is a word of its own, `$$`.
  void ReadVariable(std::size_t begin) {
    const std::string_view rest = value_.substr(at_);
    if (rest.starts_with("$$")) return Add(Kind::kEscape, 2, "$");
    std::size_t end = rest.starts_with("${") ? 2 : 1;
    const std::size_t name = end;
    while (end < rest.size() && base::IsNameByte(rest[end])) ++end;
    const std::string text(rest.substr(name, end - name));
    if (text.empty()) return Add(Kind::kText, 1);
    if (name == 2) {
      if (end < rest.size() && rest[end] == '}') return Add(Kind::kVariable, end + 1, text);
      return Add(Kind::kText, 1);
    }
    const bool is_whole = at_ == begin && (end == rest.size() || IsBlank(rest[end]));
    if (is_whole && rules_.splits) return Add(Kind::kVariables, end, text);
    Add(Kind::kText, 1);
  }

  std::string_view value_;
  const UnitWordRules& rules_;
  std::size_t at_ = 0;
  char quote_ = '\0';
  UnitWords out_;
};

}  // namespace

UnitWords SplitUnitValue(std::string_view value, const UnitWordRules& rules) {
  return Splitter(value, rules).Split();
}

}  // namespace cagelint::syntax
