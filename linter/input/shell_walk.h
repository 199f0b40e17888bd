// Goes through a script as a shell would, and hands every engine command to the docker reader.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "linter/base/source_map.h"
#include "linter/input/docker_cli.h"
#include "linter/input/reader.h"
#include "linter/input/shell_values.h"
#include "linter/model/document.h"
#include "linter/syntax/shell.h"

namespace cagelint::input {

class ShellWalker {
 public:
  // `directories`: see Invocation. `first_order` is that of the first command.
  ShellWalker(const Context& context, std::vector<std::string> directories,
              model::Document& document, int first_order = 0)
      : context_(context),
        directories_(std::move(directories)),
        document_(document),
        order_(first_order) {}

  // Reads a text as a script of its own and walks it; also what no call reaches.
  void Read(std::string_view text, const base::SourceMap& map);

  // A variable that a command which starts no container filled, before the command `order`.
  struct Refill {
    std::string name;
    int order = 0;
  };
  const std::vector<Refill>& Refills() const { return refills_; }
  // That of the next command.
  int NextOrder() const { return order_; }

 private:
  // What surrounds a statement.
  struct Flow {
    bool captured = false;             // its output goes to a file, a pipe or a variable
    std::vector<std::string> handles;  // variables that it fills
    int embedded = 0;                  // texts within texts: `sh -c "sh -c …"`
  };
  struct Function {
    const syntax::ShellTree* tree = nullptr;
    syntax::StatementId body = syntax::kNoStatement;
    bool walked = false;
    bool active = false;
    bool recursed = false;
  };
  // What statements set: variables, true where all that happens is `+=(…)`, and the functions that
  // they call.
  struct Assigned {
    std::map<std::string, bool> names;
    std::set<std::string> functions;
  };
  using Arguments = std::vector<Argument>;
  static constexpr int kMostWalks = 256;

  void ReadEmbedded(std::string_view text, const base::SourceMap& map, const Flow& flow);
  void ReadArgumentText(const Argument& text, const Flow& flow);
  void ReadAside(const Argument& text, const Flow& flow);
  std::vector<Argument> DocumentsOf(const syntax::ShellCommand& command);
  void EnterChild(Arguments parameters);
  static Argument Joined(const Arguments& words, std::size_t first);
  void ReadWrittenScript(const syntax::ShellCommand& command, const Arguments& words,
                         const Flow& flow);
  void CountNames(const syntax::ShellTree& tree);
  void WalkUncalled();

  void Run(syntax::StatementId id, const Flow& flow);
  void RunAside(syntax::StatementId id, const Flow& flow);
  void RunAll(const std::vector<syntax::StatementId>& ids, const Flow& flow);
  void RunPipeline(const syntax::Statement& statement, const Flow& flow);
  void RunAndOr(const syntax::Statement& statement, const Flow& flow);
  void RunIf(const syntax::Statement& statement, const Flow& flow);
  void RunLoop(const syntax::Statement& statement, const Flow& flow);
  void RunCase(const syntax::Statement& statement, const Flow& flow);
  ShellValues::Changes Try(syntax::StatementId id, const Flow& flow, bool& ends);
  void Generalise(const syntax::Statement& statement);
  void Generalise(const Assigned& assigned, base::Span place);
  void CollectAssigned(const syntax::ShellTree& tree, syntax::StatementId id,
                       Assigned& assigned) const;
  void CollectAssignedBy(const syntax::ShellCommand& command, Assigned& assigned) const;

  void RunCommand(const syntax::Statement& statement, const Flow& flow);
  void RunChosen(const syntax::Statement& statement, const syntax::ShellCommand& command,
                 Arguments words, const Flow& flow);
  bool StartsContainer(const Arguments& words) const;
  void RunWays(const syntax::Statement& statement, const syntax::ShellCommand& command,
               const Flow& flow, int join, std::size_t most);
  void RunNested(const syntax::ShellCommand& command, const Flow& flow);
  void RunNestedParts(const std::vector<syntax::WordPart>& parts, const Flow& flow);
  bool RunBuiltin(const std::string& name, const Arguments& words, const Flow& flow);
  void RunDeclaration(const syntax::ShellCommand& command, const Arguments& words);
  void DeclareWord(const Argument& word, bool is_local);
  void DeclareAs(const std::string& name, const std::string& options);
  void Assign(const syntax::Assignment& assignment);
  void ForgetArithmetic(std::string_view expression);
  bool IsChoice(const syntax::Statement& statement) const;
  void FeedOutput(const syntax::ShellCommand& from, const syntax::ShellCommand& to,
                  const Flow& flow);
  bool Unroll(const syntax::Statement& statement, const Flow& flow);
  void RunEval(const Arguments& words, const Flow& flow);
  bool RunMcpClient(const Arguments& words);
  bool RunCode(const Arguments& words);
  bool RunHandedTexts(const Arguments& words, const Flow& flow);
  void RunSourced(const Arguments& words, const Flow& flow);
  const base::Source* FindSourced(const Argument& path) const;
  const base::Source* OpenSourced(const std::string& place) const;
  void RunAlias(const Arguments& words, const Flow& flow);
  void Hide(const std::string& name);
  void Shift(const Arguments& words);
  void ChangeDirectory(const Arguments& words);
  void RunProgram(const syntax::Statement& statement, const syntax::ShellCommand& command,
                  Arguments words, const Flow& flow);
  bool RunsLikelyEngine(const syntax::ShellCommand& command, Arguments& words, std::size_t index);
  void NoticeEngine(const Arguments& words);
  bool RunText(const syntax::ShellCommand& command, const Arguments& words, const Flow& flow);
  void CallFunction(Function& function, const std::string& name, const Arguments& words,
                    const Flow& flow);
  void CallWith(Function& function, const Arguments& words, const Flow& flow);
  void RestrictValues();
  void ReadEngineCommand(const syntax::Statement& statement, Arguments words, const Flow& flow,
                         const model::ClientTimeout& timeout);
  void NoticeBrokenEnds(const syntax::Statement& sequence);
  void NoticeBrokenEnd(const syntax::Statement& statement, const syntax::ShellCommand& command,
                       const syntax::ShellCommand& next);
  void AddGap(std::string kind, std::string message, base::Span span);

  const Context& context_;
  std::vector<std::string> directories_;
  model::Document& document_;
  int order_;
  std::vector<std::unique_ptr<syntax::ShellTree>> trees_;
  const syntax::ShellTree* tree_ = nullptr;
  ShellValues values_;
  std::unordered_map<std::string, Function> functions_;
  std::vector<std::string> function_order_;
  std::unordered_map<std::string, int> called_;    // how often a command's first word says a name
  std::unordered_map<std::string, int> assigned_;  // how often a variable is set
  std::vector<std::pair<std::string, ShellValue>> locals_;  // what they hide
  std::vector<Refill> refills_;
  std::unordered_map<std::string, Argument> aliases_;
  const Argument* input_ = nullptr;     // what a pipe feeds to the command being read
  bool is_uncalled_ = false;            // what runs now is reached by no call
  std::vector<base::FileId> sourcing_;  // the script, and files that `source` is in the middle of
  std::size_t sourced_ = 0;             // bytes that `source` had read
  int walks_ = 0;                       // of functions and of loops' bodies, with known values
  int calls_ = 0;                       // of functions that are being walked
  std::set<std::string> attributed_;    // declared as numbers, or in one case
  int depth_ = 0;
  bool is_full_ = false;                 // more commands than are read were met
  bool is_choosing_ = false;             // one way of several that met is being read
  std::vector<model::Step> conditions_;  // of that way
  bool ended_ = false;                   // `exit`, `return` or `exec` was met on this way
};

// `declare`, `export`, `local`, `readonly`, `typeset`.
bool IsDeclaration(std::string_view word);
// Names, which no script can write, of what is known of a variable: that child processes see it
// (a scalar), and which one it is another name of (a scalar: "" is none; unknown: of any). Kept
// among the values, so that subshells and branches undo them.
inline std::string ExportOf(const std::string& name) { return "+" + name; }
inline std::string ReferenceOf(const std::string& name) { return "&" + name; }

// The variables that an arithmetic expression sets; none for `[[ … ]]`.
std::vector<std::string> NamesSetIn(std::string_view expression);

// Whether a program of this name is a shell that is read: "sh", "bash" …
bool IsShell(std::string_view name);
// Whether a script's first line, `#!…`, names a shell.
bool NamesShell(std::string_view bytes);

// Sets Target::container by the containers' names, and by the variables that hold their ids.
void LinkTargets(model::Document& document, const std::vector<ShellWalker::Refill>& refills);

}  // namespace cagelint::input
