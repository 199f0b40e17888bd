// Facts: compose-go 2.9.1, dotenv/parser.go and dotenv/env.go.
#include <algorithm>
#include <cctype>

#include "linter/base/text.h"
#include "linter/input/compose_variables.h"

namespace cagelint::input::compose {
namespace {

bool IsSpace(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\v' || byte == '\f' || byte == '\r';
}
bool IsAnySpace(char byte) { return byte == '\n' || IsSpace(byte); }

class DotEnv {
 public:
  DotEnv(std::string_view bytes, base::FileId file, const Variables& lookup,
         std::map<std::string, Argument>& out)
      : bytes_(bytes), file_(file), lookup_(lookup), known_(lookup), out_(out) {
    if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  std::vector<Problem> Read() {
    while (problems_.empty() && ToStatement()) Statement();
    return std::move(problems_);
  }

 private:
  base::Span Place(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  // Nothing of the file is quoted: it may hold secrets.
  void Refuse(std::string message, std::size_t begin) {
    const std::size_t end = std::min(bytes_.find('\n', begin), bytes_.size());
    problems_.push_back(
        {"invalid-env-file", std::move(message), Place(begin, std::max(end, begin))});
  }

  bool ToStatement() {
    for (;;) {
      while (at_ < bytes_.size() && IsAnySpace(bytes_[at_])) ++at_;
      if (at_ == bytes_.size()) return false;
      if (bytes_[at_] != '#') return true;
      at_ = std::min(bytes_.find('\n', at_), bytes_.size());
    }
  }

  void Statement() {
    if (bytes_.substr(at_).starts_with("export") && at_ + 6 < bytes_.size() &&
        IsAnySpace(bytes_[at_ + 6])) {
      at_ += 6;
      while (at_ < bytes_.size() && IsSpace(bytes_[at_])) ++at_;
    }
    const std::size_t begin = at_;
    std::size_t end = begin;
    while (end < bytes_.size() && IsNamePart(bytes_[end])) ++end;
    if (end == bytes_.size()) {
      // A name without a value at the very end is not read.
      at_ = end;
      return;
    }
    const char stop = bytes_[end];
    if (stop != '=' && stop != ':' && stop != '\n')
      return Refuse("a name holds a character that names cannot hold", begin);
    std::string_view name = bytes_.substr(begin, end - begin);
    while (!name.empty() && IsAnySpace(name.back())) name.remove_suffix(1);
    if (name.find(' ') != std::string_view::npos) return Refuse("a name holds a blank", begin);
    at_ = end + 1;
    if (stop == '\n') return Inherit(std::string(name), begin, end);
    while (at_ < bytes_.size() && IsSpace(bytes_[at_])) ++at_;
    Value(std::string(name));
  }

  static bool IsNamePart(char byte) {
    return IsSpace(byte) || std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
           (byte & 0x80) != 0 || std::string_view("_.-[]").find(byte) != std::string_view::npos;
  }

  // A name alone takes its value from what surrounds the file.
  void Inherit(const std::string& name, std::size_t begin, std::size_t end) {
    const Variable* found = nullptr;
    const auto state = lookup_.Look(name, found);
    if (state == Variables::State::kKnown) Keep(name, found->value);
    if (state == Variables::State::kUnknown) {
      Argument unknown = Argument::Literal(std::string(1, kUnknownByte), Place(begin, end));
      unknown.pieces[0].written = "${" + name + "}";
      Keep(name, std::move(unknown));
    }
  }

  void Value(const std::string& name) {
    const char quote = at_ < bytes_.size() ? bytes_[at_] : '\0';
    if (quote == '"' || quote == '\'') return Quoted(name, quote);
    const std::size_t line_end = std::min(bytes_.find('\n', at_), bytes_.size());
    std::size_t end = std::min(bytes_.substr(0, line_end).find(" #", at_), line_end);
    while (end > at_ && IsAnySpace(bytes_[end - 1])) --end;
    Argument value = Argument::Literal(std::string(bytes_.substr(at_, end - at_)), Place(at_, end));
    at_ = std::min(line_end + 1, bytes_.size());
    Expand(name, value);
  }

  void Quoted(const std::string& name, char quote) {
    const std::size_t begin = at_ + 1;
    std::string text;
    bool escaped = false;
    for (std::size_t i = begin; i < bytes_.size(); ++i) {
      const char byte = bytes_[i];
      if (byte == quote && !escaped) {
        at_ = i + 1;
        const bool plain = text.size() == i - begin;
        Argument value = Argument::Literal(quote == '"' ? Unescaped(text) : text, Place(begin, i));
        if (!plain && !value.pieces.empty()) value.pieces[0].span = Place(begin - 1, i + 1);
        return quote == '"' ? Expand(name, value) : Keep(name, std::move(value));
      }
      if (byte == '\\' && !escaped) {
        escaped = true;
        continue;
      }
      if (escaped && byte != quote) text += '\\';
      escaped = false;
      text += byte;
    }
    Refuse("a quoted value has no end", begin - 1);
  }

  // The escapes of Go that the parser knows: \a \b \c \f \n \r \t \v \" \\ \$ and octal \0ddd.
  static std::string Unescaped(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\\' || i + 1 == text.size()) {
        out += text[i];
        continue;
      }
      constexpr std::string_view kNames = "abfnrtv\"\\";
      constexpr std::string_view kBytes = "\a\b\f\n\r\t\v\"\\";
      const char next = text[++i];
      const std::size_t index = kNames.find(next);
      if (index != std::string_view::npos) {
        out += kBytes[index];
      } else if (next == '$') {
        out += "$$";
      } else {
        out += '\\';
        out += next;
      }
    }
    return out;
  }

  void Expand(const std::string& name, const Argument& written) {
    Substituted result = Substitute(written, known_);
    if (!result.problems.empty())
      return Refuse("a variable in a value cannot be put in", written.span.begin);
    result.text.span = written.span;
    Keep(name, std::move(result.text));
  }

  void Keep(const std::string& name, Argument value) {
    const Variable* found = nullptr;
    known_.Set(name, value, lookup_.Look(name, found) == Variables::State::kKnown);
    out_[name] = std::move(value);
  }

  std::string_view bytes_;
  base::FileId file_;
  std::size_t at_ = 0;
  const Variables& lookup_;
  Variables known_;
  std::map<std::string, Argument>& out_;
  std::vector<Problem> problems_;
};

// `format: raw`: NAME=VALUE a line, as `docker run --env-file` reads it (docker/cli, pkg/kvfile).
// Nothing of the file is quoted.
std::vector<Problem> ReadRaw(std::string_view bytes, base::FileId file, const Variables& lookup,
                             std::map<std::string, Argument>& out) {
  std::vector<Problem> problems;
  std::size_t begin = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (begin < bytes.size()) {
    std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::size_t next = end + 1;
    if (end > begin && bytes[end - 1] == '\r') --end;
    while (begin < end && IsSpace(bytes[begin])) ++begin;
    const std::string_view line = bytes.substr(begin, end - begin);
    const std::size_t equals = line.find('=');
    if (!line.empty() && line[0] != '#') {
      const std::string name(line.substr(0, equals));
      const bool blank = std::any_of(name.begin(), name.end(), IsAnySpace);
      if (name.empty() || blank) {
        problems.push_back(
            {"invalid-env-file",
             blank ? "a name with a blank" : "a line without a name",
             {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}});
        break;
      }
      const auto at = static_cast<std::uint32_t>(begin + std::min(equals, line.size() - 1) + 1);
      const Variable* found = nullptr;
      if (equals != std::string_view::npos) {
        out[name] = Argument::Literal(std::string(line.substr(equals + 1)),
                                      {file, at, static_cast<std::uint32_t>(end)});
      } else if (lookup.Look(name, found) == Variables::State::kKnown) {
        out[name] = found->value;
      }
    }
    begin = next;
  }
  return problems;
}

}  // namespace

std::vector<Problem> ReadDotEnv(std::string_view bytes, base::FileId file, bool raw,
                                const Variables& lookup, std::map<std::string, Argument>& out) {
  if (!raw) return DotEnv(bytes, file, lookup, out).Read();
  return ReadRaw(bytes, file, lookup, out);
}

}  // namespace cagelint::input::compose
