// Calls that start a process: which they are, and with which words.
#pragma once

#include <vector>

#include "linter/input/code_evaluate.h"

namespace cagelint::input {

struct CodeLaunch {
  std::vector<CodeItem> words;  // where it is no text
  bool is_text = false;         // a shell reads `text`
  CodeValue text;
  CodeRange range;  // the call
};

class CodeCalls {
 public:
  CodeCalls(const CodeReader& code, CodeEvaluator& evaluator)
      : code_(code), evaluator_(evaluator), engine_(EngineNamedIn(code.Source().Bytes())) {}

  // The call whose brackets open at `open`; false where it starts nothing.
  // `begin`: of the statement. `starts`: what is called is known to start what it is given.
  bool LaunchAt(std::uint32_t open, std::uint32_t begin, const CodeFrame& frame, CodeLaunch& out,
                bool starts = false);
  // The template that begins at `at`, where its tag has a shell read it.
  bool TemplateAt(std::uint32_t at, std::uint32_t begin, const CodeFrame& frame, CodeLaunch& out);
  // `command: "docker", args: […]`, whose key stands at `at`.
  bool PairAt(std::uint32_t at, std::uint32_t end, const CodeFrame& frame, CodeLaunch& out);
  // `command: ["docker", "run", …]`, whose list opens at `at`.
  bool ListAt(std::uint32_t at, std::uint32_t end, const CodeFrame& frame, CodeLaunch& out);
  // Whether the function that is called at `open` only looks at what it is given, as tests and logs
  // do.
  bool OnlyTakesAt(std::uint32_t open, std::uint32_t begin) const;
  // A list that begins as a command of an engine does: `["docker", "run", …]`.
  // `starts`: one that makes a container.
  bool IsCommand(const CodeValue& list, bool starts = false) const;
  // The word, shown at another place; nothing is written beside it.
  CodeItem ShownAt(CodeItem item, const base::Span& place) const;
  // Where the first word is not known and the rest says that it is an engine, makes it one.
  void GuessEngine(std::vector<CodeItem>& words, bool has_container_flags) const;

 private:
  struct Call;
  struct Argument {
    std::string key;  // "" where it has none
    CodeRange range;
  };
  std::vector<Argument> Arguments(CodeRange inside) const;
  bool PythonLaunch(const Call& call, const CodeFrame& frame, CodeLaunch& out);
  bool GoLaunch(const Call& call, const CodeFrame& frame, CodeLaunch& out);
  bool TypescriptLaunch(const Call& call, const CodeFrame& frame, CodeLaunch& out);
  bool AnyLaunch(const Call& call, bool starts, const CodeFrame& frame, CodeLaunch& out);
  bool AsText(CodeRange range, const CodeFrame& frame, CodeLaunch& out);
  bool AsWords(CodeRange range, const CodeFrame& frame, CodeLaunch& out);
  bool AsProgram(const Argument& program, const std::vector<Argument>& rest, bool is_list,
                 const CodeFrame& frame, CodeLaunch& out);
  std::string ChainBefore(std::uint32_t dot, std::uint32_t begin) const;
  std::string CalleeAround(std::uint32_t at) const;
  void AddLater(std::uint32_t inside, const CodeFrame& frame, CodeLaunch& out) const;
  bool BeginsCommand(CodeRange range, const CodeFrame& frame);

  const CodeReader& code_;
  CodeEvaluator& evaluator_;
  std::string engine_;  // that the file speaks of
};

// Whether a function of that name only looks at what it is given, as tests and logs do.
bool OnlyTakesCommands(std::string_view callee);
// Whether a function of that name starts processes.
bool SpeaksOfRunning(std::string_view callee);
// Whether a function of that name may be given what starts a server.
bool TakesServers(std::string_view callee);
// `run`, `create`, `exec` …
bool IsEngineVerb(std::string_view word);
// Whether the word is one that only a command of an engine has: `--cap-drop`, `--rm` …
bool IsContainerFlag(std::string_view word);

}  // namespace cagelint::input
