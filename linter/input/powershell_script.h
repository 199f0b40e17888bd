// The commands of a PowerShell script that start containers, as a text of the shell's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/input/command_text.h"
#include "linter/input/line_comments.h"
#include "linter/input/powershell_words.h"

namespace cagelint::input {

class PowershellScript {
 public:
  // `source` must outlive it. Reads all of it, in linear time.
  explicit PowershellScript(const base::Source& source);

  // What is known of it: the commands in their order, and what variables are set to once.
  EmbeddedText& Text() { return text_.Text(); }
  // Stretches of the text that are written otherwise in the source.
  const std::vector<TextRange>& Fixed() const { return fixed_; }
  const std::vector<base::Span>& Statements() const { return statements_; }
  const std::vector<LineComment>& Comments() const { return comments_; }
  std::optional<diagnostic::Gap> Wrong() const;
  // Commands that start something, and nobody knows what.
  const std::vector<diagnostic::Gap>& Gaps() const { return gaps_; }

 private:
  enum class State : std::uint8_t { kStart, kPrefix, kEngine, kOther };
  void Scan();
  void SkipPrompt();
  void Statements(char closer, int depth);
  void Command(int depth, bool is_called);
  bool CommandWord(int depth, State& state, std::optional<CommandText>& out, bool is_called);
  void Decide(const PowershellWord& word, bool is_called, State& state,
              std::optional<CommandText>& out);
  void DecideProcess(const PowershellWord& word, State& state, std::optional<CommandText>& out);
  void CheckFirst(const PowershellWord& word);
  void NoteEngine(const std::string& name);
  bool NamesEngine(const PowershellWord& word) const;
  bool TextCommand(const PowershellWord& word, std::optional<CommandText>& out);
  void AddGap(std::string message, std::uint32_t begin, std::uint32_t end);
  bool Assignment(int depth);
  bool AssignString(const std::string& name);
  bool AssignList(const std::string& name);
  bool ListValues(bool has_brackets, CommandText& values);
  void SkipRedirect();
  bool AtRedirect() const;
  bool SkipComment();
  void SkipBlanks();
  bool EndsCommand() const;
  bool IsAtLineBegin() const;
  bool IsFirstOnLine(std::uint32_t at) const;
  bool BeginsOpener() const;
  char At(std::uint32_t at) const { return at < bytes_.size() ? bytes_[at] : '\0'; }

  const base::Source& source_;
  std::string_view bytes_;
  CommandText text_;
  PowershellVariables variables_;
  PowershellWords words_;
  std::uint32_t at_ = 0;
  bool after_option_ = false;  // `wsl -d NAME docker`
  bool has_prompts_ = false;
  bool counts_ = true;  // the first time: how often each variable is set
  std::map<std::string, int> assigned_;
  std::set<std::string> engines_;  // variables whose values name an engine
  // Of the command that is read.
  bool takes_text_ = false;      // `Invoke-Expression`: one of its arguments is a command
  bool starts_process_ = false;  // `Start-Process`: one argument is a program, one its arguments
  bool is_whole_ = false;        // its text was read: what follows is not part of it
  bool is_first_ = false;        // the next word is the engine's first
  std::string program_;          // the engine that `Start-Process` starts
  std::string option_;           // the word before, in lower case
  std::vector<diagnostic::Gap> gaps_;
  std::vector<TextRange> fixed_;
  std::vector<base::Span> statements_;
  std::vector<LineComment> comments_;
};

}  // namespace cagelint::input
