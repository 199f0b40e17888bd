// Makefiles as assignments and rules with places, as GNU make reads them (GNU make manual, "What
// Makefiles Contain"). Nothing is expanded.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"

namespace cagelint::syntax {

struct MakeAssignment {
  std::string name;
  std::string operation;  // "=", ":=", "?=", "+=", "!="; "define" for a block
  base::Span span;        // all of it
  // Without blanks before it and without a comment; of a block its lines, without the last line
  // end. May be empty.
  base::Span value;
  bool conditional = false;  // in an `ifeq` and the like, or of one target
};

struct MakeRecipeLine {
  // Behind the prefix, to the last byte before the line end. Lines that a backslash continues are
  // one; each line below the first may begin with `prefix`, which make takes away.
  base::Span span;
  char prefix = '\t';
};

struct MakeRule {
  base::Span span;  // to the end of its recipe
  std::string targets;
  std::vector<MakeRecipeLine> lines;
};

struct MakeTree {
  std::vector<MakeAssignment> assignments;
  std::vector<MakeRule> rules;
  std::vector<base::Span> comments;  // from `#` on; also those that are all of a recipe line
  bool one_shell = false;            // .ONESHELL: a recipe is one script
  base::Span unclosed;               // a `define` or conditional that is never closed; else invalid
};

// `bytes` passed the byte gate. Takes time linear in its size. Where no line begins with a tab, as
// in documents that lost theirs, indented lines below a rule are its recipe.
MakeTree ParseMakefile(std::string_view bytes, base::FileId file);

// The size of the line end at `at`, LF or CRLF; 0 where there is none.
std::size_t MakeLineEnd(std::string_view bytes, std::size_t at);

// The end of the reference that begins at `at` with `$`: behind its bracket, or behind one more
// byte. npos where the bracket is never closed.
std::size_t MakeReferenceEnd(std::string_view bytes, std::size_t at);

}  // namespace cagelint::syntax
