// JSON → tree, with the exact place of every key and value.
#pragma once

#include "linter/base/source.h"
#include "linter/syntax/node.h"

namespace cagelint::syntax {

struct JsonOptions {
  // As editors' settings allow: `//` and `/* */` are passed over, and so is a comma behind the last
  // value of a collection.
  bool comments = false;
};

// Collections may nest this deep; beyond it the file is an error of the tree.
inline constexpr int kDeepestJson = 200;

// Parses one JSON value. Strings are decoded, numbers kept as written, repeated keys kept; the span
// of a string includes its quotes. What is wrong (truncation, trailing data, too deep) is the one
// error of the tree, and the tree then holds what stands before it. Linear in the size, no
// recursion. An UTF-8 byte order mark is passed over.
Tree ParseJson(const base::Source& source, const JsonOptions& options = {});

// The place of a string's content, its quotes excluded.
base::Span InsideQuotes(const Node& string);

}  // namespace cagelint::syntax
