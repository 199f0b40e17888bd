#include "linter/input/docker_reading.h"

#include <algorithm>

namespace cagelint::input {

void Reading::Refuse(base::Span span, std::string message) const {
  if (!span.IsEmpty())
    document.remarks.push_back({model::RemarkKind::kInvalidOption, span, message});
  document.gaps.push_back({"invalid-option", std::move(message), span, "", true});
}

void Reading::RefuseValue(const FlagUse& use, const std::string& reason) const {
  RefuseValue(use, use.value, reason);
}

void Reading::RefuseValue(const FlagUse& use, const Value& part, const std::string& reason) const {
  constexpr std::size_t kLongest = 120;
  std::string given = use.value.Written();
  if (given.size() > kLongest) {
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(given[end]) & 0xC0U) == 0x80U) --end;
    given.resize(end);
    given += "…";
  }
  Refuse(part.Span(), "`" + use.spelling + "` is given `" + given + "`: " + reason);
}

void Reading::AddGap(std::string kind, base::Span span, std::string message) const {
  document.gaps.push_back({std::move(kind), std::move(message), span, "", false});
}

bool IsKnowable(std::string_view text) { return text.find(kUnknownByte) == std::string_view::npos; }

std::string Spelled(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case kWorkingDirectoryByte:
        out += "$PWD";
        break;
      case kHomeByte:
        out += "$HOME";
        break;
      case kUserIdByte:
        out += "$(id -u)";
        break;
      case kGroupIdByte:
        out += "$(id -g)";
        break;
      case kFileDirectoryByte:
        out += "$(dirname \"$0\")";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::vector<model::Step> StepsOf(const Value& value) {
  constexpr std::size_t kMost = 3;
  std::vector<model::Step> steps;
  for (const Piece& piece : value.word->pieces) {
    const bool is_part = piece.begin < value.end && piece.begin + piece.size > value.begin;
    if (!is_part || !piece.origin.IsValid() || piece.origin == piece.span) continue;
    const bool is_new = std::none_of(steps.begin(), steps.end(), [&](const model::Step& step) {
      return step.span == piece.origin;
    });
    if (is_new) steps.push_back({piece.origin, "the value is set here"});
    if (steps.size() == kMost) break;
  }
  return steps;
}

model::Setting<std::string> TextSetting(const Value& value) {
  if (!IsKnowable(value.Text())) return DynamicSetting<std::string>(value);
  return KnownSetting(Spelled(value.Text()), value);
}

std::string_view WithoutBase(std::string_view path) {
  const bool based =
      !path.empty() && (path[0] == kWorkingDirectoryByte || path[0] == kFileDirectoryByte);
  if (!based || path.size() < 2 || path[1] != '/') return path;
  path.remove_prefix(std::min(path.find_first_not_of('/', 1), path.size()));
  return path;
}

namespace {

// Where a file may stand; empty for a path that cannot be known.
std::vector<std::string> Places(const Value& path, const Reading& reading) {
  const std::string name(WithoutBase(path.Text()));
  const auto& directories = reading.invocation.directories;
  if (!IsLiteralText(name)) return {};
  if (name.starts_with('/') || directories.empty()) return {name};
  std::vector<std::string> places;
  for (const std::string& directory : directories)
    places.push_back(base::JoinPath(directory, name));
  return places;
}

}  // namespace

std::optional<base::ReadResult> ReadNamedFile(const Value& path, const Reading& reading) {
  std::optional<base::ReadResult> result;
  for (const std::string& place : Places(path, reading)) {
    result = reading.context.files.read(place);
    if (result->failure != base::ReadFailure::kMissing) break;
  }
  return result;
}

bool IsMissing(const Value& path, const Reading& reading) {
  const std::vector<std::string> places = Places(path, reading);
  for (const std::string& place : places)
    if (reading.context.files.kind(place) != base::FileKind::kMissing) return false;
  return !places.empty();
}

}  // namespace cagelint::input
