#include "linter/base/ignore_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::base {
namespace {

using ByteSet = std::bitset<256>;

// Blanks at the end do not count, unless a backslash keeps the last of them.
std::string_view WithoutBlanksAtEnd(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == ' ') continue;
    if (line[i] == '\\') ++i;
    end = std::min(i + 1, line.size());
  }
  return line.substr(0, end);
}

bool IsSpecial(char byte) { return byte == '*' || byte == '?' || byte == '[' || byte == '\\'; }

using Classifier = int (*)(int);

std::optional<ByteSet> ClassOf(std::string_view name) {
  // In the locale that git compares in, and this program never leaves: C.
  static constexpr std::array<std::pair<std::string_view, Classifier>, 12> kClasses{{
      {"alnum", std::isalnum},
      {"alpha", std::isalpha},
      {"blank", std::isblank},
      {"cntrl", std::iscntrl},
      {"digit", std::isdigit},
      {"graph", std::isgraph},
      {"lower", std::islower},
      {"print", std::isprint},
      {"punct", std::ispunct},
      {"space", std::isspace},
      {"upper", std::isupper},
      {"xdigit", std::isxdigit},
  }};
  for (const auto& [known, is_in] : kClasses) {
    if (known != name) continue;
    ByteSet out;
    for (int byte = 1; byte < 128; ++byte) out[static_cast<std::size_t>(byte)] = is_in(byte) != 0;
    return out;
  }
  return std::nullopt;
}

std::size_t IndexOf(char byte) { return static_cast<unsigned char>(byte); }

}  // namespace

IgnoreRules::IgnoreRules(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::string_view line : Split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = line.substr(0, line.find('\0'));
    if (!line.empty() && line[0] != '#') Add(WithoutBlanksAtEnd(line));
  }
}

void IgnoreRules::Add(std::string_view line) {
  Pattern pattern;
  if (line.starts_with('!')) {
    pattern.negated = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.only_directories = true;
    line.remove_suffix(1);
  }
  pattern.by_name = line.find('/') == std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return;
  if (std::none_of(line.begin(), line.end(), IsSpecial)) {
    pattern.plain = line;
  } else if (!Tokenize(line, pattern)) {
    return;
  }
  patterns_.push_back(std::move(pattern));
}

// A set of bytes behind `[`; `at` comes to stand on its last bracket.
bool IgnoreRules::ReadSet(std::string_view glob, std::size_t& at, Token& out) {
  const auto byte_at = [&](std::size_t i) { return i < glob.size() ? glob[i] : '\0'; };
  ByteSet set;
  std::size_t p = at + 1;
  const bool negated = byte_at(p) == '!' || byte_at(p) == '^';
  if (negated) ++p;
  char before = 0;
  for (bool first = true; first || byte_at(p) != ']'; first = false, ++p) {
    char byte = byte_at(p);
    if (byte == '-' && before != 0 && byte_at(p + 1) != 0 && byte_at(p + 1) != ']') {
      if (byte_at(++p) == '\\') ++p;
      if (byte_at(p) == 0) return false;
      for (std::size_t i = IndexOf(before); i <= IndexOf(byte_at(p)); ++i) set.set(i);
      before = 0;
      continue;
    }
    if (byte == '[' && byte_at(p + 1) == ':') {
      const std::size_t end = glob.find(']', p + 2);
      if (end == std::string_view::npos) return false;
      if (end > p + 2 && glob[end - 1] == ':') {
        const auto named = ClassOf(glob.substr(p + 2, end - p - 3));
        if (!named) return false;
        set |= *named;
        p = end;
        before = 0;
        continue;
      }
    } else if (byte == '\\') {
      byte = byte_at(++p);
    }
    if (byte == 0) return false;
    set.set(IndexOf(byte));
    before = byte;
  }
  if (negated) set.flip();
  out = {Token::Kind::kSet, 0, static_cast<std::uint32_t>(sets_.size())};
  sets_.push_back(set);
  at = p;
  return true;
}

bool IgnoreRules::Tokenize(std::string_view glob, Pattern& out) {
  out.parts.emplace_back();
  for (std::size_t at = 0; at < glob.size(); ++at) {
    std::vector<Token>& tokens = out.parts.back().tokens;
    switch (glob[at]) {
      case '/':
        out.parts.emplace_back();
        break;
      case '*': {
        const std::size_t begin = at;
        while (at + 1 < glob.size() && glob[at + 1] == '*') ++at;
        const std::string_view rest = glob.substr(at + 1);
        if (at > begin && !out.by_name && (begin == 0 || glob[begin - 1] == '/') &&
            (rest.empty() || rest[0] == '/' || rest.starts_with("\\/"))) {
          out.parts.back().is_deep = true;
          // At the end it wants something to match; and git overlooks a slash that is escaped.
          out.parts.back().needs_one = !rest.starts_with('/');
        } else {
          tokens.push_back({Token::Kind::kStar, 0, 0});
        }
        break;
      }
      case '?':
        tokens.push_back({Token::Kind::kAny, 0, 0});
        break;
      case '[': {
        Token set;
        if (!ReadSet(glob, at, set)) return false;
        tokens.push_back(set);
        break;
      }
      case '\\':
        if (++at == glob.size()) return false;
        if (glob[at] == '/') {
          out.parts.emplace_back();
          break;
        }
        [[fallthrough]];
      default:
        tokens.push_back({Token::Kind::kByte, static_cast<unsigned char>(glob[at]), 0});
    }
  }
  return true;
}

bool IgnoreRules::MatchesPart(const std::vector<Token>& tokens, std::string_view name,
                              MatchBudget& budget) const {
  const auto fits = [&](const Token& token, char byte) {
    return token.kind == Token::Kind::kAny ||
           (token.kind == Token::Kind::kByte && token.byte == IndexOf(byte)) ||
           (token.kind == Token::Kind::kSet && sets_[token.set][IndexOf(byte)]);
  };
  // On a mismatch the last `*` takes one byte more: an earlier one never has to.
  std::size_t t = 0;
  std::size_t n = 0;
  std::size_t star = tokens.size();
  std::size_t taken = 0;
  while (n < name.size()) {
    if (budget.steps == 0) return false;
    --budget.steps;
    if (t < tokens.size() && tokens[t].kind == Token::Kind::kStar) {
      star = t++;
      taken = n;
    } else if (t < tokens.size() && fits(tokens[t], name[n])) {
      ++t;
      ++n;
    } else if (star < tokens.size()) {
      t = star + 1;
      n = ++taken;
    } else {
      return false;
    }
  }
  return std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(t), tokens.end(),
                     [](const Token& token) { return token.kind == Token::Kind::kStar; });
}

bool IgnoreRules::MatchesParts(const std::vector<Part>& parts, std::string_view path,
                               MatchBudget& budget) const {
  const std::vector<std::string_view> names = Split(path, '/');
  // reached[i]: the first i names are matched by the parts so far.
  std::vector<bool> reached(names.size() + 1);
  reached[0] = true;
  for (const Part& part : parts) {
    budget.steps -= std::min<std::uint64_t>(budget.steps, names.size());
    if (budget.steps == 0) return false;
    std::vector<bool> next(names.size() + 1);
    for (std::size_t i = 0; i <= names.size(); ++i) {
      if (part.is_deep) {
        next[i] = (reached[i] && !part.needs_one) || (i > 0 && (next[i - 1] || reached[i - 1]));
      } else if (i > 0) {
        next[i] = reached[i - 1] && MatchesPart(part.tokens, names[i - 1], budget);
      }
    }
    reached = std::move(next);
  }
  return reached.back();
}

bool IgnoreRules::Matches(const Pattern& pattern, std::string_view path, std::string_view name,
                          MatchBudget& budget) const {
  if (!pattern.plain.empty()) return pattern.plain == (pattern.by_name ? name : path);
  if (pattern.by_name) return MatchesPart(pattern.parts.front().tokens, name, budget);
  return MatchesParts(pattern.parts, path, budget);
}

Ignored IgnoreRules::Ask(std::string_view path, bool is_directory, MatchBudget& budget) const {
  const std::size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    if (budget.steps == 0) return Ignored::kUnsaid;
    --budget.steps;
    if (pattern->only_directories && !is_directory) continue;
    const bool matches = Matches(*pattern, path, name, budget);
    if (budget.steps == 0) return Ignored::kUnsaid;
    if (matches) return pattern->negated ? Ignored::kNo : Ignored::kYes;
  }
  return Ignored::kUnsaid;
}

}  // namespace cagelint::base
