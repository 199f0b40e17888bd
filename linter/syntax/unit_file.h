// Unit files of systemd, and those that podman's generator makes units of: sections of `Key=value`
// lines with exact places (systemd.syntax(7); src/shared/conf-parser.c; podman,
// pkg/systemd/parser/unitfile.go).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source_map.h"
#include "linter/base/span.h"

namespace cagelint::syntax {

struct UnitEntry {
  std::string key;
  std::string value;       // of all its lines, without blanks around it
  base::SourceMap places;  // of `value`; what stands between two lines is one place
  base::Span span;         // from the key to the end of the value
  base::Span lines;        // whole lines, with the last one's end
};

struct UnitSection {
  std::string name;
  base::Span header;  // `[Service]`
  std::vector<UnitEntry> entries;
  std::uint32_t end = 0;  // behind the line of its last entry, or of the header
};

struct UnitError {
  std::string message;  // lower case, no full stop
  base::Span span;
};

struct UnitFile {
  std::vector<UnitSection> sections;  // as they are written: a name may be there twice
  std::vector<base::Span> comments;   // from `#` or `;` to the end of the line
  std::vector<UnitError> errors;      // lines that are nothing
};

// Which program reads the file: they differ in what a backslash at the end of a line becomes.
enum class UnitDialect : std::uint8_t { kSystemd /* a blank */, kQuadlet /* nothing */ };

// Never fails. Time is linear in `text`.
UnitFile ParseUnitFile(std::string_view text, base::FileId file, UnitDialect dialect);

// A part of a value.
struct UnitToken {
  enum class Kind : std::uint8_t {
    kWord,       // a word begins; nothing is written here
    kQuote,      // opens or closes; not part of the word
    kText,       // stands for itself
    kEscape,     // `\n`, `%%`, `$$`: `text` is what it stands for
    kSpecifier,  // `%h`: `text` is "h"
    kVariable,   // `${NAME}`: `text` is its name
    kVariables,  // `$NAME` that is a whole word: any number of words
  };
  Kind kind = Kind::kText;
  std::uint32_t begin = 0;  // in the value
  std::uint32_t end = 0;
  std::string text = {};
};

struct UnitWordRules {
  bool splits = true;     // at blanks, quotes undone; otherwise the value is one word as it stands
  bool escapes = true;    // those of C
  bool variables = true;  // those of the environment
};

struct UnitWords {
  std::vector<UnitToken> tokens;
  // What systemd refuses in it, with its place in the value; empty message: nothing. The tokens
  // before it are right.
  std::string message;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// The words of `value`, as systemd takes them apart (systemd.service(5), "Command lines";
// src/basic/extract-word.c, src/core/load-fragment.c, src/basic/env-util.c).
UnitWords SplitUnitValue(std::string_view value, const UnitWordRules& rules);

}  // namespace cagelint::syntax
