// Positions and ranges as a client writes them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "linter/lsp/message.h"
#include "linter/output/lsp_json.h"

namespace cagelint::lsp {

struct Range {
  output::LspPosition begin, end;
};

// Nothing where a number is missing, negative or none. One that is too large for us is behind
// every text.
inline std::optional<output::LspPosition> PositionOf(const Json& json) {
  const auto line = IntegerOf(At(json, "line"));
  const auto character = IntegerOf(At(json, "character"));
  if (!line || !character || *line < 0 || *character < 0) return std::nullopt;
  const auto cut = [](std::int64_t number) {
    return static_cast<std::uint32_t>(std::min<std::int64_t>(number, UINT32_MAX));
  };
  return output::LspPosition{cut(*line), cut(*character)};
}

inline std::optional<Range> RangeOf(const Json& json) {
  const auto begin = PositionOf(At(json, "start"));
  const auto end = PositionOf(At(json, "end"));
  if (!begin || !end) return std::nullopt;
  return Range{*begin, *end};
}

}  // namespace cagelint::lsp
