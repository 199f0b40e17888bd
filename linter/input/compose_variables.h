// Variables of compose files and .env files: where they are set, and how they are put in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/input/argument.h"
#include "linter/input/compose_value.h"
#include "linter/input/reader.h"

namespace cagelint::input::compose {

// What is wrong with a value, where the real loader would refuse the project for it.
struct Problem {
  std::string kind;  // a gap's kind
  std::string message;
  base::Span span;
  std::string help = {};
  std::vector<diagnostic::Label> labels = {};
};

// A variable's value. Spans of its pieces are where it is written, invalid for what comes from the
// command line or the process.
struct Variable {
  Argument value;
};

// What can be looked up. A variable that nobody sets is unset where the process environment is
// known completely (--use-env), and otherwise unknown.
class Variables {
 public:
  explicit Variables(const Options& options);

  std::size_t Size() const { return given_.size() + files_.size(); }

  enum class State { kKnown, kUnset, kUnknown };
  State Look(const std::string& name, const Variable*& found) const;
  // Sets a variable of a file; what is set already wins when `keep`.
  void Set(const std::string& name, Argument value, bool keep);
  // Sets a variable before all others.
  void Shadow(const std::string& name, Argument value);
  // COMPOSE_PROJECT_NAME, unless it is set.
  void SetProject(const std::string& name);

 private:
  std::map<std::string, Variable, std::less<>> given_;  // --env, the process environment
  std::map<std::string, Variable, std::less<>> files_;
  bool complete_;
};

struct Substituted {
  Argument text;
  Steps steps;
  std::vector<Problem> problems;
};

// Replaces `$V`, `${V}`, `${V:-d}`, `${V-d}`, `${V:?e}`, `${V?e}`, `${V:+a}`, `${V+a}` and `$$` as
// compose-go 2.9.1 does (template.go), nested words included. A variable that is not known becomes
// a symbol in the text: $PWD and $HOME the ones they have, others kUnknownByte. Where a variable is
// not known, its default is the value all the same: the author says that nothing needs to be set.
Substituted Substitute(const Argument& text, const Variables& variables);

// Reads a .env file as compose-go's dotenv does: quotes, `export`, comments, escapes, expansion of
// what `lookup` and the file itself set. `raw` takes the values as they are. What is set goes to
// `out`, later ones winning. Problems quote nothing of the file.
std::vector<Problem> ReadDotEnv(std::string_view bytes, base::FileId file, bool raw,
                                const Variables& lookup, std::map<std::string, Argument>& out);

}  // namespace cagelint::input::compose
