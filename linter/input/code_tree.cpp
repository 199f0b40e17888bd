#include "linter/input/code_tree.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cagelint::input {
namespace {

using syntax::CodeLanguage;
using syntax::CodeToken;
using Kind = CodeStatement::Kind;
using Statements = std::vector<CodeStatement>;
using TokenKind = CodeToken::Kind;

constexpr int kDeepest = 48;

class Parser {
 public:
  Parser(const base::Source& source, CodeTree& tree)
      : bytes_(source.Bytes()), file_(source.Id()), tree_(tree), language_(tree.code.language) {}

  void Do() {
    tree_.gaps = std::move(tree_.code.gaps);
    const auto last = static_cast<std::uint32_t>(tree_.code.tokens.size() - 1);
    tree_.statements = is_python() ? Suite(last) : Block({0, last});
  }

 private:
  bool is_python() const { return language_ == CodeLanguage::kPython; }
  bool is_go() const { return language_ == CodeLanguage::kGo; }
  const CodeToken& At(std::uint32_t index) const { return tree_.code.tokens[index]; }
  std::string_view Text(std::uint32_t index) const {
    const CodeToken& token = At(index);
    return bytes_.substr(token.begin, token.end - token.begin);
  }
  bool Is(std::uint32_t index, std::string_view text) const {
    const TokenKind kind = At(index).kind;
    return kind != TokenKind::kString && kind != TokenKind::kText && Text(index) == text;
  }
  bool IsOpen(std::uint32_t index, char bracket) const {
    return At(index).kind == TokenKind::kOpen && bytes_[At(index).begin] == bracket;
  }
  // The token behind `index`, or behind the bracket that closes what opens there.
  std::uint32_t Next(std::uint32_t index, std::uint32_t end) const {
    const CodeToken& token = At(index);
    const bool opens = token.kind == TokenKind::kOpen || token.kind == TokenKind::kTemplate;
    return std::min(end, std::max(index, opens ? token.match : index) + 1);
  }
  // The first token in [begin, end), outside of brackets, that is `text`; `end` where none is.
  std::uint32_t Find(std::string_view text, std::uint32_t begin, std::uint32_t end) const {
    while (begin < end && !Is(begin, text)) begin = Next(begin, end);
    return std::min(begin, end);
  }

  bool Enter(std::uint32_t at) {
    if (++depth_ <= kDeepest) return true;
    if (!std::exchange(is_cut_, true))
      tree_.gaps.push_back({"limit-reached",
                            "what is nested more deeply than here is not read",
                            {file_, At(at).begin, std::max(At(at).end, At(at).begin + 1)},
                            "",
                            false});
    return false;
  }

  // --- Python

  // Statements to the end of the block that `at_` stands in.
  Statements Suite(std::uint32_t end) {
    Statements out;
    if (Enter(at_)) {
      while (at_ < end && At(at_).kind != TokenKind::kDedent) Line(end, out);
    } else {
      for (int open = 0; at_ < end; ++at_) {
        if (At(at_).kind == TokenKind::kIndent) ++open;
        if (At(at_).kind == TokenKind::kDedent && open-- == 0) break;
      }
    }
    if (at_ < end) ++at_;
    --depth_;
    return out;
  }

  // What follows a colon: a block, or statements on the same line.
  Statements Body(std::uint32_t end) {
    Statements out;
    if (at_ < end && At(at_).kind == TokenKind::kNewline && at_ + 1 < end &&
        At(at_ + 1).kind == TokenKind::kIndent) {
      at_ += 2;
      return Suite(end);
    }
    if (at_ < end && At(at_).kind != TokenKind::kNewline) SimpleLine(end, out);
    return out;
  }

  void Line(std::uint32_t end, Statements& out) {
    const TokenKind kind = At(at_).kind;
    if (kind == TokenKind::kNewline) {
      ++at_;
      return;
    }
    if (kind == TokenKind::kIndent) {
      ++at_;
      for (CodeStatement& one : Suite(end)) out.push_back(std::move(one));
      return;
    }
    if (Is(at_, "async")) ++at_;
    const std::uint32_t begin = at_;
    const std::uint32_t line_end = LineEnd(end);
    const std::uint32_t colon = Find(":", begin, line_end);
    const Kind compound = CompoundOf(begin);
    if (colon == line_end || compound == Kind::kSimple) return SimpleLine(end, out);
    at_ = colon + 1;
    CodeStatement one;
    one.kind = compound;
    one.head = {begin + 1, colon};
    if (compound == Kind::kFunction) {
      one.name = begin + 1;
      one.head = Inside(begin + 2, colon);
    }
    const bool continues = Is(begin, "elif") || Is(begin, "else") || Is(begin, "case");
    if (Is(begin, "case")) {
      one.kind = Kind::kBlock;
      one.has_default = colon == begin + 2 && Is(begin + 1, "_");
    }
    if (Is(begin, "elif")) one.kind = Kind::kIf;
    one.body = Body(end);
    one.range = {begin, at_};
    if (Is(begin, "match")) {
      one.has_default = std::any_of(one.body.begin(), one.body.end(),
                                    [](const CodeStatement& way) { return way.has_default; });
    }
    if (continues && !Is(begin, "case") && Continue(out, one, Is(begin, "else"))) return;
    out.push_back(std::move(one));
  }

  // `elif` and `else` belong to the last way of the `if` before them. Behind a loop or a `try`,
  // `else` runs or not.
  static bool Continue(Statements& out, CodeStatement& one, bool is_else) {
    if (out.empty() || out.back().kind != Kind::kIf) {
      one.kind = Kind::kMaybe;
      return false;
    }
    CodeStatement* last = &out.back();
    while (last->otherwise.size() == 1 && last->otherwise.front().kind == Kind::kIf)
      last = &last->otherwise.front();
    if (is_else)
      last->otherwise = std::move(one.body);
    else
      last->otherwise.push_back(std::move(one));
    return true;
  }

  Kind CompoundOf(std::uint32_t at) const {
    const std::string_view word = Text(at);
    if (At(at).kind != TokenKind::kName) return Kind::kSimple;
    if (word == "def") return Kind::kFunction;
    if (word == "class") return Kind::kClass;
    if (word == "if" || word == "elif") return Kind::kIf;
    if (word == "for" || word == "while") return Kind::kLoop;
    if (word == "with" || word == "try" || word == "finally" || word == "else") return Kind::kBlock;
    if (word == "except") return Kind::kMaybe;
    const bool is_soft = word == "match" || word == "case";
    const bool is_used = is_soft && (At(at + 1).kind == TokenKind::kOperator && !Is(at + 1, "*") &&
                                     !Is(at + 1, "-"));
    if (is_soft && !is_used && !Is(at + 1, ".")) return Kind::kSwitch;
    return Kind::kSimple;
  }

  std::uint32_t LineEnd(std::uint32_t end) const {
    std::uint32_t at = at_;
    while (at < end && At(at).kind != TokenKind::kNewline && At(at).kind != TokenKind::kDedent)
      at = Next(at, end);
    return at;
  }

  void SimpleLine(std::uint32_t end, Statements& out) {
    const std::uint32_t line_end = LineEnd(end);
    while (at_ < line_end) {
      const std::uint32_t stop = Find(";", at_, line_end);
      if (stop > at_) out.push_back(Simple({at_, stop}));
      at_ = std::min(stop + 1, line_end);
    }
    if (at_ < end && At(at_).kind == TokenKind::kNewline) ++at_;
  }

  // --- All

  CodeRange Inside(std::uint32_t open, std::uint32_t end) const {
    return open < end && At(open).kind == TokenKind::kOpen
               ? CodeRange{open + 1, std::min(At(open).match, end)}
               : CodeRange{};
  }

  CodeStatement Simple(CodeRange range) {
    CodeStatement one;
    one.range = one.head = range;
    const std::string_view word = Text(range.begin);
    if (At(range.begin).kind == TokenKind::kName) {
      if (word == "return") {
        one.kind = Kind::kReturn;
        ++one.head.begin;
      } else if (word == "raise" || word == "throw" || word == "panic" || IsExit(range)) {
        one.kind = Kind::kExit;
      }
    }
    if (!is_python()) FindFunctions(one.head, one.body);
    return one;
  }

  // `sys.exit(…)`, `process.exit(…)`, `os.Exit(…)`, `log.Fatal(…)`.
  bool IsExit(CodeRange range) const {
    if (range.end - range.begin < 4 || !Is(range.begin + 1, ".") || !IsOpen(range.begin + 3, '('))
      return false;
    const std::string_view name = Text(range.begin + 2);
    const std::string_view object = Text(range.begin);
    return ((object == "sys" || object == "process") && name == "exit") ||
           (object == "os" && name == "Exit") || (object == "log" && name.starts_with("Fatal"));
  }

  // Functions without a name of their own that stand in an expression.
  void FindFunctions(CodeRange range, Statements& out) {
    for (std::uint32_t at = range.begin; at < range.end; ++at) {
      std::uint32_t body = 0;
      CodeRange head;
      if (is_go() && Is(at, "func") && IsOpen(at + 1, '(')) {
        head = Inside(at + 1, range.end);
        body = GoBody(std::min(head.end + 1, range.end), range.end);
      } else if (!is_go() && Is(at, "=>") && at + 1 < range.end) {
        head = ArrowParameters(at, range.begin);
        body = at + 1;
      } else if (!is_go() && IsOpen(at, '{') && at > range.begin && Is(at - 1, ")")) {
        const std::uint32_t open = At(at - 1).match;
        head = {std::max(open + 1, range.begin), at - 1};
        body = at;
      }
      if (body == 0 || body >= range.end) continue;
      CodeStatement one;
      one.kind = Kind::kFunction;
      one.head = head;
      std::uint32_t end = 0;
      if (IsOpen(body, '{')) {
        end = std::min(At(body).match, range.end);
        one.body = Block({body + 1, end});
      } else {
        end = body;
        while (end < range.end && !Is(end, ",") && !Is(end, ";") &&
               At(end).kind != TokenKind::kClose && At(end).kind != TokenKind::kTemplateEnd)
          end = Next(end, range.end);
        if (Enter(body)) {
          CodeStatement value = Simple({body, end});
          value.kind = Kind::kReturn;
          one.body.push_back(std::move(value));
        }
        --depth_;
        --end;
      }
      one.range = {body, end + 1};
      out.push_back(std::move(one));
      at = std::max(at, end);
    }
  }

  CodeRange ArrowParameters(std::uint32_t arrow, std::uint32_t begin) const {
    if (arrow == begin) return {};
    if (Is(arrow - 1, ")")) return {At(arrow - 1).match + 1, arrow - 1};
    return At(arrow - 1).kind == TokenKind::kName ? CodeRange{arrow - 1, arrow} : CodeRange{};
  }

  // --- Go and TypeScript

  Statements Block(CodeRange range) {
    Statements out;
    if (Enter(range.begin)) {
      const std::uint32_t before = std::exchange(at_, range.begin);
      while (at_ < range.end) {
        const std::uint32_t begin = at_;
        Statement(range.end, out);
        if (at_ <= begin) at_ = begin + 1;
      }
      at_ = before;
    }
    --depth_;
    return out;
  }

  // The block at `at_`, or the one statement that stands in its place.
  Statements BlockOrOne(std::uint32_t end) {
    Statements out;
    if (at_ >= end) return out;
    if (IsOpen(at_, '{')) {
      const std::uint32_t close = std::min(At(at_).match, end);
      out = Block({at_ + 1, close});
      at_ = std::min(close + 1, end);
    } else if (Enter(at_)) {
      Statement(end, out);
      --depth_;
    } else {
      --depth_;
      at_ = StatementEnd(at_, end);
    }
    return out;
  }

  void Statement(std::uint32_t end, Statements& out) {
    if (Is(at_, ";")) {
      ++at_;
      return;
    }
    CodeStatement one;
    one.range.begin = at_;
    if (IsOpen(at_, '{')) {
      one.kind = Kind::kBlock;
      one.body = BlockOrOne(end);
    } else if (Is(at_, "if")) {
      one = If(end);
    } else if (Is(at_, "for") || Is(at_, "while")) {
      one.kind = Kind::kLoop;
      one.head = Header(end);
      one.body = BlockOrOne(end);
    } else if (Is(at_, "do") && !is_go()) {
      one.kind = Kind::kLoop;
      ++at_;
      one.head = {at_, at_};
      one.body = BlockOrOne(end);
    } else if (Is(at_, "switch") || (Is(at_, "select") && is_go())) {
      one = Switch(end);
    } else if (!is_go() && (Is(at_, "try") || Is(at_, "finally"))) {
      one.kind = Kind::kBlock;
      ++at_;
      one.body = BlockOrOne(end);
    } else if (!is_go() && Is(at_, "catch")) {
      one.kind = Kind::kMaybe;
      one.head = {at_, at_ + 1};
      ++at_;
      if (at_ < end && IsOpen(at_, '(')) at_ = Next(at_, end);
      one.body = BlockOrOne(end);
    } else if (!Declaration(end, one)) {
      const std::uint32_t stop = StatementEnd(at_, end);
      one = Simple({at_, std::max(stop, at_ + 1)});
      at_ = std::max(stop, at_ + 1);
    }
    one.range.end = at_;
    out.push_back(std::move(one));
  }

  // What stands between `if` (`for`, `switch`) and its block; at_ is the block then.
  CodeRange Header(std::uint32_t end) {
    std::uint32_t at = at_ + 1;
    if (!is_go()) {
      if (at < end && Is(at, "await")) ++at;
      const CodeRange inside = Inside(at, end);
      at_ = at < end && IsOpen(at, '(') ? Next(at, end) : at;
      return inside;
    }
    const std::uint32_t begin = at;
    at_ = GoBody(at, end);
    return {begin, at_};
  }

  CodeStatement If(std::uint32_t end) {
    CodeStatement one;
    one.kind = Kind::kIf;
    one.range.begin = at_;
    one.head = Header(end);
    one.body = BlockOrOne(end);
    if (at_ < end && Is(at_, "else")) {
      ++at_;
      if (at_ < end && Is(at_, "if") && Enter(at_)) {
        one.otherwise.push_back(If(end));
        --depth_;
      } else {
        one.otherwise = BlockOrOne(end);
      }
    }
    one.range.end = at_;
    return one;
  }

  CodeStatement Switch(std::uint32_t end) {
    CodeStatement one;
    one.kind = Kind::kSwitch;
    one.range.begin = at_;
    one.head = Header(end);
    if (at_ >= end || !IsOpen(at_, '{')) return one;
    const std::uint32_t close = std::min(At(at_).match, end);
    for (std::uint32_t at = at_ + 1; at < close;) {
      const bool is_default = Is(at, "default");
      const std::uint32_t colon = Find(":", at, close);
      std::uint32_t next = colon;
      while (next < close && !(At(next).on_new_line && (Is(next, "case") || Is(next, "default"))))
        next = Next(next, close);
      CodeStatement way;
      way.kind = Kind::kBlock;
      way.range = {at, next};
      way.body = Block({std::min(colon + 1, next), next});
      one.has_default = one.has_default || is_default;
      one.body.push_back(std::move(way));
      at = std::max(next, at + 1);
    }
    at_ = std::min(close + 1, end);
    return one;
  }

  // Functions, methods and classes.
  bool Declaration(std::uint32_t end, CodeStatement& one) {
    std::uint32_t at = at_;
    while (!is_go() && at < end &&
           (Is(at, "export") || Is(at, "default") || Is(at, "async") || Is(at, "abstract") ||
            Is(at, "declare")))
      ++at;
    if (at >= end) return false;
    if (!is_go() && (Is(at, "class") || Is(at, "namespace"))) {
      while (at < end && !IsOpen(at, '{')) at = Next(at, end);
      if (at >= end) return false;
      one.kind = Kind::kClass;
      const std::uint32_t close = std::min(At(at).match, end);
      one.body = Members({at + 1, close});
      at_ = std::min(close + 1, end);
      return true;
    }
    if (!Is(at, is_go() ? "func" : "function")) return false;
    ++at;
    if (is_go() && at < end && IsOpen(at, '(')) at = Next(at, end);  // the receiver
    if (at < end && Is(at, "*")) ++at;
    if (at >= end || At(at).kind != TokenKind::kName) return false;
    one.name = at++;
    while (at < end && !IsOpen(at, '(')) at = Next(at, end);
    return Function(at, end, one);
  }

  // With its parameters at `open`.
  bool Function(std::uint32_t open, std::uint32_t end, CodeStatement& one) {
    one.head = Inside(open, end);
    if (open >= end) return false;
    const std::uint32_t behind = Next(open, end);
    const std::uint32_t body = is_go() ? GoBody(behind, end) : TypescriptBody(behind, end);
    if (body >= end) return false;
    one.kind = Kind::kFunction;
    const std::uint32_t close = std::min(At(body).match, end);
    one.body = Block({body + 1, close});
    at_ = std::min(close + 1, end);
    return true;
  }

  Statements Members(CodeRange range) {
    Statements out;
    const std::uint32_t before = at_;
    for (std::uint32_t at = range.begin; at < range.end;) {
      std::uint32_t stop = at;
      std::uint32_t open = 0;
      bool is_value = false;
      std::uint32_t last = at;  // before `stop`
      for (; stop < range.end; last = stop, stop = Next(stop, range.end)) {
        if (Is(stop, ";")) break;
        is_value = is_value || Is(stop, "=");
        const bool follows_name = At(last).kind == TokenKind::kName || Is(last, ">");
        if (!is_value && open == 0 && IsOpen(stop, '(') && follows_name) open = stop;
        if (stop > at && is_value && At(stop).on_new_line && !Continues(stop, range.end)) break;
        if (!is_value && open != 0 && stop > open &&
            TypescriptBody(Next(open, range.end), range.end) == stop)
          break;
      }
      CodeStatement one;
      one.range.begin = at;
      at_ = stop;
      if (open != 0 && stop < range.end && IsOpen(stop, '{')) {
        one.name = open > 0 ? open - 1 : 0;
        if (!Function(open, range.end, one)) at_ = stop + 1;
      } else if (stop > at) {
        one = Simple({at, stop});
        if (stop < range.end && Is(stop, ";")) ++at_;
      } else {
        at_ = stop + 1;
      }
      one.range.end = at_;
      out.push_back(std::move(one));
      at = std::max(at_, at + 1);
    }
    at_ = before;
    return out;
  }

  // The block behind parameters, and behind the type of what is returned.
  std::uint32_t TypescriptBody(std::uint32_t at, std::uint32_t end) const {
    if (at < end && IsOpen(at, '{')) return at;
    if (at >= end || !Is(at, ":")) return end;
    for (; at < end && !Is(at, ";") && !Is(at, "="); at = Next(at, end)) {
      const bool is_type = Is(at - 1, ":") || Is(at - 1, "<") || Is(at - 1, "|") ||
                           Is(at - 1, "&") || Is(at - 1, ",") || Is(at - 1, "=>");
      if (IsOpen(at, '{') && !is_type) return at;
    }
    return end;
  }

  // The block of a function or a statement of Go: no literal of a list, no type.
  std::uint32_t GoBody(std::uint32_t at, std::uint32_t end) const {
    for (; at < end; at = Next(at, end)) {
      if (Is(at, ",") && false) return end;
      if (!IsOpen(at, '{')) continue;
      if (at == 0 || Is(at - 1, "struct") || Is(at - 1, "interface") || Is(at - 1, "}")) continue;
      std::uint32_t type = at - 1;
      while (type > 0 && (At(type).kind == TokenKind::kName || Is(type, ".") || Is(type, "*"))) {
        if (Is(type, "range") || Is(type, "return") || Is(type, ":=")) break;
        const bool goes_on = Is(type, ".") || Is(type, "*") || Is(type - 1, ".") ||
                             Is(type - 1, "*") || Is(type - 1, "]");
        if (!goes_on) break;
        --type;
      }
      if (Is(type, "]")) {
        // `[]string{…}`, but not the block behind `x[i]` or a result `[]string`.
        const std::uint32_t open = At(type).match;
        const bool is_literal = type != at - 1 && open > 0 &&
                                (Is(open - 1, "range") || Is(open - 1, "=") || Is(open - 1, ":=") ||
                                 Is(open - 1, "(") || Is(open - 1, ",") || Is(open - 1, "=="));
        if (is_literal) continue;
      }
      return at;
    }
    return end;
  }

  // Whether the token goes on with the statement of the line before.
  bool Continues(std::uint32_t at, std::uint32_t end) const {
    if (at == 0 || at >= end) return false;
    const CodeToken& before = At(at - 1);
    const CodeToken& token = At(at);
    if (is_go()) {
      const bool ends = before.kind == TokenKind::kName || before.kind == TokenKind::kNumber ||
                        before.kind == TokenKind::kString || before.kind == TokenKind::kRegex ||
                        before.kind == TokenKind::kClose ||
                        before.kind == TokenKind::kTemplateEnd || Is(at - 1, "++") ||
                        Is(at - 1, "--");
      return !ends;
    }
    if (before.kind == TokenKind::kOperator && !Is(at - 1, "++") && !Is(at - 1, "--")) return true;
    if (token.kind == TokenKind::kTemplate) return true;
    if (token.kind == TokenKind::kOpen) return !IsOpen(at, '{');
    if (token.kind != TokenKind::kOperator)
      return Is(at, "instanceof") || Is(at, "in") || Is(at, "as") || Is(at, "satisfies");
    return !Is(at, "++") && !Is(at, "--") && !Is(at, "!") && !Is(at, "@") && !Is(at, "~");
  }

  std::uint32_t StatementEnd(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t at = begin; at < end; at = Next(at, end)) {
      if (Is(at, ";")) return at;
      if (at > begin && At(at).on_new_line && !Continues(at, end)) return at;
    }
    return end;
  }

  std::string_view bytes_;
  base::FileId file_;
  CodeTree& tree_;
  CodeLanguage language_;
  std::uint32_t at_ = 0;
  int depth_ = 0;
  bool is_cut_ = false;
};

}  // namespace

CodeTree ReadCodeTree(const base::Source& source, CodeLanguage language) {
  CodeTree tree;
  tree.code = syntax::ReadCodeTokens(source, language);
  Parser(source, tree).Do();
  return tree;
}

}  // namespace cagelint::input
