// Words and simple commands, read as bash reads them. Part of shell.cpp: nobody else includes this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/syntax/shell.h"

namespace cagelint::syntax {

class ShellParser;

struct WordProblem {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string message;
};

// Reads from left to right; `parser` reads the commands nested in words, with this same reader.
class WordReader {
 public:
  WordReader(std::string_view text, const base::SourceMap& map, ShellTree& tree,
             ShellParser& parser)
      : text_(text), map_(map), tree_(tree), parser_(parser) {}

  // The simple command here, up to the operator or line end that ends it.
  ShellCommand TakeCommand();
  // One word, not empty in the text.
  Word TakeWord();
  bool FindsRedirect() const;
  Redirect TakeRedirect();
  // `((…))` or what is left of it behind its first `(`; the commands nested in it.
  std::vector<StatementId> TakeArithmetic();
  // Whether the brackets that open here, `((`, close with `))`.
  bool FindsArithmetic(std::uint32_t begin) const;

  // Blanks, comments and backslash-newlines.
  void SkipBlanks();
  // A line end and the here-documents that begin behind it.
  void TakeLineEnd();
  bool EndsCommand() const;
  bool EndsWord() const;
  // The size of a placeholder of documentation, `<your image>`, that stands here; 0 without one.
  // Only looked for in commands of a container engine: to bash it is two redirections.
  std::uint32_t PlaceholderSize() const;

  std::string_view Text() const { return text_; }
  std::uint32_t Position() const { return position_; }
  void Move(std::uint32_t position) { position_ = position; }
  char At(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  char Here() const { return At(position_); }
  bool AtEnd() const { return position_ >= text_.size(); }
  std::uint32_t LineEnd(std::uint32_t offset) const;
  base::Span SpanFrom(std::uint32_t begin) const { return map_.ToOuter(begin, position_); }

  // False after a quote or expansion was left open; the command that it stands in is lost.
  bool IsWhole() const { return whole_; }
  void MakeWhole() { whole_ = true; }
  void Complain(std::uint32_t begin, std::uint32_t end, std::string message);
  const std::vector<WordProblem>& Problems() const { return problems_; }

 private:
  class Parts;
  struct Pending {
    std::string delimiter;
    bool literal = false;      // nothing in its text expands
    bool strips_tabs = false;  // <<-
    std::uint32_t document = 0;
    std::uint32_t mark = 0;
  };

  bool FindsBrokenEnd() const;
  bool ContinuesLine(std::uint32_t offset) const;
  bool LineFollows() const;
  std::uint32_t LineBreakAt(std::uint32_t offset) const;
  void LeaveOpen(std::uint32_t begin, std::string message);

  Word Take(bool is_value);
  bool TakeOrdinary(Parts& parts, bool (*is_ordinary)(char), bool quoted);
  void TakePart(Parts& parts, bool at_start, bool is_value);
  void TakeEscape(Parts& parts);
  void TakeSingleQuoted(Parts& parts);
  void TakeAnsiQuoted(Parts& parts);
  void TakeDoubleQuoted(Parts& parts);
  void TakeInQuotes(Parts& parts, bool is_document);
  bool TakeGlob(Parts& parts);
  bool TakeBraces(Parts& parts);
  bool TakeTilde(Parts& parts, bool is_value);

  void TakeDollar(Parts& parts, bool quoted);
  void TakeBraced(Parts& parts, bool quoted);
  void TakeSubscript(WordPart& part);
  void TakeOperand(WordPart& part, bool quoted);
  void TakeExpansion(Parts& parts, bool quoted);
  void TakeNested(Parts& parts, bool quoted, PartKind kind, char close);

  void TakeDocument(const Pending& pending);
  void TakeDocumentText(const Pending& pending, std::uint32_t begin, std::uint32_t end);
  std::uint32_t SubscriptEnd(std::uint32_t begin) const;
  bool FindsAssignment() const;
  Assignment TakeAssignment();
  void TakeElements(Assignment& assignment);

  std::string_view text_;
  const base::SourceMap& map_;
  ShellTree& tree_;
  ShellParser& parser_;
  std::uint32_t position_ = 0;
  bool in_backticks_ = false;
  bool takes_placeholders_ = false;
  bool whole_ = true;
  base::Span broken_end_;  // of the command being read, see ShellCommand
  int depth_ = 0;          // of ${…:-${…}}
  std::vector<WordProblem> problems_;
  std::vector<Pending> pending_;  // here-documents whose text begins at the next line end
};

}  // namespace cagelint::syntax
