#include "linter/syntax/makefile.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::syntax {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }

std::size_t SkipBlanks(std::string_view bytes, std::size_t at, std::size_t end) {
  while (at < end && IsBlank(bytes[at])) ++at;
  return at;
}

// A word and what follows it: the words of directives.
std::string_view FirstWord(std::string_view line) {
  return line.substr(0, std::min(line.find_first_of(" \t\r\n("), line.size()));
}

bool IsOneOf(std::string_view word, auto... words) { return ((word == words) || ...); }

class Parser {
 public:
  Parser(std::string_view bytes, base::FileId file)
      : bytes_(bytes),
        file_(file),
        has_tabs_(bytes.starts_with('\t') || bytes.find("\n\t") != kNone) {}

  MakeTree Parse() {
    std::size_t at = bytes_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < bytes_.size()) {
      const std::size_t end = LogicalEnd(at);
      Read(at, end);
      at = std::max(end + MakeLineEnd(bytes_, end), at + 1);
    }
    if (!define_.empty()) tree_.unclosed = FirstLine(define_.front());
    if (!open_.empty()) tree_.unclosed = FirstLine(open_.front());
    return std::move(tree_);
  }

 private:
  base::Span Place(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  base::Span FirstLine(std::size_t at) const {
    return Place(at, std::min(bytes_.find_first_of("\r\n", at), bytes_.size()));
  }

  // Where the line at `at` ends that an odd number of backslashes before a line end continues.
  std::size_t LogicalEnd(std::size_t at) const {
    for (;;) {
      at = std::min(bytes_.find('\n', at), bytes_.size());
      const std::size_t end = at > 0 && at < bytes_.size() && bytes_[at - 1] == '\r' ? at - 1 : at;
      std::size_t slashes = 0;
      while (slashes < end && bytes_[end - slashes - 1] == '\\') ++slashes;
      if (at >= bytes_.size() || slashes % 2 == 0) return end;
      ++at;
    }
  }

  void Read(std::size_t begin, std::size_t end) {
    if (!define_.empty()) return ReadDefined(begin, end);
    if (begin < end && bytes_[begin] == prefix_ && in_rule_)
      return AddRecipe(begin + 1, end, prefix_);
    const std::size_t first = SkipBlanks(bytes_, begin, end);
    if (first == end) return;
    if (bytes_[first] == '#') {
      tree_.comments.push_back(Place(first, end));
      return;
    }
    const std::string_view word = FirstWord(bytes_.substr(first, end - first));
    const bool is_directive =
        IsOneOf(word, "ifeq", "ifneq", "ifdef", "ifndef", "else", "endif", "define", "include");
    if (in_rule_ && !has_tabs_ && prefix_ == '\t' && bytes_[begin] == ' ' && !is_directive)
      return AddRecipe(first, end, ' ');
    if (IsOneOf(word, "ifeq", "ifneq", "ifdef", "ifndef")) {
      open_.push_back(first);
    } else if (word == "endif") {
      if (!open_.empty()) open_.pop_back();
    } else if (word == "define") {
      Define(first, end);
    } else if (word != "else" && !IsOneOf(word, "include", "-include", "sinclude", "vpath")) {
      ReadStatement(first, end);
    }
  }

  // A recipe line, of which a comment alone is kept as a comment.
  void AddRecipe(std::size_t begin, std::size_t end, char prefix) {
    MakeRule& rule = tree_.rules.back();
    rule.span.end = std::max(rule.span.end, static_cast<std::uint32_t>(end));
    const std::size_t first = SkipBlanks(bytes_, begin, end);
    if (first < end && bytes_[first] == '#') tree_.comments.push_back(Place(first, end));
    if (first < end) rule.lines.push_back({Place(begin, end), prefix});
  }

  // The lines of a `define` block, which may hold others.
  void ReadDefined(std::size_t begin, std::size_t end) {
    const std::size_t first = SkipBlanks(bytes_, begin, end);
    const std::string_view word = FirstWord(bytes_.substr(first, end - first));
    if (word == "define") define_.push_back(first);
    if (word == "endef") define_.pop_back();
    if (!define_.empty()) return;
    MakeAssignment& block = tree_.assignments.back();
    block.span.end = static_cast<std::uint32_t>(end);
    const std::size_t body = block.value.begin + MakeLineEnd(bytes_, block.value.begin);
    const std::size_t body_end = begin > body ? TrimReturn(begin - 1) : body;
    block.value = Place(body, std::max(body, body_end));
  }
  std::size_t TrimReturn(std::size_t at) const {
    return at > 0 && bytes_[at - 1] == '\r' ? at - 1 : at;
  }

  void Define(std::size_t first, std::size_t end) {
    define_.push_back(first);
    in_rule_ = false;
    std::string_view name = base::Trim(bytes_.substr(first + 6, end - first - 6));
    name = name.substr(0, std::min(name.find_first_of(" \t:=?+"), name.size()));
    tree_.assignments.push_back(
        {std::string(name), "define", Place(first, end), Place(end, end), !open_.empty()});
  }

  struct Operator {
    std::size_t begin = kNone;  // kNone: neither an assignment nor a rule
    std::size_t end = 0;
    bool assigns = false;
  };

  // The first `=` or `:` that stands in no reference.
  Operator FindOperator(std::size_t at, std::size_t end) const {
    while (at < end) {
      const char byte = bytes_[at];
      if (byte == '#') break;
      if (byte == '$') {
        at = std::min(MakeReferenceEnd(bytes_.substr(0, end), at), end);
        continue;
      }
      if (byte == '\\' && at + 1 < end) ++at;
      if (byte == '=') {
        const bool is_long = at > 0 && std::string_view("?+!").find(bytes_[at - 1]) != kNone;
        return {is_long ? at - 1 : at, at + 1, true};
      }
      if (byte == ':') {
        std::size_t behind = at;
        while (behind < end && bytes_[behind] == ':') ++behind;
        const bool assigns = behind < end && bytes_[behind] == '=';
        return {at, assigns ? behind + 1 : behind, assigns};
      }
      ++at;
    }
    return {};
  }

  void ReadStatement(std::size_t begin, std::size_t end) {
    const Operator found = FindOperator(begin, end);
    if (found.begin == kNone) return;
    if (found.assigns) {
      in_rule_ = false;
      Assign(begin, found, end, !open_.empty());
    } else {
      ReadRule(begin, found, end);
    }
  }

  void Assign(std::size_t begin, const Operator& found, std::size_t end, bool conditional) {
    std::string_view name = base::Trim(bytes_.substr(begin, found.begin - begin));
    for (bool more = true; more;) {
      const std::string_view word = FirstWord(name);
      more =
          word.size() < name.size() && IsOneOf(word, "export", "override", "private", "unexport");
      if (more) name = base::Trim(name.substr(word.size()));
    }
    const std::size_t value = SkipBlanks(bytes_, found.end, end);
    const std::size_t value_end = CommentIn(value, end);
    std::string operation(bytes_.substr(found.begin, found.end - found.begin));
    if (operation.starts_with(':')) operation = ":=";
    tree_.assignments.push_back({std::string(name), std::move(operation), Place(begin, end),
                                 Place(value, TrimEnd(value, value_end)), conditional});
    if (name == ".RECIPEPREFIX") prefix_ = value < value_end ? bytes_[value] : '\t';
  }

  std::size_t TrimEnd(std::size_t begin, std::size_t end) const {
    while (end > begin && (IsBlank(bytes_[end - 1]) || bytes_[end - 1] == '\r')) --end;
    return end;
  }

  // Where a comment begins in what is no recipe; `end` where there is none.
  std::size_t CommentIn(std::size_t at, std::size_t end) {
    while (at < end) {
      if (bytes_[at] == '#') {
        tree_.comments.push_back(Place(at, end));
        return at;
      }
      if (bytes_[at] == '$')
        at = std::min(MakeReferenceEnd(bytes_.substr(0, end), at), end);
      else
        at += bytes_[at] == '\\' ? 2 : 1;
    }
    return end;
  }

  void ReadRule(std::size_t begin, const Operator& colon, std::size_t end) {
    // `target: NAME = value` speaks of that target alone.
    const Operator inner = FindOperator(colon.end, end);
    const std::size_t semicolon = RecipeIn(colon.end, end);
    if (inner.begin != kNone && inner.assigns && inner.begin < semicolon) {
      in_rule_ = false;
      return Assign(SkipBlanks(bytes_, colon.end, end), inner, end, true);
    }
    const std::string targets(base::Trim(bytes_.substr(begin, colon.begin - begin)));
    if (targets == ".ONESHELL") tree_.one_shell = true;
    tree_.rules.push_back({Place(begin, end), targets, {}});
    in_rule_ = true;
    if (semicolon < end)
      AddRecipe(semicolon + 1, end, prefix_);
    else
      CommentIn(colon.end, end);
  }

  // The semicolon behind which the first line of the recipe stands; `end` where there is none.
  std::size_t RecipeIn(std::size_t at, std::size_t end) const {
    while (at < end && bytes_[at] != ';' && bytes_[at] != '#')
      at = bytes_[at] == '$' ? std::min(MakeReferenceEnd(bytes_.substr(0, end), at), end) : at + 1;
    return at < end && bytes_[at] == ';' ? at : end;
  }

  std::string_view bytes_;
  base::FileId file_;
  MakeTree tree_;
  bool has_tabs_;
  char prefix_ = '\t';
  bool in_rule_ = false;
  std::vector<std::size_t> define_;  // where the blocks begin that are open
  std::vector<std::size_t> open_;    // the same of conditionals
};

}  // namespace

std::size_t MakeLineEnd(std::string_view bytes, std::size_t at) {
  if (bytes.substr(at, 2) == "\r\n") return 2;
  return at < bytes.size() && bytes[at] == '\n' ? 1 : 0;
}

std::size_t MakeReferenceEnd(std::string_view bytes, std::size_t at) {
  if (at + 1 >= bytes.size()) return bytes.size();
  const char open = bytes[at + 1];
  if (open != '(' && open != '{') return at + 2;
  const char close = open == '(' ? ')' : '}';
  int depth = 0;
  for (std::size_t i = at + 1; i < bytes.size(); ++i) {
    if (bytes[i] == open) ++depth;
    if (bytes[i] == close && --depth == 0) return i + 1;
  }
  return kNone;
}

MakeTree ParseMakefile(std::string_view bytes, base::FileId file) {
  return Parser(bytes, file).Parse();
}

}  // namespace cagelint::syntax
