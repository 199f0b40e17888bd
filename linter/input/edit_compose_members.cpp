#include "linter/input/edit_compose_members.h"

#include <algorithm>
#include <cctype>
#include <vector>

namespace cagelint::input::compose {
namespace {

using model::List;
using model::Setting;
using Shape = Member::Shape;

constexpr Shape ShapeOf(const Setting<bool>*) { return Shape::kSwitch; }
constexpr Shape ShapeOf(const Setting<std::int64_t>*) { return Shape::kPlain; }
constexpr Shape ShapeOf(const Setting<double>*) { return Shape::kPlain; }
constexpr Shape ShapeOf(const Setting<std::string>*) { return Shape::kString; }
constexpr Shape ShapeOf(const Setting<model::Restart>*) { return Shape::kString; }
constexpr Shape ShapeOf(const Setting<model::Build>*) { return Shape::kNone; }
constexpr Shape ShapeOf(const List<std::string>*) { return Shape::kStrings; }
constexpr Shape ShapeOf(const List<model::Port>*) { return Shape::kStrings; }
constexpr Shape ShapeOf(const List<model::Device>*) { return Shape::kStrings; }
constexpr Shape ShapeOf(const List<model::KeyValue>*) { return Shape::kPairs; }
constexpr Shape ShapeOf(const List<model::Ulimit>*) { return Shape::kUlimits; }
constexpr Shape ShapeOf(const List<model::Mount>*) { return Shape::kMounts; }

constexpr Member kMembers[] = {
#define SETTING(type, member, flag, key) \
  {#member, key, ShapeOf(static_cast<const decltype(model::Container::member)*>(nullptr))},
#define LIST(type, member, flag, key) \
  {#member, key, ShapeOf(static_cast<const decltype(model::Container::member)*>(nullptr))},
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
};

template <typename T>
bool Hides(const Setting<T>& setting, const base::Span& whole) {
  return setting.whole == whole &&
         std::any_of(setting.steps.begin(), setting.steps.end(),
                     [](const model::Step& step) { return step.text == "this is replaced"; });
}

struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Between colons, but for those of a variable, of an address in brackets, and of a Windows drive.
std::vector<Part> Sections(std::string_view raw, bool drives) {
  std::vector<Part> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const char byte = raw[i];
    if ((byte == '{' && i > 0 && raw[i - 1] == '$') || byte == '[') ++depth;
    if ((byte == '}' || byte == ']') && depth > 0) --depth;
    const bool drive =
        drives && i == begin + 1 && std::isalpha(static_cast<unsigned char>(raw[begin])) != 0;
    if (byte != ':' || depth > 0 || drive) continue;
    parts.push_back({begin, i});
    begin = i + 1;
  }
  parts.push_back({begin, raw.size()});
  return parts;
}

std::string_view TextOf(std::string_view raw, Part part) {
  return raw.substr(part.begin, part.end - part.begin);
}

bool HasVariable(std::string_view raw) { return raw.find('$') != std::string_view::npos; }

// The word of comma-separated `options` that begins with `prefix`, or is it.
std::optional<Part> OptionOf(std::string_view raw, Part options, std::string_view word,
                             bool as_prefix) {
  for (std::size_t begin = options.begin; begin < options.end;) {
    const std::size_t end = std::min(raw.find(',', begin), options.end);
    const std::string_view option = raw.substr(begin, end - begin);
    if (as_prefix ? option.starts_with(word) : option == word) return Part{begin, end};
    begin = end + 1;
  }
  return std::nullopt;
}

// One more option; `options` is nothing where there are none yet.
TextEdit Appended(std::string_view raw, std::optional<Part> options, std::string option) {
  const bool more = options && options->begin < options->end;
  const bool colon = options.has_value();
  return {raw.size(), raw.size(), (more ? "," : colon ? "" : ":") + std::move(option)};
}

template <typename T>
void AddWays(const model::Setting<T>& setting, const base::Span& place,
             std::vector<base::Span>& out) {
  if (setting.whole != place && setting.value_span != place) return;
  for (const model::Step& step : setting.steps) out.push_back(step.span);
}

template <typename T>
void AddWays(const model::List<T>& list, const base::Span& place, std::vector<base::Span>& out) {
  for (const auto& item : list.items) AddWays(item, place, out);
}

}  // namespace

const Member* FindMember(std::string_view name) {
  const auto* found = std::find_if(std::begin(kMembers), std::end(kMembers),
                                   [&](const Member& member) { return member.name == name; });
  return found == std::end(kMembers) ? nullptr : found;
}

WrittenSetting WrittenOf(const model::Container& container, std::string_view name) {
#define SETTING(type, member, flag, key) \
  if (name == #member) return {container.member.state, container.member.whole};
#define LIST(type, member, flag, key)
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  return {};
}

bool HidesOther(const model::Container& container, const base::Span& whole) {
#define SETTING(type, member, flag, key) \
  if (Hides(container.member, whole)) return true;
#define LIST(type, member, flag, key)
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  return false;
}

std::vector<base::Span> WaysTo(const model::Container& container, const base::Span& place,
                               std::string_view wanted) {
  std::vector<base::Span> out;
#define SETTING(type, member, flag, key) \
  if (wanted.empty() || wanted == #member) AddWays(container.member, place, out);
#define LIST SETTING
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  return out;
}

std::optional<TextEdit> WithReadOnly(std::string_view raw, bool tmpfs, bool read_only) {
  const std::vector<Part> parts = Sections(raw, !tmpfs);
  const std::size_t before = tmpfs ? 1 : 2;  // parts in front of the options
  if (parts.size() < before || parts.size() > before + 1) return std::nullopt;
  for (const Part& part : parts)
    if (part.begin == part.end) return std::nullopt;
  std::optional<Part> options;
  if (parts.size() > before) options = parts.back();
  if (options && HasVariable(TextOf(raw, *options))) return std::nullopt;
  const std::string_view word = read_only ? "ro" : "rw";
  if (options) {
    if (OptionOf(raw, *options, word, false)) return std::nullopt;
    if (const auto other = OptionOf(raw, *options, read_only ? "rw" : "ro", false))
      return TextEdit{other->begin, other->end, std::string(word)};
  }
  if (!read_only) return std::nullopt;
  return Appended(raw, options, "ro");
}

std::optional<TextEdit> WithTmpfsSize(std::string_view raw, std::string_view size) {
  const std::vector<Part> parts = Sections(raw, false);
  if (parts.size() > 2) return std::nullopt;
  std::optional<Part> options;
  if (parts.size() == 2) options = parts[1];
  if (options && HasVariable(TextOf(raw, *options))) return std::nullopt;
  std::string option = "size=" + std::string(size);
  if (options) {
    if (const auto old = OptionOf(raw, *options, "size=", true))
      return TextEdit{old->begin, old->end, std::move(option)};
  }
  return Appended(raw, options, std::move(option));
}

std::optional<TextEdit> WithHostAddress(std::string_view raw, std::string_view address) {
  const std::vector<Part> parts = Sections(raw, false);
  const bool bracket = address.find(':') != std::string_view::npos && !address.starts_with('[');
  const std::string host = bracket ? "[" + std::string(address) + "]" : std::string(address);
  // A variable that is all of it, or stands where the address does, may hold anything.
  if (parts.size() != 2 && HasVariable(TextOf(raw, parts[0]))) return std::nullopt;
  if (parts.size() == 1) return TextEdit{0, 0, host + "::"};
  if (parts.size() == 2) return TextEdit{0, 0, host + ":"};
  return TextEdit{0, parts[parts.size() - 3].end, host};
}

bool IsTmpfsValue(std::string_view value) {
  if (!value.starts_with('/')) return false;
  const std::size_t colon = value.find(':');
  return colon == std::string_view::npos || colon + 1 >= value.size() || value[colon + 1] != '/';
}

}  // namespace cagelint::input::compose
