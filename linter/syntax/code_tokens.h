// Source code of Python, Go and TypeScript (JavaScript too) as tokens: enough of each language to
// tell code from comments and strings, and to know which brackets belong together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"

namespace cagelint::syntax {

enum class CodeLanguage : std::uint8_t { kPython, kGo, kTypescript };

struct CodeToken {
  enum class Kind : std::uint8_t {
    kName,         // keywords too
    kNumber,       //
    kString,       // a string without parts that are computed
    kTemplate,     // begins one with such parts: f", `
    kText,         // of it, between the parts
    kTemplateEnd,  //
    kOpen,         // ( [ { and what begins a computed part
    kClose,        //
    kOperator,     //
    kRegex,        // of JavaScript, and a rune of Go
    kNewline,      // ends a statement of Python
    kIndent,       //
    kDedent,       //
    kEnd,          // of the file; the last token
  };
  Kind kind = Kind::kEnd;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  // Of kOpen, kClose, kTemplate, kTemplateEnd: the index of the other one. What nothing closes is
  // closed by an empty token.
  std::uint32_t match = 0;
  bool on_new_line = false;  // a line end stands before it
  // Of a string: what stands between its quotes, and how that is written.
  std::uint32_t inside_begin = 0;
  std::uint32_t inside_end = 0;
  char quote = 0;
  bool is_raw = false;
  bool is_triple = false;
  bool is_bytes = false;
};

struct CodeTokens {
  CodeLanguage language = CodeLanguage::kPython;
  std::vector<CodeToken> tokens;     // never empty
  std::vector<base::Span> comments;  // from `#` or `//` to the line end; those in `/* */` whole
  std::vector<diagnostic::Gap> gaps;
};

// Linear in the size of the file. `source` passed the byte gate.
CodeTokens ReadCodeTokens(const base::Source& source, CodeLanguage language);

// A piece of a string: what bytes [begin, end) of the file mean. They mean themselves where `text`
// is empty and `is_literal` is true.
struct DecodedPiece {
  std::string text;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool is_literal = false;
  bool is_unknown = false;  // `\N{…}` of Python: which character that is stands in no table here
};

// What the text of a kString or kText token means. Escapes that name characters which no file may
// hold (NUL, lone surrogates, bytes that are no UTF-8) become U+FFFD.
std::vector<DecodedPiece> DecodeCodeText(std::string_view bytes, const CodeToken& token,
                                         CodeLanguage language);

}  // namespace cagelint::syntax
