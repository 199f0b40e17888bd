// What the language server protocol (3.17) says of places and findings. Positions count lines from
// 0, and units of an encoding.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "linter/output/finding_json.h"
#include "linter/output/writers.h"

namespace cagelint::output {

// In what the characters of a line are counted: UTF-16 units unless both sides agree on another.
enum class PositionEncoding : std::uint8_t { kUtf16, kUtf8, kUtf32 };

struct LspPosition {
  std::uint32_t line = 0;
  std::uint32_t character = 0;
  auto operator<=>(const LspPosition&) const = default;
};

LspPosition LspPositionAt(const base::Source& source, std::uint32_t offset,
                          PositionEncoding encoding = PositionEncoding::kUtf16);
// The other way. A line that is not there is the end of the file, a character behind the end of its
// line that end, one inside of what makes one character the begin of that.
std::uint32_t OffsetAt(const base::Source& source, LspPosition position,
                       PositionEncoding encoding = PositionEncoding::kUtf16);

// How a reader wants to be told. By itself what every editor understands.
struct LspTelling {
  PositionEncoding encoding = PositionEncoding::kUtf16;
  // The URI of a file, by the path of its Source; empty: FileUri.
  std::function<std::string(const std::string& path)> uri_of = {};
  bool related = true;       // labels, as relatedInformation
  bool descriptions = true;  // codeDescription, where rules have an address
  bool tags = false;
  bool kept = false;  // `data` of {"kept": true}
};

// `Range`, written already. `span` is of `source`.
Json LspRange(const base::Source& source, const base::Span& span,
              PositionEncoding encoding = PositionEncoding::kUtf16);
// `Diagnostic`, written: an editor gets some hundred with each letter that is typed. Labels without
// a place are left out. `finding` and `gap` are of `report`.
std::string LspDiagnostic(const engine::Report& report, const diagnostic::Diagnostic& finding,
                          const WriterOptions& options, const LspTelling& telling = {});
// The begin of the file where there is no place.
std::string LspDiagnostic(const engine::Report& report, const diagnostic::Gap& gap,
                          const LspTelling& telling = {});

// `DiagnosticTag`s of what a rule finds: 1 is unnecessary, 2 deprecated.
std::vector<int> LspTags(std::string_view rule);

}  // namespace cagelint::output
