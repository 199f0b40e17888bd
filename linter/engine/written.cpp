// What of a value stands in the file that is judged, and where.
#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::engine {
namespace {

// Without what differs between a value and the way it is written.
std::string Bare(std::string_view text) {
  constexpr std::string_view kLeftOut = "'\"\\$ \t\r\n";
  std::string out(text);
  std::erase_if(out, [&](char c) { return kLeftOut.find(c) != std::string_view::npos; });
  return out;
}

}  // namespace

bool IsWritten(const model::Place& place, std::string_view text, const Reporter& report) {
  constexpr std::size_t kLongest = 64 * 1024;  // of what is looked at beyond a plain search
  text = text.substr(0, text.find('\n'));
  const std::string wanted = Bare(text);
  if (wanted.empty()) return false;
  const auto stands = [&](const base::Span& span) {
    if (span.file != place.file) return false;
    const std::string_view written = report.Text(span);
    if (written.find(text) != std::string_view::npos) return true;
    return Bare(written.substr(0, kLongest)).find(wanted) != std::string::npos;
  };
  if (stands(place)) return true;
  return place.steps != nullptr &&
         std::any_of(place.steps->begin(), place.steps->end(),
                     [&](const model::Step& step) { return stands(step.span); });
}

model::Place PartOf(const model::Place& place, std::string_view text, const Reporter& report) {
  model::Place part = place;
  const std::size_t at = report.Text(place).find(text);
  if (text.empty() || at == std::string_view::npos) return part;
  part.begin = place.begin + static_cast<std::uint32_t>(at);
  part.end = part.begin + static_cast<std::uint32_t>(text.size());
  return part;
}

model::Place NameOf(const model::Setting<model::KeyValue>& variable,
                    const model::Container& container, const Reporter& report) {
  const model::Place place = model::PlaceOf(variable, container);
  const std::string& key = variable.value.key;
  if (report.Text(place).starts_with(key)) return PartOf(place, key, report);
  const model::Place whole(variable.whole, variable.steps);
  const bool is_around = whole.IsValid() && whole.Contains(place) && whole.begin < place.begin;
  if (!is_around) return place;
  const model::Place part = PartOf(whole, key, report);
  return part.end <= place.begin ? part : place;
}

}  // namespace cagelint::engine
