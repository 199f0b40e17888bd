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
  // The lines of the file that it takes, with their ends; those between them that are comments or
  // blank are left out.
  std::vector<base::Span> lines;
  // The texts of its here-documents with the lines that end them, in order.
  std::vector<base::Span> documents;
};

struct Dockerfile {
  std::vector<DockerInstruction> instructions;
  std::vector<base::Span> comments;  // whole lines outside of instructions, with their ends
  char escape = '\\';                // or '`', by a directive
};

// Never fails: what is no instruction of Docker's is returned like one. Time is linear in `text`.
Dockerfile ParseDockerfile(std::string_view text, base::FileId file);

}  // namespace cagelint::syntax
