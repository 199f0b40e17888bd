#include "linter/input/edit_command_parts.h"

#include <algorithm>

#include "linter/base/text.h"

namespace cagelint::input {
namespace {

// The option among `text` [from, …), divided by commas, whose name is one of `names`.
struct Option {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::optional<Option> OptionNamed(std::string_view text, std::size_t from,
                                  std::initializer_list<std::string_view> names) {
  std::optional<Option> last;
  for (std::size_t begin = from; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view option = text.substr(begin, end - begin);
    const std::string_view name = option.substr(0, option.find('='));
    if (std::find(names.begin(), names.end(), name) != names.end()) last = Option{begin, end};
    begin = end + 1;
  }
  return last;
}

// Replaces the option of one of `names`, or adds `text` behind the others.
ValueEdit WithOption(std::string_view value, std::size_t from,
                     std::initializer_list<std::string_view> names, std::string text) {
  if (const auto option = OptionNamed(value, from, names))
    return {option->begin, option->end, std::move(text)};
  const bool is_first = from >= value.size();
  return {value.size(), value.size(), (is_first ? "" : ",") + std::move(text)};
}

// Behind the `count`-th colon; npos where there are fewer.
std::size_t BehindColon(std::string_view text, int count) {
  std::size_t at = 0;
  for (; count > 0; --count) {
    at = text.find(':', at);
    if (at == std::string_view::npos) return at;
    ++at;
  }
  return at;
}

// `source:target[:options]`, `target[:options]` of a tmpfs.
std::optional<ValueEdit> ColonOption(std::string_view value, int colons,
                                     std::initializer_list<std::string_view> names,
                                     std::string text) {
  if (BehindColon(value, colons - 1) == std::string_view::npos || value.empty())
    return std::nullopt;
  const std::size_t options = BehindColon(value, colons);
  if (options == std::string_view::npos) return ValueEdit{value.size(), value.size(), ":" + text};
  return WithOption(value, options, names, std::move(text));
}

std::optional<ValueEdit> ReadOnly(std::string_view flag, std::string_view value) {
  if (flag == "mount") return WithOption(value, 0, {"readonly", "ro"}, "readonly");
  if (flag == "volume") return ColonOption(value, 2, {"rw", "ro"}, "ro");
  if (flag == "tmpfs") return ColonOption(value, 1, {"rw", "ro"}, "ro");
  return std::nullopt;
}

std::optional<ValueEdit> Size(std::string_view flag, std::string_view value,
                              std::string_view size) {
  if (flag == "mount")
    return WithOption(value, 0, {"tmpfs-size"}, "tmpfs-size=" + std::string(size));
  if (flag == "tmpfs") return ColonOption(value, 1, {"size"}, "size=" + std::string(size));
  return std::nullopt;
}

// `[[ip:][host]:]container[/protocol]`
std::optional<ValueEdit> HostAddress(std::string_view value, std::string_view address) {
  if (value.empty() || value.find('=') != std::string_view::npos) return std::nullopt;
  const std::string text = address.find(':') == std::string_view::npos
                               ? std::string(address)
                               : "[" + std::string(address) + "]";
  const std::size_t last = value.rfind(':');
  if (last == std::string_view::npos) return ValueEdit{0, 0, text + "::"};
  const std::size_t before = last == 0 ? std::string_view::npos : value.rfind(':', last - 1);
  if (before == std::string_view::npos) return ValueEdit{0, 0, text + ":"};
  return ValueEdit{0, before, text};
}

}  // namespace

std::string_view MountFlag(std::string_view value) {
  if (base::Split(value, ',')[0].starts_with("type=")) return "--mount";
  const std::string_view rest = value.substr(std::min(value.find(':'), value.size()));
  // The second part of a volume is a path, that of a tmpfs are options.
  return value.starts_with('/') && !rest.starts_with(":/") ? "--tmpfs" : "--volume";
}

std::optional<ValueEdit> PartEdit(const FlagUse& use, std::string_view part,
                                  std::string_view value) {
  const std::string_view flag = use.flag->Canonical();
  const std::string_view text = use.value.Text();
  if (part == "mounts.read_only" && value == "true") return ReadOnly(flag, text);
  if (part == "mounts.size") return Size(flag, text, value);
  if (part == "ports.host_ip" && flag == "publish") return HostAddress(text, value);
  return std::nullopt;
}

}  // namespace cagelint::input
