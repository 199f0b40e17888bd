// The words of a command line as flags and positional words, by the rules of spf13/pflag, which
// docker, podman and nerdctl use.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "linter/input/argument.h"
#include "linter/input/docker_flags.h"

namespace cagelint::input {

// A stretch of a word: the value of a flag, or a part of one. `word` outlives it.
struct Value {
  const Argument* word = nullptr;
  std::size_t begin = 0;
  std::size_t end = 0;
  base::Span whole;  // with its flag

  std::string_view Text() const { return std::string_view(word->text).substr(begin, end - begin); }
  std::string Written() const { return word->Written(begin, end); }
  // Its place; never empty: the whole word, or the flag, where the value is the empty string.
  base::Span Span() const;
  // The part [from, to) of it.
  Value Part(std::size_t from, std::size_t to) const;
};

// One flag as it was given.
struct FlagUse {
  const Flag* flag = nullptr;
  Value value;           // of a bare bool: its letter, or the word
  bool bare = false;     // a bool without a value
  std::string spelling;  // "--memory", "-m"
};

struct Refusal {
  base::Span span;
  std::string message;
};

struct Words {
  std::vector<FlagUse> flags;
  std::vector<const Argument*> positional;
  std::vector<Refusal> refusals;
  // Words in flag position that may be any flag.
  std::vector<const Argument*> unresolved;
  bool unknown_flag = false;  // some word was refused as a flag: what follows may be misread
  std::size_t consumed = 0;   // words looked at, when parsing stopped at the first positional word
  // Words before the first one that is refused or may be any flag: these are read as they are
  // meant.
  std::size_t understood = 0;
  bool after_dashes = false;  // `--` ended the flags
};

// The last use of each flag, by its canonical name. Points into `words`.
std::unordered_map<std::string_view, const FlagUse*> LastUses(const Words& words);

struct Syntax {
  CommandSet command = 0;  // one bit
  model::Engine engine = model::Engine::kDocker;
  bool interspersed = false;  // flags may follow positional words
};

// Splits `words`, which begin behind the subcommand. Without `interspersed` everything from the
// first positional word on is positional. Parsing goes on behind a refused word. A word that cannot
// be known goes where docker_unknown.h decides. The pointers point into `words`.
Words ParseWords(std::span<const Argument> words, const Syntax& syntax);

}  // namespace cagelint::input
