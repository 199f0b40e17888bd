#include "linter/input/docker_scalars.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/input/docker_devices.h"
#include "linter/input/docker_network_option.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

bool IsNamespace(std::string_view text, Grammar grammar) {
  if (text.empty() || text == "host") return true;
  if (grammar == Grammar::kCgroupns) return text == "private";
  return grammar == Grammar::kPid && text.starts_with("container:") && text.size() > 10;
}

bool IsDomain(std::string_view text) {
  if (base::Trim(text) == ".") return true;
  text = base::Trim(text);
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty() || text.size() >= 255) return false;
  bool letter = false;
  // The client's pattern says `(:?` where `(?:` was meant: it takes two colons at the beginning,
  // and one on either side of a dot.
  std::size_t before = 2;
  const std::vector<std::string_view> labels = base::Split(text, '.');
  for (std::size_t i = 0; i < labels.size(); ++i) {
    std::string_view label = labels[i];
    for (; before > 0 && label.starts_with(':'); --before) label.remove_prefix(1);
    before = 1;
    if (i + 1 < labels.size() && label.ends_with(':')) label.remove_suffix(1);
    if (label.empty() || label.front() == '-' || label.back() == '-') return false;
    for (const char c : label) {
      const char lower = static_cast<char>(c | 0x20);
      const bool is_letter = lower >= 'a' && lower <= 'z';
      if (!is_letter && (c < '0' || c > '9') && c != '-') return false;
      letter = letter || is_letter;
    }
  }
  return letter;
}

// opts.ParseLink: `name[:alias]`.
std::string LinkRefusal(std::string_view text) {
  if (text.empty()) return "it is empty";
  return base::Split(text, ':').size() > 2 ? "it is no `name[:alias]`" : "";
}

template <typename T>
std::string ReasonOf(const base::Result<T>& result) {
  return result.Ok() ? "" : result.Message();
}

// Grammars that every engine has.
std::string CommonRefusal(std::string_view text, Grammar grammar) {
  switch (grammar) {
    case Grammar::kInteger:
      return ReasonOf(ParseInteger(text, 0));
    case Grammar::kUnsigned:
      return ReasonOf(ParseUnsigned(text, 0, UINT64_MAX));
    case Grammar::kUnsigned16:
      return ReasonOf(ParseUnsigned(text, 0, UINT16_MAX));
    case Grammar::kBytes:
      return ReasonOf(ParseBytes(text));
    case Grammar::kSwapBytes:
      return text == "-1" ? "" : ReasonOf(ParseBytes(text));
    case Grammar::kCpus:
      return ReasonOf(ParseNanoCpus(text));
    case Grammar::kDeviceRule:
      return DeviceRuleRefusal(text);
    case Grammar::kExpose:
      return ExposeRefusal(text);
    case Grammar::kDeviceBytes:
    case Grammar::kDeviceCount:
    case Grammar::kWeightDevice:
      return DeviceRateRefusal(text, grammar);
    default:
      return "";
  }
}

// Grammars that docker's client checks.
std::string DockerRefusal(std::string_view text, Grammar grammar) {
  switch (grammar) {
    case Grammar::kPid:
    case Grammar::kUts:
    case Grammar::kUserns:
    case Grammar::kCgroupns:
      return IsNamespace(text, grammar) ? "" : "there is no such mode";
    case Grammar::kAddress:
      return ParseAddress(base::Trim(text)) ? "" : "it is no IP address";
    case Grammar::kDomain:
      return IsDomain(text) ? "" : "it is no domain";
    case Grammar::kMac:
      return text.empty() || IsMac(base::Trim(text)) ? "" : "it is no MAC address";
    case Grammar::kDuration: {
      const auto sign = ParseDurationSign(text);
      return !sign ? "it is no duration" : *sign < 0 ? "it is negative" : "";
    }
    case Grammar::kGpus:
      return GpusRefusal(text);
    case Grammar::kLink:
      return LinkRefusal(text);
    case Grammar::kPull: {
      const bool known = text.empty() || text == "always" || text == "missing" || text == "never";
      return known ? "" : "it is none of `always`, `missing`, `never`";
    }
    case Grammar::kStream: {
      const std::string stream = base::ToLower(text);
      const bool known = stream == "stdin" || stream == "stdout" || stream == "stderr";
      return known ? "" : "it is none of `stdin`, `stdout`, `stderr`";
    }
    case Grammar::kSwappiness: {
      const auto number = ParseInteger(text, 0);
      if (!number.Ok()) return number.Message();
      return number.Value() < -1 || number.Value() > 100 ? "it is not between 0 and 100" : "";
    }
    case Grammar::kStorageOption:
      return text.find('=') == std::string_view::npos ? "it is no `key=value`" : "";
    default:
      return "";
  }
}

}  // namespace

std::string TextRefusal(const FlagUse& use, model::Engine engine) {
  const std::string_view text = use.value.Text();
  const Grammar grammar = use.flag->grammar;
  if (std::string reason = CommonRefusal(text, grammar); !reason.empty()) return reason;
  if (engine != model::Engine::kDocker) return "";
  if (use.flag->name == "health-retries" && text.starts_with('-')) return "it is negative";
  return DockerRefusal(text, grammar);
}

bool IsCheckedLate(const FlagUse& use) {
  const std::string_view text = use.value.Text();
  if (!IsLiteralText(text)) return false;
  switch (use.flag->grammar) {
    case Grammar::kPid:
    case Grammar::kUts:
    case Grammar::kUserns:
    case Grammar::kCgroupns:
    case Grammar::kMac:
    case Grammar::kPull:
      return !DockerRefusal(text, use.flag->grammar).empty();
    case Grammar::kDuration:
      return ParseDurationSign(text).value_or(0) < 0;
    case Grammar::kSwappiness:
      return ParseInteger(text, 0).Ok();
    case Grammar::kInteger:
      return use.flag->name == "health-retries" && ParseInteger(text, 0).Ok();
    case Grammar::kRestart:
      return text.find(':') != std::string_view::npos;
    default:
      return false;
  }
}

bool IsCheckedEarly(Grammar grammar) {
  switch (grammar) {
    case Grammar::kAddress:
    case Grammar::kBool:
    case Grammar::kCpus:
    case Grammar::kDevice:
    case Grammar::kDeviceBytes:
    case Grammar::kDeviceCount:
    case Grammar::kDeviceRule:
    case Grammar::kDomain:
    case Grammar::kDuration:
    case Grammar::kEnv:
    case Grammar::kExtraHost:
    case Grammar::kGpus:
    case Grammar::kLabel:
    case Grammar::kLink:
    case Grammar::kMount:
    case Grammar::kNetwork:
    case Grammar::kStream:
    case Grammar::kSwappiness:
    case Grammar::kSysctl:
    case Grammar::kUlimit:
    case Grammar::kWeightDevice:
      return true;
    default:
      return IsNumeric(grammar);
  }
}

bool IsNumeric(Grammar grammar) {
  return grammar == Grammar::kInteger || grammar == Grammar::kUnsigned ||
         grammar == Grammar::kUnsigned16 || grammar == Grammar::kBytes ||
         grammar == Grammar::kSwapBytes;
}

std::optional<std::int64_t> ReadNumber(const FlagUse& use) {
  const std::string_view text = use.value.Text();
  const Grammar grammar = use.flag->grammar;
  if (!IsNumeric(grammar) || !IsLiteralText(text)) return std::nullopt;
  if (grammar == Grammar::kSwapBytes && text == "-1") return -1;
  const bool bytes = grammar == Grammar::kBytes || grammar == Grammar::kSwapBytes;
  const auto number = bytes ? ParseBytes(text) : ParseInteger(text, 0);
  if (!number.Ok()) return std::nullopt;
  return number.Value();
}

model::Setting<bool> ReadBool(const FlagUse& use, const Reading& reading) {
  if (use.bare) return KnownSetting(true, use.value);
  if (!IsLiteralText(use.value.Text())) return DynamicSetting<bool>(use.value);
  const auto value = ParseBool(use.value.Text());
  if (!value) {
    reading.RefuseValue(use, "it is neither `true` nor `false`");
    return {};
  }
  return KnownSetting(*value, use.value);
}

model::Setting<double> ReadCpus(const FlagUse& use) {
  if (!IsLiteralText(use.value.Text())) return DynamicSetting<double>(use.value);
  const auto nano = ParseNanoCpus(use.value.Text());
  if (!nano.Ok()) return {};
  return KnownSetting(static_cast<double>(nano.Value()) / 1e9, use.value);
}

model::Setting<model::Restart> ReadRestart(const FlagUse& use, const Reading& reading) {
  const std::string_view text = use.value.Text();
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string_view policy = text.substr(0, colon);
  const std::string_view count = colon < text.size() ? text.substr(colon + 1) : "";
  if (!IsLiteralText(text)) {
    auto setting = DynamicSetting<model::Restart>(use.value);
    if (IsLiteralText(policy)) setting.value.policy = policy;
    return setting;
  }
  model::Restart restart{std::string(policy), 0};
  if (policy.empty() && colon < text.size())
    reading.RefuseValue(use, "it names no policy before the colon");
  if (!count.empty()) {
    const auto number = ParseInteger(count, 10);
    if (number.Ok())
      restart.max_retries = number.Value();
    else
      reading.RefuseValue(use, "the number of retries is no whole number");
  }
  return KnownSetting(std::move(restart), use.value);
}

}  // namespace cagelint::input
