// Functions of source code as shell scripts: what they do to lists of words, and the processes that
// they start with them, so that the reader of scripts follows them.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/code_calls.h"
#include "linter/input/code_evaluate.h"
#include "linter/input/embed.h"
#include "linter/input/embed_pieces.h"
#include "linter/input/embed_words.h"

namespace cagelint::input {

// A text that is read as a shell reads it.
struct CodeText {
  std::unique_ptr<EmbeddedText> text = {};  // is not edited
  std::optional<PiecedText> pieces = {};    // a text that is
  std::optional<WordList> words = {};
  // Where it surely starts a container; invalid where that is not sure.
  base::Span starts = {};
  ListStyle style = {};
};

class CodeScript {
 public:
  CodeScript(const base::Source& source, const CodeTree& tree);

  // The texts of all functions that start a process with an engine in it.
  std::vector<CodeText> Read();

 private:
  // A function that is read, and how it was entered.
  struct Unit {
    CodeNames names;
    CodeFrame frame;
    std::string result;             // the variable for what it returns; "": nobody asks
    std::set<std::string> given;    // variables that functions were given
    std::set<std::string> started;  // variables that a process was started with
    bool is_called = false;         // by others in the file
    int guards = 0;                 // ways that were left early, one in the other
  };
  using Statements = std::vector<CodeStatement>;

  void CollectFunctions(const Statements& statements);
  void CollectFields(const Statements& statements, CodeNames& fields) const;
  void ReadModule();
  void ReadFunction(const CodeStatement& function);
  void Finish(Unit& unit);

  // Statements → code_script.cpp
  void Emit(const Statements& statements, std::size_t first, Unit& unit);
  void EmitStatement(const CodeStatement& one, Unit& unit);
  void EmitSimple(CodeRange head, const Statements& functions, Unit& unit);
  void EmitReturn(const CodeStatement& one, Unit& unit);
  bool EmitGuard(const CodeStatement& one, const Statements& rest, std::size_t next, Unit& unit);
  void EmitIf(const CodeStatement& one, Unit& unit);
  void EmitSwitch(const CodeStatement& one, Unit& unit);
  void EmitLoop(const CodeStatement& one, Unit& unit);
  void EmitMaybe(const Statements& body, const base::Span& place, Unit& unit);
  void EmitBody(const Statements& body, Unit& unit);
  void EmitChange(const CodeMutation& change, Unit& unit);
  void EmitLaunches(CodeRange range, const Statements& functions, Unit& unit);
  void EmitFunction(const CodeStatement& function, Unit& unit);
  static CodeLaunch LaunchOf(const std::string& variable, const base::Span& place);
  void NoteGiven(std::uint32_t open, Unit& unit);
  void EmitUnstarted(Unit& unit);
  void Declare(const std::vector<std::string>& names, const base::Span& place, Unit& unit);
  void InitialiseUnset(const base::Span& place, Unit& unit);

  // Values → code_script_values.cpp
  void Assign(const std::string& variable, CodeValue value, Unit& unit);
  CodeValue Sum(const std::string& variable, CodeValue value, CodeRange statement,
                CodeRange added) const;
  void AssignJoined(const std::string& variable, CodeValue value, Unit& unit);
  void AssignChoice(const std::string& variable, CodeValue value, Unit& unit);
  void AssignList(const std::string& variable, CodeValue value, Unit& unit);
  void AssignUnknown(const std::string& variable, std::string_view name, const base::Span& place);
  void ForgetElements(const std::string& variable, std::string_view name, const base::Span& place);
  void Prepare(std::vector<CodeItem>& items, Unit& unit);
  void PutWords(const std::vector<CodeItem>& items);
  void PutText(const CodeValue& value);
  // `dots`: of the placeholder, where it may stand for several words.
  void PutUnknown(std::string_view name, const base::Span& place, std::string_view dots);
  void PutWord(const CodePart& part);
  void OpenList(const std::string& list, const base::Span& place);
  void CloseList();
  void Launch(CodeLaunch launch, Unit& unit);
  void LaunchText(CodeLaunch launch, Unit& unit);
  bool AddWordList(const std::vector<CodeItem>& words);
  bool AddWholeText(const CodeValue& text);
  std::string Enter(const CodeStatement& callee, CodeRange arguments, bool wants_result,
                    Unit& unit);
  bool WrapsParameters(const CodeStatement& function);
  bool DependsOn(const CodeLaunch& launch, const std::set<std::string>& variables) const;
  std::string NewVariable();
  void Put(std::string_view text, const base::Span& place) {
    if (!open_.empty()) CloseList();
    out_->Put(text, place.begin, place.end);
  }

  CodeReader code_;
  const CodeTree& tree_;
  std::map<std::string, const CodeStatement*, std::less<>> functions_;
  CodeNames module_;
  CodeEvaluator evaluator_;
  CodeCalls calls_;
  std::vector<CodeText> texts_;
  std::unique_ptr<EmbeddedText> out_;
  // The list that was added to last: what is added behind that goes into the same statement.
  std::string open_;
  base::Span open_place_;
  std::map<std::string, std::string, std::less<>> unknown_;  // variables, and what they are called
  base::Span starts_;                                        // see CodeText
  bool launches_ = false;  // the text that is being made starts a process
  // Lists that were read: one that is started twice is one command.
  std::set<std::vector<base::Span>> listed_;
  bool is_silent_ = false;
  std::map<std::string, int, std::less<>> called_;  // how often a name stands before brackets
  std::set<std::string> flagged_;                   // variables that hold options of containers
  std::map<const CodeStatement*, bool> wraps_;
  std::set<const CodeStatement*> entered_;
  std::set<const CodeStatement*> active_;
  std::vector<const CodeStatement*> units_;
  int entries_ = 0;
  int temporaries_ = 0;
};

}  // namespace cagelint::input
