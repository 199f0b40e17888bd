// YAML → Tree, by libyaml. go-yaml, with which compose reads its files, is a port of it: the two
// agree on what is YAML and on every value, and where they do not, tests/oracle says so.
#pragma once

#include <cstddef>
#include <string_view>

#include "linter/base/span.h"
#include "linter/syntax/node.h"

namespace cagelint::syntax {

// Deeper than any real file by far, and safe for a walk that calls itself.
inline constexpr std::size_t kDeepestYaml = 200;
// compose-go reads no more than 100,000 values of a file; a tree of these takes about 60 MiB.
inline constexpr std::size_t kMostYamlNodes = 250'000;

// `bytes` passed the byte gate; a byte order mark is skipped, and counted in offsets. Tags are
// resolved: `!!str` and `!<tag:yaml.org,2002:str>` give "!!str", `!reset` gives "!reset". Merge
// keys are ordinary keys, repeated keys are kept, aliases point to the last anchor of that name
// before them (which may be a node that holds the alias). A file with an error gives the error
// alone, in libyaml's words, which are those that compose prints. Linear in the size of the file;
// never throws.
Tree ParseYaml(std::string_view bytes, base::FileId file);

}  // namespace cagelint::syntax
