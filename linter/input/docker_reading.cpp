#include "linter/input/docker_reading.h"

namespace cagelint::input {

void Reading::Refuse(base::Span span, std::string message) const {
  document.gaps.push_back({"invalid-option", std::move(message), span, "", true});
}

void Reading::RefuseValue(const FlagUse& use, const std::string& reason) const {
  RefuseValue(use, use.value, reason);
}

void Reading::RefuseValue(const FlagUse& use, const Value& part, const std::string& reason) const {
  Refuse(part.Span(), "`" + use.spelling + "` is given `" + use.value.Written() + "`: " + reason);
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

model::Setting<std::string> TextSetting(const Value& value) {
  if (!IsKnowable(value.Text())) return DynamicSetting<std::string>(value);
  return KnownSetting(Spelled(value.Text()), value);
}

std::optional<std::size_t> FindSeparator(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return std::nullopt;
  return at;
}

std::string_view WithoutBase(std::string_view path) {
  const bool based =
      !path.empty() && (path[0] == kWorkingDirectoryByte || path[0] == kFileDirectoryByte);
  if (!based || path.size() < 2 || path[1] != '/') return path;
  path.remove_prefix(std::min(path.find_first_not_of('/', 1), path.size()));
  return path;
}

std::optional<base::ReadResult> ReadNamedFile(const Value& path, const Reading& reading) {
  const std::string_view name = WithoutBase(path.Text());
  if (!IsLiteralText(name)) return std::nullopt;
  const base::FileSystem& files = reading.context.files;
  base::ReadResult result = files.read(std::string(name));
  if (name.starts_with('/')) return result;
  for (const std::string& directory : reading.invocation.directories) {
    if (result.Ok()) break;
    result = files.read(base::JoinPath(directory, name));
  }
  return result;
}

}  // namespace cagelint::input
