// YAML → Tree. Two parsers must agree: tree-sitter-yaml says where everything stands and what is a
// syntax error, yaml-cpp says what the scalars mean. Where either refuses, or they see different
// shapes, the tree has errors, and nobody may judge by it.
#pragma once

#include <cstdint>
#include <string_view>

#include "linter/base/span.h"
#include "linter/syntax/node.h"

namespace cagelint::syntax {

// tree-sitter-yaml counts rows in 16 bits.
inline constexpr std::uint32_t kMostYamlLines = 32768;
// Deeper than any real file by far, and safe for a walk that calls itself.
inline constexpr int kDeepestYaml = 200;

// `bytes` passed the byte gate; a byte order mark is skipped, and counted in offsets. Tags are
// resolved: `!!str` and `!<tag:yaml.org,2002:str>` give "!!str", `!reset` gives "!reset". Merge
// keys are ordinary keys, repeated keys are kept, aliases point to the last anchor of that name
// before them (which may be a node that holds the alias). Bounded: at most about two seconds of
// parsing; never throws.
Tree ParseYaml(std::string_view bytes, base::FileId file);

}  // namespace cagelint::syntax
