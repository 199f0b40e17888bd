// Shell scripts as statements, commands and words with exact places, read as bash reads them (bash
// reference manual, "Shell Syntax"). Every byte between the first and the last word of a command is
// in a word, a redirection, a comment, a blank or a backslash-newline.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source_map.h"
#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"

namespace cagelint::syntax {

using StatementId = std::uint32_t;
inline constexpr StatementId kNoStatement = UINT32_MAX;

enum class PartKind : std::uint8_t {
  kLiteral,     // `text` with quotes and escapes undone
  kVariable,    // $name, ${name…}
  kCommand,     // $(…), `…`: `body`
  kArithmetic,  // $((…))
  kProcess,     // <(…), >(…): `body`
  kGlob,        // unquoted `*`, `?`, `[…]`: `text` as written
  kBraces,      // unquoted {a,b} or {1..3}: `text` as written
  kHome,        // an unquoted `~` that stands for $HOME
  kUnknown,     // ~name, ~+ and what was cut off by a limit
};

// A stretch of a word.
struct WordPart {
  PartKind kind = PartKind::kLiteral;
  bool quoted = false;    // neither split into words nor expanded to file names
  std::string text;       // see PartKind; of a variable: its name ("1", "@", "PWD")
  std::string subscript;  // ${a[0]}: "0"; "" where there is none
  // ${v:-x}: ":-"; ${#v}: "#v"; ${!v}: "!v"; ${v%/*}: "%"; "" for a bare variable.
  std::string operation;
  std::vector<WordPart> operand;  // what follows the operation
  StatementId body = kNoStatement;
  std::string written;  // of all but literals: as the author wrote it, shortened when it is long
  base::Span span;      // of a literal: byte for byte when the lengths are equal
};

struct Word {
  std::vector<WordPart> parts;  // none: `""`
  base::Span span;              // quotes included
  bool has_quotes = false;      // stays a word when it expands to nothing

  bool IsLiteral() const;
  std::string Text() const;  // of the literal parts
};

struct Assignment {
  std::string name;
  bool has_subscript = false;  // a[0]=x
  std::string subscript;       // "0"
  bool append = false;         // +=
  bool is_array = false;       // =(…)
  Word value;
  std::vector<Word> elements;
  base::Span span;
  base::Span name_span;
};

struct Redirect {
  std::string operation;   // ">", "<<", "<<<", "&>" …
  std::string descriptor;  // "2"; "" where none is written
  Word target;             // of a here-document: its delimiter
  base::Span span;         // without the here-document's text
  // Of a here-document: its text in ShellTree::documents.
  std::uint32_t document = UINT32_MAX;

  // Whether the standard output goes somewhere else.
  bool TakesOutput() const;
};

struct ShellCommand {
  // Before the first word; behind it for `export`, `declare`, `local`, `readonly`, `typeset`.
  std::vector<Assignment> assignments;
  std::vector<Word> words;
  std::vector<Redirect> redirects;
  // What ends the last line although its author meant it to go on: a backslash and the blanks
  // behind it, or a comment on a line that a backslash continued. Invalid where there is no such
  // thing.
  base::Span broken_end;
  bool line_follows = false;  // the next line is not empty (comments passed over)
};

enum class StatementKind : std::uint8_t {
  kCommand,   // `command`
  kSequence,  // children in order
  kPipeline,  // children joined by | or |&
  kAndOr,     // children joined by `operators`
  kNot,       // one child
  kIf,        // condition, body, condition, body, …; an odd last child is the `else` body
  kWhile,     // condition, body; also `until`
  kFor,       // `name` takes each of `words`; body. Also `select`, and C style (no name)
  kCase,      // `words[0]` is compared; one child an item
  kFunction,  // `name`; body
  kSubshell,  // one child; its assignments end with it
  kOther,     // [[ … ]], (( … )): children are the commands substituted inside
};

struct Statement {
  StatementKind kind = StatementKind::kOther;
  base::Span span;
  std::vector<StatementId> children;
  std::uint32_t command = 0;           // index in ShellTree::commands
  std::vector<std::string> operators;  // kAndOr: "&&" or "||" before the second, third … child
  std::string name;
  std::vector<Word> words;
  std::vector<Redirect> redirects;  // of a compound statement
  bool has_default = false;         // kCase: an item takes everything
  bool in_background = false;       // `&` follows
};

struct ShellTree {
  std::vector<Statement> statements;
  std::vector<ShellCommand> commands;
  std::vector<Word> documents;
  std::vector<base::Span> comments;  // from `#` to the line end; one may stand here twice
  StatementId root = kNoStatement;   // a kSequence; kNoStatement: nothing could be read
  // Kinds syntax-error and limit-reached, in order of place. Commands that an error touches are in
  // the tree when their words are whole.
  std::vector<diagnostic::Gap> gaps;

  const Statement& At(StatementId id) const { return statements[id]; }
};

// Deepest nesting of compound statements and substitutions: callers may recurse over a tree. What
// is nested deeper ends the reading, with a gap.
inline constexpr int kDeepestShell = 80;

// Reads a script, or a text that `map` knows the place of. `text` passed the byte gate. Takes time
// linear in its size.
ShellTree ParseShell(std::string_view text, const base::SourceMap& map);

}  // namespace cagelint::syntax
