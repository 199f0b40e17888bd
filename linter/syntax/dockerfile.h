// The instructions of a Dockerfile, as BuildKit's parser splits them (moby/buildkit,
// frontend/dockerfile/parser): directives, continuation lines, comments between them, and
// here-documents, whose text is no instruction.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source_map.h"

namespace cagelint::syntax {

struct DockerInstruction {
  std::string keyword;     // upper case: "FROM", "USER"
  std::string arguments;   // the rest of the logical line, without blanks around it
  base::SourceMap places;  // of `arguments`
};

struct Dockerfile {
  std::vector<DockerInstruction> instructions;
  char escape = '\\';  // or '`', by a directive
};

// Never fails: what is no instruction of Docker's is returned like one. Time is linear in `text`.
Dockerfile ParseDockerfile(std::string_view text, base::FileId file);

}  // namespace cagelint::syntax
