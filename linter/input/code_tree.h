// Source code as functions and statements: as much of them as decides which statements run.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/syntax/code_tokens.h"

namespace cagelint::input {

// Indices of tokens, half open.
struct CodeRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool IsEmpty() const { return begin >= end; }
};

struct CodeStatement {
  enum class Kind : std::uint8_t {
    kSimple,    // `head`; `body` holds the functions that stand in it
    kReturn,    // the same; `head` is what is returned
    kExit,      // the same, and nothing runs behind it
    kIf,        // `head` is the condition; `body`, `otherwise`
    kLoop,      // `head`; `body` runs any number of times
    kBlock,     // `body`
    kMaybe,     // `body` runs or not
    kSwitch,    // one of `body` runs, each a kBlock; or none, unless `has_default`
    kFunction,  // `head` is what stands in its brackets; `body` runs when it is called
    kClass,     // `body`
  };
  Kind kind = Kind::kSimple;
  CodeRange range;  // all of it
  CodeRange head;
  std::uint32_t name = 0;  // of a function: the token of its name; 0: none
  bool has_default = false;
  std::vector<CodeStatement> body;
  std::vector<CodeStatement> otherwise;
};

struct CodeTree {
  syntax::CodeTokens code;
  std::vector<CodeStatement> statements;
  std::vector<diagnostic::Gap> gaps;  // those of the tokens, too

  // Beyond the last token it is the last one.
  const syntax::CodeToken& At(std::uint32_t index) const {
    return code.tokens[std::min<std::size_t>(index, code.tokens.size() - 1)];
  }
};

// Linear in the size of the file; what is nested too deeply is a gap.
CodeTree ReadCodeTree(const base::Source& source, syntax::CodeLanguage language);

}  // namespace cagelint::input
