#include "linter/input/powershell_words.h"

#include <algorithm>
#include <array>

#include "linter/base/text.h"
#include "linter/input/windows_words.h"

namespace cagelint::input {
namespace {

using base::IsNameByte;

bool IsSpace(char byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

// A string that goes over more is not looked through for its end.
constexpr std::uint32_t kLongestString = 1U << 16;
constexpr std::uint32_t kLongestBracket = 4096;

// `(Get-Location).Path`, in lower case and without blanks.
std::string Plain(std::string_view expression) {
  std::string out;
  for (const char byte : base::ToLower(expression))
    if (!IsSpace(byte)) out += byte;
  return out;
}

std::optional<Known> KnownExpression(std::string_view plain) {
  constexpr std::array<std::string_view, 10> kHere{"pwd",
                                                   "get-location",
                                                   "gl",
                                                   "$pwd",
                                                   "resolve-path.",
                                                   "convert-path.",
                                                   "(get-item.).fullname",
                                                   "get-location|select-object-expandpropertypath",
                                                   "get-location|select-expandpath",
                                                   "get-location|select-objectpath"};
  constexpr std::array<std::string_view, 3> kFolder{"$psscriptroot",
                                                    "split-path-parent$myinvocation.mycommand.path",
                                                    "split-path$myinvocation.mycommand.path"};
  while (true) {
    const bool is_path = plain.ends_with(".path");
    if (is_path && !plain.starts_with("split-path")) plain.remove_suffix(5);
    if (plain.ends_with(".providerpath")) plain.remove_suffix(13);
    if (std::find(kHere.begin(), kHere.end(), plain) != kHere.end())
      return Known::kWorkingDirectory;
    if (std::find(kFolder.begin(), kFolder.end(), plain) != kFolder.end())
      return Known::kFileDirectory;
    if (plain == "$home" || plain == "$env:userprofile" || plain == "$env:home")
      return Known::kHome;
    if (plain.size() < 3 || plain.front() != '(' || plain.back() != ')') return std::nullopt;
    plain = plain.substr(1, plain.size() - 2);
  }
}

}  // namespace

bool PowershellWords::GoesOn(std::uint32_t at) const {
  return At(at) == '`' && (At(at + 1) == '\n' || (At(at + 1) == '\r' && At(at + 2) == '\n'));
}

bool PowershellWords::EndsWord(std::uint32_t at) const {
  return at >= bytes_.size() || IsSpace(bytes_[at]) || GoesOn(at) ||
         std::string_view(";|&)}>").find(bytes_[at]) != std::string_view::npos ||
         (in_list_ && bytes_[at] == ',');
}

std::uint32_t PowershellWords::LineEnd(std::uint32_t at) const {
  return static_cast<std::uint32_t>(std::min(bytes_.find_first_of("\r\n", at), bytes_.size()));
}

std::uint32_t PowershellWords::BehindBracket(std::uint32_t at) const {
  // Where one was looked for in vain, those within are not either.
  if (at > unmatched_ && at < unmatched_ + kLongestBracket / 2) return 0;
  const std::uint32_t last =
      std::min<std::uint32_t>(static_cast<std::uint32_t>(bytes_.size()), at + kLongestBracket);
  int depth = 0;
  char quote = '\0';
  for (std::uint32_t i = at; i < last; ++i) {
    const char byte = bytes_[i];
    if (quote != '\0') {
      if (byte == '`' && quote == '"') ++i;
      if (byte == quote) quote = '\0';
    } else if (byte == '"' || byte == '\'') {
      quote = byte;
    } else if (byte == '(' || byte == '{') {
      ++depth;
    } else if ((byte == ')' || byte == '}') && --depth == 0) {
      return i + 1;
    }
  }
  unmatched_ = at;
  return 0;
}

std::uint32_t PowershellWords::BehindName(std::uint32_t at) const {
  std::uint32_t end = at;
  while (IsNameByte(At(end))) ++end;
  if (At(end) != ':' || !IsNameByte(At(end + 1))) return end;
  // A colon behind any other name belongs to the text: `$image:latest`.
  const std::string scope = base::ToLower(bytes_.substr(at, end - at));
  for (const std::string_view known : {"env", "global", "local", "private", "script", "using"}) {
    if (scope != known) continue;
    ++end;
    while (IsNameByte(At(end))) ++end;
    return end;
  }
  return end;
}

// Behind `.Path`, `.Trim()`, `[0]`.
std::uint32_t PowershellWords::BehindMembers(std::uint32_t at) const {
  while (At(at) == '.' && base::IsNameStart(At(at + 1))) {
    ++at;
    while (IsNameByte(At(at))) ++at;
    if (At(at) != '(') continue;
    const std::uint32_t behind = BehindBracket(at);
    if (behind != 0) at = behind;
  }
  return at;
}

void PowershellWords::Literal(std::uint32_t begin, std::uint32_t end) {
  word_.text += bytes_.substr(begin, end - begin);
  out_->Literal(begin, end);
}

void PowershellWords::Unknown(std::string_view name, bool is_list, std::uint32_t begin,
                              std::uint32_t end) {
  word_.is_literal = false;
  word_.is_known = false;
  out_->Unknown(name, is_list, begin, end);
}

PowershellWord PowershellWords::ReadElement(std::uint32_t at, CommandText& out) {
  in_list_ = true;
  PowershellWord word = Read(at, out);
  in_list_ = false;
  return word;
}

PowershellWord PowershellWords::Read(std::uint32_t at, CommandText& out) {
  out_ = &out;
  word_ = {};
  word_.begin = at;
  word_.is_quoted = At(at) == '"' || At(at) == '\'';
  do {
    const std::uint32_t begin = at;
    switch (bytes_[at]) {
      case '"':
        at = Double(at);
        break;
      case '\'':
        at = Single(at);
        break;
      case '$':
        at = Dollar(at, false);
        break;
      case '`':
        at = Escape(at);
        break;
      case '(':
        at = Bracket(at);
        break;
      case '{':
        at = Braces(at);
        break;
      case '@':
        at = at == word_.begin ? Splatted(at) : at;
        break;
      case '~':
        if (at != word_.begin) break;
        if (At(at + 1) == '/' || At(at + 1) == '\\' || EndsWord(at + 1)) {
          out.Is(Known::kHome, at, at + 1);
          word_.is_literal = false;
          ++at;
        }
        break;
      case '<':
        if (const auto end = static_cast<std::uint32_t>(PlaceholderEnd(bytes_, at)); end > at) {
          out.Copy(at, end);
          word_.is_literal = false;
          at = end;
        }
        break;
      default:
        while (!EndsWord(at) &&
               std::string_view("\"'$`({<").find(bytes_[at]) == std::string_view::npos)
          ++at;
        Literal(begin, at);
        break;
    }
    if (at == begin) Literal(at, at + 1), ++at;
  } while (!EndsWord(at));
  out.EndWord();
  word_.end = at;
  return word_;
}

std::uint32_t PowershellWords::Double(std::uint32_t at) {
  const std::uint32_t open = at;
  const std::uint32_t last =
      std::min<std::uint32_t>(static_cast<std::uint32_t>(bytes_.size()), at + kLongestString);
  // Looked for first: a string that is never closed ends with its line.
  std::uint32_t close = at + 1;
  while (close < last && (bytes_[close] != '"' || At(close + 1) == '"')) {
    const bool computes = bytes_[close] == '$' && At(close + 1) == '(';
    const std::uint32_t behind = computes ? BehindBracket(close + 1) : 0;
    close = behind != 0 ? behind : close + (bytes_[close] == '`' || bytes_[close] == '"' ? 2 : 1);
  }
  const bool is_closed = close < last && bytes_[close] == '"';
  if (!is_closed) {
    if (!unclosed_) unclosed_ = open;
    close = LineEnd(open);
  }
  out_->Quote(at, at + 1);
  for (++at; at < close;) {
    const std::uint32_t begin = at;
    const char byte = bytes_[at];
    if (byte == '$') at = Dollar(at, true);
    if (byte == '`') at = Escape(at);
    if (byte == '"') {
      word_.text += '"';
      out_->Decoded("\"", at, at + 2);
      at += 2;
    }
    if (at != begin) continue;
    ++at;
    while (at < close && std::string_view("$`\"").find(bytes_[at]) == std::string_view::npos) ++at;
    Literal(begin, at);
  }
  const std::uint32_t end = is_closed ? close + 1 : close;
  out_->Quote(close, end);
  return std::max(end, open + 1);
}

std::uint32_t PowershellWords::Single(std::uint32_t at) {
  const std::uint32_t open = at;
  const std::uint32_t last =
      std::min<std::uint32_t>(static_cast<std::uint32_t>(bytes_.size()), at + kLongestString);
  std::uint32_t close = at + 1;
  while (close < last && (bytes_[close] != '\'' || At(close + 1) == '\''))
    close += bytes_[close] == '\'' ? 2 : 1;
  const bool is_closed = close < last;
  if (!is_closed) {
    if (!unclosed_) unclosed_ = open;
    close = LineEnd(open);
  }
  out_->Quote(at, at + 1);
  for (++at; at < close;) {
    const auto next =
        static_cast<std::uint32_t>(std::min<std::size_t>(bytes_.find('\'', at), close));
    Literal(at, next);
    if (next < close) {
      word_.text += '\'';
      out_->Decoded("'", next, next + 2);
    }
    at = next < close ? next + 2 : close;
  }
  const std::uint32_t end = is_closed ? close + 1 : close;
  out_->Quote(close, end);
  return std::max(end, open + 1);
}

// A backtick and what it makes of the next character.
std::uint32_t PowershellWords::Escape(std::uint32_t at) {
  const char byte = At(at + 1);
  if (byte == '\0') return at;
  const std::size_t named = std::string_view("0abefnrtv").find(byte);
  // The bytes that name no text are left out, as a shell could not hold them.
  const std::string_view decoded = named == std::string_view::npos
                                       ? bytes_.substr(at + 1, 1)
                                       : std::string_view("\0\0\0\0\0\n\r\t\0", 9).substr(named, 1);
  std::uint32_t end = at + 2;
  std::string text(decoded[0] == '\0' ? "" : decoded);
  while (end < bytes_.size() && base::IsContinuation(bytes_[end])) text += bytes_[end++];
  word_.text += text;
  out_->Decoded(text, at, end);
  return end;
}

std::uint32_t PowershellWords::Dollar(std::uint32_t at, bool in_string) {
  if (At(at + 1) == '(') {
    const std::uint32_t behind = BehindBracket(at + 1);
    if (behind == 0) return at;
    const std::string_view inside = bytes_.substr(at + 2, behind - at - 3);
    const std::string plain = Plain(inside);
    if (plain == "id-u" || plain == "id-g") {
      out_->Put("$(" + std::string(base::Trim(inside)) + ")", at, behind);
      word_.is_literal = false;
    } else if (!Computed(inside, at, behind)) {
      Unknown(inside, false, at, behind);
    }
    return behind;
  }
  if (At(at + 1) == '{') {
    const std::size_t close = bytes_.substr(0, at + kLongestBracket).find('}', at);
    if (close == std::string_view::npos) return at;
    const auto end = static_cast<std::uint32_t>(close + 1);
    Variable(bytes_.substr(at + 2, close - at - 2), "", in_string, at, end);
    return end;
  }
  const std::uint32_t name = BehindName(at + 1);
  if (name == at + 1) return at;
  const std::uint32_t end = in_string ? name : BehindMembers(name);
  Variable(bytes_.substr(at + 1, name - at - 1), bytes_.substr(name, end - name), in_string, at,
           end);
  return end;
}

void PowershellWords::Variable(std::string_view name, std::string_view members, bool in_string,
                               std::uint32_t begin, std::uint32_t end) {
  std::string lower = base::ToLower(name);
  word_.is_literal = false;
  if (Computed("$" + lower + std::string(members), begin, end)) return;
  for (const std::string_view scope : {"script:", "global:", "local:"})
    if (lower.starts_with(scope)) lower.erase(0, scope.size());
  const bool is_alone = !in_string && begin == word_.begin && EndsWord(end);
  if (members.empty() && variables_.strings.contains(lower))
    out_->Variable(lower, false, begin, end);
  else if (members.empty() && is_alone && variables_.lists.contains(lower))
    out_->Variable(lower + "[@]", false, begin, end);
  else
    Unknown(name, is_alone && SoundsLikeList(name), begin, end);
}

// What a known expression stands for; false for another.
bool PowershellWords::Computed(std::string_view expression, std::uint32_t begin,
                               std::uint32_t end) {
  const auto known = KnownExpression(Plain(expression));
  if (!known) return false;
  word_.is_literal = false;
  out_->Is(*known, begin, end);
  return true;
}

// `(Get-Location).Path` as an argument.
std::uint32_t PowershellWords::Bracket(std::uint32_t at) {
  const std::uint32_t behind = BehindBracket(at);
  if (behind == 0) return at;
  const std::uint32_t end = BehindMembers(behind);
  const std::string_view expression = bytes_.substr(at, end - at);
  if (!Computed(expression, at, end)) Unknown(expression, false, at, end);
  return end;
}

// `{{.Names}}` is a text to its program; a script block is nothing that a program of its own gets.
std::uint32_t PowershellWords::Braces(std::uint32_t at) {
  const std::uint32_t behind = BehindBracket(at);
  if (behind == 0) return at;
  if (bytes_.substr(at, 2) == "{{")
    Literal(at, behind);
  else
    Unknown("block", false, at, behind);
  return behind;
}

std::uint32_t PowershellWords::Splatted(std::uint32_t at) {
  const std::uint32_t end = BehindName(at + 1);
  if (end == at + 1 || !EndsWord(end)) return at;
  const std::string name = base::ToLower(bytes_.substr(at + 1, end - at - 1));
  word_.is_literal = false;
  if (variables_.lists.contains(name))
    out_->Variable(name + "[@]", false, at, end);
  else
    Unknown(name, true, at, end);
  return end;
}

}  // namespace cagelint::input
