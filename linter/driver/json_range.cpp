#include "linter/driver/json_range.h"

namespace cagelint::driver {

nlohmann::ordered_json RangeJson(const base::SourceSet& sources, const base::Span& place) {
  if (!place.IsValid()) return nlohmann::ordered_json::object();
  const base::Span span = sources.ToFile(place);
  const base::Source& source = sources.Get(span.file);
  const auto position_of = [&](std::uint32_t offset) {
    const base::Position position = source.PositionAt(offset);
    return nlohmann::ordered_json{
        {"line", position.line}, {"column", position.column}, {"offset", offset}};
  };
  return {{"start", position_of(span.begin)}, {"end", position_of(span.end)}};
}

std::string PathOf(const base::SourceSet& sources, const base::Span& span) {
  return span.IsValid() ? sources.Get(span.file).Path() : std::string();
}

}  // namespace cagelint::driver
