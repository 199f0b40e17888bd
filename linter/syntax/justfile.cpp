#include "linter/syntax/justfile.h"

#include <algorithm>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::syntax {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }
bool IsQuote(char byte) { return byte == '"' || byte == '\'' || byte == '`'; }
bool IsNamePart(char byte) { return base::IsNameByte(byte) || byte == '-'; }

std::size_t SkipBlanks(std::string_view bytes, std::size_t at, std::size_t end) {
  while (at < end && IsBlank(bytes[at])) ++at;
  return at;
}

std::size_t NameEnd(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size() || !base::IsNameStart(bytes[at])) return at;
  while (at < bytes.size() && IsNamePart(bytes[at])) ++at;
  return at;
}

class Parser {
 public:
  Parser(std::string_view bytes, base::FileId file) : bytes_(bytes), file_(file) {}

  JustTree Parse() {
    std::size_t at = bytes_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < bytes_.size()) at = std::max(ReadItem(at), at + 1);
    return std::move(tree_);
  }

 private:
  base::Span Place(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  std::size_t LineFeed(std::size_t at) const {
    return std::min(bytes_.find('\n', at), bytes_.size());
  }
  // Of the line that holds `at`, without its line end.
  std::size_t LineEnd(std::size_t at) const {
    const std::size_t end = LineFeed(at);
    return end > at && bytes_[end - 1] == '\r' ? end - 1 : end;
  }

  // What begins at the begin of a line; says where the next one begins.
  std::size_t ReadItem(std::size_t begin) {
    const std::size_t end = LineEnd(begin);
    const std::size_t first = SkipBlanks(bytes_, begin, end);
    if (first == end) return LineFeed(begin) + 1;
    if (bytes_[first] == '#') {
      tree_.comments.push_back(Place(first, end));
      return LineFeed(begin) + 1;
    }
    // An indented line that no recipe has.
    if (first != begin) return LineFeed(begin) + 1;
    const std::size_t last = StatementEnd(begin);
    if (bytes_[begin] == '[') {
      if (attributes_.empty()) attributes_begin_ = begin;
      attributes_.emplace_back(bytes_.substr(begin, last - begin));
      return LineFeed(last) + 1;
    }
    const std::size_t next = ReadStatement(begin, last);
    attributes_.clear();
    return next;
  }

  // Behind strings and brackets that run over several lines; before a comment.
  std::size_t StatementEnd(std::size_t begin) {
    int depth = 0;
    for (std::size_t at = begin; at < bytes_.size();) {
      const char byte = bytes_[at];
      if (IsQuote(byte)) {
        const std::size_t end = JustStringEnd(bytes_, at);
        if (end == kNone) {
          tree_.unclosed = Place(at, LineEnd(at));
          return LineEnd(at);
        }
        at = end;
        continue;
      }
      if (byte == '#') {
        tree_.comments.push_back(Place(at, LineEnd(at)));
        if (depth <= 0) return at;
        at = LineEnd(at);
        continue;
      }
      if (byte == '(' || byte == '[' || byte == '{') ++depth;
      if (byte == ')' || byte == ']' || byte == '}') --depth;
      const bool continues =
          at > begin && (bytes_[at - 1] == '\\' ||
                         (bytes_[at - 1] == '\r' && at > begin + 1 && bytes_[at - 2] == '\\'));
      if (byte == '\n' && depth <= 0 && !continues)
        return LineEnd(begin) > at ? at : TrimReturn(at);
      ++at;
    }
    return bytes_.size();
  }
  std::size_t TrimReturn(std::size_t at) const {
    return at > 0 && bytes_[at - 1] == '\r' ? at - 1 : at;
  }

  std::size_t ReadStatement(std::size_t begin, std::size_t end) {
    const std::size_t next = std::min(LineFeed(end), bytes_.size()) + 1;
    std::size_t at = begin;
    bool is_setting = false;
    for (const std::string_view word : {"export", "set"}) {
      const std::size_t name_end = NameEnd(bytes_, at);
      if (bytes_.substr(at, name_end - at) != word || !IsBlankAt(name_end)) continue;
      const std::size_t following = SkipBlanks(bytes_, name_end, end);
      if (following < end && !base::IsNameStart(bytes_[following])) continue;
      is_setting = word == "set";
      at = following;
    }
    const std::size_t name_end = NameEnd(bytes_, at);
    const std::size_t sign = SkipBlanks(bytes_, name_end, end);
    const std::string name(bytes_.substr(at, name_end - at));
    if (name_end > at && bytes_.substr(sign, 2) == ":=") {
      const std::size_t value = SkipBlanks(bytes_, sign + 2, end);
      auto& list = is_setting ? tree_.settings : tree_.assignments;
      list.push_back({name, Place(begin, end), Place(std::min(value, end), TrimEnd(value, end))});
      return next;
    }
    if (is_setting) {
      tree_.settings.push_back({name, Place(begin, end), Place(end, end)});
      return next;
    }
    return ReadRecipe(begin, end, next);
  }
  bool IsBlankAt(std::size_t at) const { return at < bytes_.size() && IsBlank(bytes_[at]); }
  std::size_t TrimEnd(std::size_t begin, std::size_t end) const {
    while (end > begin && (IsBlank(bytes_[end - 1]) || bytes_[end - 1] == '\r')) --end;
    return end;
  }

  std::size_t ReadRecipe(std::size_t begin, std::size_t end, std::size_t next) {
    std::size_t at = begin + (bytes_[begin] == '@' ? 1 : 0);
    const std::size_t name_end = NameEnd(bytes_, at);
    const std::size_t colon = ColonIn(name_end, end);
    if (name_end == at || colon == end) return next;
    JustRecipe recipe;
    recipe.name = bytes_.substr(at, name_end - at);
    recipe.attributes = attributes_;
    recipe.span = Place(attributes_.empty() ? begin : attributes_begin_, TrimEnd(begin, end));
    ReadParameters(name_end, colon, recipe);
    const std::size_t behind = ReadBody(next, recipe);
    tree_.recipes.push_back(std::move(recipe));
    return behind;
  }

  // The colon that ends the parameters; `end` where there is none.
  std::size_t ColonIn(std::size_t at, std::size_t end) const {
    while (at < end && bytes_[at] != ':') {
      const std::size_t string = IsQuote(bytes_[at]) ? JustStringEnd(bytes_, at) : at + 1;
      at = std::min(string, end);
    }
    return at;
  }

  void ReadParameters(std::size_t at, std::size_t end, JustRecipe& recipe) {
    bool variadic = false, is_default = false;
    while (at < end) {
      const char byte = bytes_[at];
      if (IsQuote(byte)) {
        at = std::min(JustStringEnd(bytes_, at), end);
        is_default = false;
      } else if (const std::size_t name_end = NameEnd(bytes_, at); name_end > at) {
        if (!is_default)
          recipe.parameters.push_back({std::string(bytes_.substr(at, name_end - at)), variadic});
        variadic = is_default = false;
        at = name_end;
      } else {
        if (byte == '*' || byte == '+') variadic = true;
        if (byte == '=') is_default = true;
        ++at;
      }
    }
  }

  // Lines that are indented as the first one is.
  std::size_t ReadBody(std::size_t at, JustRecipe& recipe) {
    std::size_t indent = 0;
    while (at < bytes_.size()) {
      const std::size_t end = LineEnd(at);
      const std::size_t first = SkipBlanks(bytes_, at, end);
      const std::size_t next = LineFeed(at) + 1;
      if (first < end) {
        if (first == at) break;
        if (indent == 0) indent = first - at;
        recipe.lines.push_back(Place(std::min(at + indent, first), end));
        recipe.span.end = static_cast<std::uint32_t>(end);
        if (bytes_[first] == '#') tree_.comments.push_back(Place(first, end));
      }
      at = next;
    }
    return at;
  }

  std::string_view bytes_;
  base::FileId file_;
  JustTree tree_;
  std::vector<std::string> attributes_;  // of the recipe that comes
  std::size_t attributes_begin_ = 0;
};

}  // namespace

std::size_t JustStringEnd(std::string_view bytes, std::size_t at) {
  const char quote = bytes[at];
  const std::string three(3, quote);
  const bool is_long = bytes.substr(at, 3) == three;
  if (is_long) {
    const std::size_t close = bytes.find(three, at + 3);
    return close == kNone ? kNone : close + 3;
  }
  for (std::size_t i = at + 1; i < bytes.size(); ++i) {
    if (bytes[i] == quote) return i + 1;
    if (bytes[i] == '\\' && quote == '"') ++i;
  }
  return kNone;
}

std::vector<std::string_view> JustTerms(std::string_view expression) {
  std::vector<std::string_view> terms;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t at = 0; at < expression.size();) {
    const char byte = expression[at];
    if (IsQuote(byte)) {
      at = std::min(JustStringEnd(expression, at), expression.size());
      continue;
    }
    if (byte == '(' || byte == '{' || byte == '[') ++depth;
    if (byte == ')' || byte == '}' || byte == ']') --depth;
    if ((byte == '+' || byte == '/') && depth <= 0) {
      terms.push_back(base::Trim(expression.substr(begin, at - begin)));
      terms.push_back(expression.substr(at, 1));
      begin = at + 1;
    }
    ++at;
  }
  terms.push_back(base::Trim(expression.substr(begin)));
  return terms;
}

std::optional<std::string> JustString(std::string_view expression) {
  if (expression.size() < 2 || (expression[0] != '"' && expression[0] != '\'')) return std::nullopt;
  if (expression.substr(0, 3) == std::string(3, expression[0])) return std::nullopt;
  if (JustStringEnd(expression, 0) != expression.size()) return std::nullopt;
  const std::string_view inside = expression.substr(1, expression.size() - 2);
  if (inside.find('\n') != kNone) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] != '\\' || expression[0] == '\'') {
      out += inside[i];
      continue;
    }
    const std::size_t which =
        ++i < inside.size() ? std::string_view("nrt\"\\").find(inside[i]) : kNone;
    if (which == kNone) return std::nullopt;
    out += "\n\r\t\"\\"[which];
  }
  return out;
}

JustTree ParseJustfile(std::string_view bytes, base::FileId file) {
  return Parser(bytes, file).Parse();
}

}  // namespace cagelint::syntax
