// The reader of statements of source code. Its own files include this, and nobody else.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "linter/input/code_tree.h"

namespace cagelint::input {

class CodeParser {
 public:
  CodeParser(const base::Source& source, CodeTree& tree)
      : bytes_(source.Bytes()), file_(source.Id()), tree_(tree), language_(tree.code.language) {}

  void Do();

 private:
  using Statements = std::vector<CodeStatement>;
  bool is_python() const { return language_ == syntax::CodeLanguage::kPython; }
  bool is_go() const { return language_ == syntax::CodeLanguage::kGo; }
  const syntax::CodeToken& At(std::uint32_t index) const { return tree_.At(index); }
  std::string_view Text(std::uint32_t index) const {
    const syntax::CodeToken& token = At(index);
    return bytes_.substr(token.begin, token.end - token.begin);
  }
  bool Is(std::uint32_t index, std::string_view text) const {
    const syntax::CodeToken::Kind kind = At(index).kind;
    return kind != syntax::CodeToken::Kind::kString && kind != syntax::CodeToken::Kind::kText &&
           Text(index) == text;
  }
  bool IsOpen(std::uint32_t index, char bracket) const {
    return At(index).kind == syntax::CodeToken::Kind::kOpen && bytes_[At(index).begin] == bracket;
  }
  // The token behind `index`, or behind the bracket that closes what opens there.
  std::uint32_t Next(std::uint32_t index, std::uint32_t end) const {
    const syntax::CodeToken& token = At(index);
    const bool opens = token.kind == syntax::CodeToken::Kind::kOpen ||
                       token.kind == syntax::CodeToken::Kind::kTemplate;
    return std::min(end, std::max(index, opens ? token.match : index) + 1);
  }
  // The first token in [begin, end), outside of brackets, that is `text`; `end` where none is.
  std::uint32_t Find(std::string_view text, std::uint32_t begin, std::uint32_t end) const {
    while (begin < end && !Is(begin, text)) begin = Next(begin, end);
    return std::min(begin, end);
  }

  bool Enter(std::uint32_t at);

  // --- Python

  // Statements to the end of the block that `at_` stands in.
  Statements Suite(std::uint32_t end);

  // What follows a colon: a block, or statements on the same line.
  Statements Body(std::uint32_t end);

  void Line(std::uint32_t end, Statements& out);

  // `elif` and `else` belong to the last way of the `if` before them. Behind a loop or a `try`,
  // `else` runs or not.
  static bool Continue(Statements& out, CodeStatement& one, bool is_else);

  CodeStatement::Kind CompoundOf(std::uint32_t at) const;

  std::uint32_t LineEnd(std::uint32_t end) const;

  void SimpleLine(std::uint32_t end, Statements& out);

  // --- All

  CodeRange Inside(std::uint32_t open, std::uint32_t end) const;

  CodeStatement Simple(CodeRange range);

  // `sys.exit(…)`, `process.exit(…)`, `os.Exit(…)`, `log.Fatal(…)`.
  bool IsExit(CodeRange range) const;

  // Functions without a name of their own that stand in an expression.
  void FindFunctions(CodeRange range, Statements& out);

  CodeRange ArrowParameters(std::uint32_t arrow, std::uint32_t begin) const;

  // --- Go and TypeScript

  Statements Block(CodeRange range);

  // The block at `at_`, or the one statement that stands in its place.
  Statements BlockOrOne(std::uint32_t end);

  void Statement(std::uint32_t end, Statements& out);

  // What stands between `if` (`for`, `switch`) and its block; at_ is the block then.
  CodeRange Header(std::uint32_t end);

  CodeStatement If(std::uint32_t end);

  CodeStatement Switch(std::uint32_t end);

  // Functions, methods and classes.
  bool Declaration(std::uint32_t end, CodeStatement& one);

  // With its parameters at `open`.
  bool Function(std::uint32_t open, std::uint32_t end, CodeStatement& one);

  Statements Members(CodeRange range);

  // The block behind parameters, and behind the type of what is returned.
  std::uint32_t TypescriptBody(std::uint32_t at, std::uint32_t end) const;

  // The block of a function or a statement of Go: no literal of a list, no type.
  std::uint32_t GoBody(std::uint32_t at, std::uint32_t end) const;
  bool IsGoLiteral(std::uint32_t brace) const;

  // Whether the token goes on with the statement of the line before.
  bool Continues(std::uint32_t at, std::uint32_t end) const;

  std::uint32_t StatementEnd(std::uint32_t begin, std::uint32_t end) const;

  std::string_view bytes_;
  base::FileId file_;
  CodeTree& tree_;
  syntax::CodeLanguage language_;
  std::uint32_t at_ = 0;
  int depth_ = 0;
  bool is_cut_ = false;
};

}  // namespace cagelint::input
