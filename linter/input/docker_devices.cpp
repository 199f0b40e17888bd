#include "linter/input/docker_devices.h"

#include <algorithm>
#include <unordered_set>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsMode(std::string_view text) {
  std::string seen;
  for (const char c : text) {
    if ((c != 'r' && c != 'w' && c != 'm') || seen.find(c) != std::string::npos) return false;
    seen += c;
  }
  return !text.empty();
}

bool IsCdiPart(std::string_view text, std::string_view further, bool is_name) {
  const std::size_t shortest =
      is_name ? 1 : 2;  // the client crashes on shorter vendors and classes
  if (text.size() < shortest || !IsAlphanumeric(text.front()) || !IsAlphanumeric(text.back()))
    return false;
  if (!is_name && text[0] <= '9') return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return IsAlphanumeric(c) || further.find(c) != std::string_view::npos;
  });
}

// container-device-interface, parser.IsQualifiedName: `vendor/class=name`.
bool IsCdiName(std::string_view text) {
  const std::size_t equals = text.find('=');
  const std::size_t slash = text.find('/');
  if (equals == std::string_view::npos || slash == std::string_view::npos || slash > equals)
    return false;
  return IsCdiPart(text.substr(0, slash), "-_.", false) &&
         IsCdiPart(text.substr(slash + 1, equals - slash - 1), "-_", false) &&
         IsCdiPart(text.substr(equals + 1), "-_.:", true);
}

struct DeviceParts {
  model::Device device;
  std::string refusal;
};

DeviceParts SplitDevice(std::string_view text) {
  const auto parts = base::Split(text, ':');
  if (parts.size() > 3 || parts[0].empty()) return {{}, "it is no `host[:container][:mode]`"};
  DeviceParts out;
  std::string inside(parts[0]);
  out.device = {std::string(parts[0]), "", "rwm"};
  if (parts.size() == 1) {
    out.device.source = base::CleanPath(parts[0]);
  } else if (parts.size() == 2 && IsMode(parts[1])) {
    out.device.source = base::CleanPath(parts[0]);
    out.device.permissions = parts[1];
  } else {
    inside = parts[1];
    out.device.target = parts.size() == 2 ? base::CleanPath(parts[1]) : inside;
  }
  if (parts.size() == 3) {
    if (!IsMode(parts[2])) out.refusal = "`" + std::string(parts[2]) + "` is no mode of r, w and m";
    out.device.permissions = parts[2];
  }
  if (out.refusal.empty() && !inside.starts_with('/'))
    out.refusal = "`" + inside + "` is no absolute path";
  if (out.device.target.empty()) out.device.target = out.device.source;
  return out;
}

bool IsNumberOrStar(std::string_view text) {
  return text == "*" ||
         (!text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos);
}

}  // namespace

void ReadDevice(const FlagUse& use, const Reading& reading, model::Container& container) {
  const std::string_view text = use.value.Text();
  if (!IsLiteralText(text)) {
    model::Setting<model::Device> item = DynamicSetting<model::Device>(use.value);
    const std::string_view source = text.substr(0, text.find(':'));
    if (IsLiteralText(source)) item.value.source = source;
    container.devices.Add(std::move(item));
    return;
  }
  if (IsCdiName(text)) {
    container.devices.Add(KnownSetting(model::Device{std::string(text), "", ""}, use.value));
    return;
  }
  DeviceParts parts = SplitDevice(text);
  if (reading.IsDocker() && !parts.refusal.empty())
    reading.RefuseValue(use, parts.refusal);
  else
    container.devices.Add(KnownSetting(std::move(parts.device), use.value));
}

std::string DeviceRuleRefusal(std::string_view text) {
  const std::string reason = "it is no `type major:minor mode`, as in `c 1:3 rwm`";
  const auto parts = base::Split(text, ' ');
  if (parts.size() != 3 || (parts[0] != "a" && parts[0] != "b" && parts[0] != "c")) return reason;
  const auto numbers = base::Split(parts[1], ':');
  if (numbers.size() != 2 || !IsNumberOrStar(numbers[0]) || !IsNumberOrStar(numbers[1]))
    return reason;
  const bool mode = !parts[2].empty() && parts[2].size() <= 3 &&
                    parts[2].find_first_not_of("rwm") == std::string_view::npos;
  return mode ? "" : reason;
}

std::string GpusRefusal(std::string_view text) {
  std::vector<CsvField> fields;
  if (!ReadCsvFields(text, fields)) return "it is no line of comma-separated fields";
  std::unordered_set<std::string> seen;
  for (const CsvField& field : fields) {
    const std::size_t equals = field.text.find('=');
    const bool bare = equals == std::string::npos;
    const std::string key = field.text.substr(0, equals);
    if (!seen.insert(key).second) return "`" + key + "` is given twice";
    if (bare) seen.insert("count");
    const std::string count = bare ? key : key == "count" ? field.text.substr(equals + 1) : "all";
    if (count != "all" && !ParseInteger(count, 10).Ok())
      return "`" + count + "` is neither `all` nor a whole number";
    if (!bare && key != "driver" && key != "count" && key != "device" && key != "capabilities" &&
        key != "options") {
      return "there is no key `" + key + "`";
    }
  }
  return "";
}

std::string DeviceRateRefusal(std::string_view text, Grammar grammar) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return "it is no `device:number`";
  if (!text.starts_with("/dev/")) return "the device does not begin with `/dev/`";
  const std::string_view number = text.substr(colon + 1);
  if (grammar == Grammar::kDeviceBytes)
    return ParseBytes(number).Ok() ? "" : "`" + std::string(number) + "` is no rate";
  if (grammar == Grammar::kDeviceCount)
    return ParseUnsigned(number, 10, UINT64_MAX).Ok() ? ""
                                                      : "`" + std::string(number) + "` is no rate";
  const auto weight = ParseUnsigned(number, 10, UINT16_MAX);
  const bool fits =
      weight.Ok() && (weight.Value() == 0 || (weight.Value() >= 10 && weight.Value() <= 1000));
  return fits ? "" : "a weight is a number from 10 to 1000";
}

}  // namespace cagelint::input
