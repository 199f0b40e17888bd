// What expressions of source code are worth, as far as they are texts and lists of texts.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "linter/base/span.h"
#include "linter/input/code_tree.h"
#include "linter/input/embed.h"

namespace cagelint::input {

// A stretch of a text.
struct CodePart {
  // kSymbol: `name` is what a shell calls it, `$PWD`.
  enum class Kind : std::uint8_t { kLiteral, kVariable, kSymbol, kUnknown };
  Kind kind = Kind::kUnknown;
  std::shared_ptr<const EmbeddedText> text;  // kLiteral
  std::string name;                          // of the variable, or for messages
  base::Span place;
  bool is_words = false;     // not known, in a command of a shell: may be several words
  bool is_template = false;  // kLiteral: stands beside parts that are computed, in one string
  bool is_list = false;      // the elements of a list with blanks between them
};

// A literal stretch that stands at `place`, and bytes [begin, end) of one.
CodePart LiteralPart(EmbeddedText text, base::Span place);
CodePart Slice(const CodePart& part, std::size_t begin, std::size_t end);

struct CodeItem;

struct CodeValue {
  enum class Kind : std::uint8_t {
    kUnknown,   //
    kText,      // `parts` one after the other
    kList,      // `items`
    kJoined,    // the items with blanks between them
    kVariable,  // what the variable `name` holds
    kChoice,    // one of two `ways`, by `condition`
    kCall,      // what the function `callee` returns
  };
  Kind kind = Kind::kUnknown;
  std::vector<CodePart> parts;
  std::vector<CodeItem> items;
  std::vector<CodeValue> ways;
  CodeRange condition;
  bool is_quoted = false;  // of kJoined: as a shell reads them
  std::string name;        // of the variable, or for messages
  std::string likely;      // of kUnknown: an engine that the expression names; may be empty
  base::Span place;
  const CodeStatement* callee = nullptr;
  CodeRange arguments;

  // The text where all of it is known; "" for all else.
  std::string Known() const;
  // Whether it is the same wherever it stands: it holds no variable and no call.
  bool IsClosed() const;
};

// One or more elements of a list.
struct CodeItem {
  CodeValue value;         // one element, or a list that is put in
  bool is_spread = false;  // it is a list
  bool is_fixed = false;   // it stands in no list: nothing is written beside it
  bool is_part = false;    // it was a part of a text: whether it holds options, its name says
  base::Span place;        // the whole element
};

}  // namespace cagelint::input
