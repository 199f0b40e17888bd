// The grammar of statements. Part of shell.cpp: nobody else includes this.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/syntax/shell.h"
#include "linter/syntax/shell_words.h"

namespace cagelint::syntax {

class ShellParser {
 public:
  ShellParser(std::string_view text, const base::SourceMap& map, ShellTree& tree)
      : map_(map), tree_(tree), reader_(text, map, tree, *this) {}

  // Reads the whole text into the tree.
  void Read();

  // For the word reader: the statements up to `)` or a backtick, which is left.
  StatementId TakeNestedList(char close);
  StatementId AddOther(std::vector<StatementId> children, base::Span span);

 private:
  using Ids = std::vector<StatementId>;
  // What can end a list of statements.
  enum Closer : std::uint8_t {
    kNone,
    kParenthesis,
    kBacktick,
    kBrace,
    kThen,
    kFi,
    kDo,
    kDone,
    kEsac
  };
  static constexpr std::size_t kClosers = 9;

  Statement& At(StatementId id) { return tree_.statements[id]; }
  StatementId Add(StatementKind kind, std::uint32_t begin, Ids children);
  bool Enter(std::uint32_t begin);
  std::string_view PeekWord() const;
  bool TakeKeyword(std::string_view keyword);
  void SkipLineEnds();

  StatementId List(Closer closer);
  static constexpr std::uint32_t kEndsHere = UINT32_MAX;
  bool EndsList();
  void ComplainHere(std::string message);
  std::uint32_t StrayCloser() const;
  bool Recover(std::uint32_t begin);
  bool IsOpen(Closer closer) const { return open_[closer] > 0; }
  void TakeStatement(Ids& ids);
  StatementId AndOr();
  StatementId Pipeline();
  StatementId Command();
  bool OpensCompound() const;
  void PassCoprocess();
  StatementId Simple();
  StatementId Compound(std::string_view keyword);
  StatementId If(std::uint32_t begin);
  StatementId While(std::uint32_t begin);
  StatementId For(std::uint32_t begin);
  StatementId Case(std::uint32_t begin);
  StatementId CaseItem(bool& is_default);
  StatementId Function(std::uint32_t begin);
  StatementId Test(std::uint32_t begin);
  StatementId DoGroup(std::uint32_t begin);
  bool FindsFunction() const;
  void TakeRedirects(StatementId id);
  void Expect(std::string_view keyword, std::uint32_t begin, std::string_view opener);
  void ReportGaps();

  const base::SourceMap& map_;
  ShellTree& tree_;
  WordReader reader_;
  std::array<int, kClosers> open_{};
  int depth_ = 0;
  int broken_ = 0;  // commands that could not be read whole
  bool stopped_ = false;
  WordProblem too_deep_;
};

}  // namespace cagelint::syntax
