// The tree that YAML and JSON share: every node with its exact place. Plain data in one vector, so
// that a tree of any depth is walked without recursion through owners and destroyed without it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"

namespace cagelint::syntax {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = UINT32_MAX;

enum class NodeKind : std::uint8_t {
  kNull,    // nothing written, `~`, `null`
  kScalar,  // `text` holds the decoded value
  kMap,
  kList,
  kAlias,  // `target` is the node it stands for; never followed implicitly
};

enum class ScalarStyle : std::uint8_t {
  kPlain,  // unquoted: its type follows from its text
  kSingleQuoted,
  kDoubleQuoted,
  kLiteral,  // |
  kFolded,   // >
  kNumber,   // JSON; `text` is the number as written
  kBool,     // JSON; `text` is "true" or "false"
};

struct Entry {
  NodeId key = kNoNode;    // a scalar in all but hostile files
  NodeId value = kNoNode;  // never kNoNode: a missing value is a kNull node
};

struct Node {
  NodeKind kind = NodeKind::kNull;
  ScalarStyle style = ScalarStyle::kPlain;
  std::string text;
  std::string tag;     // "!reset"; "" when none is written
  std::string anchor;  // "base" of `&base`; "" when none
  NodeId target = kNoNode;
  std::vector<Entry> entries;  // of a map, in file order, repeats kept
  std::vector<NodeId> items;   // of a list
  // The content without tag and anchor, quotes included; for a block collection from its first key
  // or dash to the end of its last descendant. An absent value is an empty span behind the colon.
  base::Span span;
  base::Span tag_span, anchor_span;  // invalid when there is none

  bool IsMap() const { return kind == NodeKind::kMap; }
  bool IsList() const { return kind == NodeKind::kList; }
  bool IsScalar() const { return kind == NodeKind::kScalar; }
  bool IsNull() const { return kind == NodeKind::kNull; }
};

struct Comment {
  base::Span span;  // from `#` or `//` to the end of the line or block
};

// Something the parser found wrong; the first one decides that the file is not trusted.
struct SyntaxError {
  std::string message;  // lower case, no full stop
  base::Span span;
  bool limit = false;   // not known to be wrong: more than the parser is given
  bool certain = true;  // the real loader refuses it too
};

// One document of a file. Nodes refer to each other by index.
struct Tree {
  std::vector<Node> nodes;
  std::vector<NodeId> documents;  // the root of each document of the stream; JSON has one
  std::vector<Comment> comments;
  std::vector<SyntaxError> errors;  // empty: the file is what the real loader would see

  const Node& At(NodeId id) const { return nodes[id]; }
  // The first entry of map `id` whose key is the scalar `key`; null when there is none, or `id` is
  // not a map. Aliases and merge keys are not looked through.
  const Entry* Find(NodeId id, std::string_view key) const;
};

}  // namespace cagelint::syntax
