// What the language server protocol (3.17) says of places and findings. Positions count lines and
// UTF-16 units from 0.
#pragma once

#include <cstdint>

#include "linter/output/finding_json.h"
#include "linter/output/writers.h"

namespace cagelint::output {

struct LspPosition {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
};

LspPosition LspPositionAt(const base::Source& source, std::uint32_t offset);
// The other way. A line that is not there is the end of the file, a character behind the end of its
// line that end, one between the halves of a surrogate pair the begin of what they make.
std::uint32_t OffsetAt(const base::Source& source, LspPosition position);

// `Range`. `span` is of `source`.
Json LspRange(const base::Source& source, const base::Span& span);
// `Diagnostic`. Labels without a place are left out. `finding` and `gap` are of `report`.
Json LspDiagnostic(const engine::Report& report, const diagnostic::Diagnostic& finding,
                   const WriterOptions& options);
// The begin of the file where there is no place.
Json LspDiagnostic(const engine::Report& report, const diagnostic::Gap& gap);

}  // namespace cagelint::output
