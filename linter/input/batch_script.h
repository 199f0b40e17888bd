// The commands of a batch file that start containers, as a text of the shell's: what cmd.exe makes
// of a line (SS64, "How the command interpreter parses"; Microsoft, "cmd", "set", "call"), and then
// the program's runtime of its words ("Parsing C command-line arguments").
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/input/command_text.h"
#include "linter/input/line_comments.h"

namespace cagelint::input {

class BatchScript {
 public:
  // `source` must outlive it. Reads all of it, in linear time.
  explicit BatchScript(const base::Source& source);

  EmbeddedText& Text() { return text_.Text(); }
  // Commands that start something, and nobody knows what.
  const std::vector<diagnostic::Gap>& Gaps() const { return gaps_; }
  const std::vector<base::Span>& Statements() const { return statements_; }
  const std::vector<LineComment>& Comments() const { return comments_; }

 private:
  enum class State : std::uint8_t { kStart, kPrefix, kCondition, kEngine, kOther };
  struct Word {
    std::string text;        // what is literal of it
    bool is_literal = true;  // nothing else is in it
    bool is_known = true;    // nothing of it is unknown
    bool is_quoted = false;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  void Scan();
  void Command();
  bool Comment();
  bool Set(bool is_certain);
  bool SetKnown(std::uint32_t name, std::uint32_t equals, std::uint32_t end);
  bool Between(std::optional<CommandText>& out);
  void Redirect();
  Word Read(CommandText& out);
  void ReadQuoted(CommandText& out, Word& word);
  bool Percent(CommandText& out, Word& word, std::uint32_t last);
  void Value(std::string_view name, CommandText& out, Word& word, std::uint32_t end);
  void Decide(const Word& word, State& state, std::optional<CommandText>& out);
  bool TextCommand(std::uint32_t begin, std::uint32_t end, std::optional<CommandText>& out);
  void ForSet();
  void CheckUnknown(const Word& word, State state);
  void AddGap(std::string message, std::uint32_t begin, std::uint32_t end);
  bool GoesOn() const;
  bool EndsCommand() const;
  bool EndsWord() const;
  std::uint32_t LineEnd() const;
  void SkipBlanks();
  char At(std::uint32_t at) const { return at < bytes_.size() ? bytes_[at] : '\0'; }

  const base::Source& source_;
  std::string_view bytes_;
  CommandText text_;
  std::uint32_t at_ = 0;
  bool after_option_ = false;            // `wsl -d NAME docker`
  mutable std::uint32_t line_from_ = 1;  // what LineEnd found last
  mutable std::uint32_t line_end_ = 0;
  int depth_ = 0;  // of brackets
  bool has_prompts_ = false;
  bool counts_ = true;   // the first time: how often each variable is set
  bool delays_ = false;  // `!X!` is a variable
  std::map<std::string, int> assigned_;
  std::set<std::string> known_;
  std::set<std::string> doubtful_;  // that may hold a command of ours
  bool takes_text_ = false;         // `cmd /c`: one of its arguments is a command
  bool is_whole_ = false;           // that was read: what follows is not part of it
  bool loops_engines_ = false;      // `for %%c in (docker podman)`
  std::vector<diagnostic::Gap> gaps_;
  std::vector<base::Span> statements_;
  std::vector<LineComment> comments_;
};

}  // namespace cagelint::input
