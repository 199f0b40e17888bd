#include "linter/input/docker_lists.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "linter/base/text.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

using model::KeyValue;

constexpr std::string_view kBlanks = " \t\n\v\f\r";

// `key=value` as a setting. A known key is kept where the value cannot be known.
model::Setting<KeyValue> PairSetting(const Value& value, bool value_needed) {
  const std::string_view text = value.Text();
  const std::size_t equals = std::min(text.find('='), text.size());
  const std::string_view key = text.substr(0, equals);
  model::Setting<KeyValue> item =
      IsKnowable(text) ? KnownSetting(KeyValue{}, value) : DynamicSetting<KeyValue>(value);
  if (IsKnowable(key)) item.value.key = Spelled(key);
  if (!item.IsKnown()) return item;
  if (equals < text.size())
    item.value.value = Spelled(text.substr(equals + 1));
  else if (value_needed)
    item.value.value = "";
  return item;
}

template <typename T, typename KeyOf>
void KeepLast(model::List<T>& list, KeyOf key_of) {
  std::unordered_set<std::string> seen;
  auto& items = list.items;
  std::reverse(items.begin(), items.end());
  std::erase_if(items, [&](const model::Setting<T>& item) {
    const std::optional<std::string> key = key_of(item);
    return key && !seen.insert(*key).second;
  });
  std::reverse(items.begin(), items.end());
}

void KeepLastKey(model::List<KeyValue>& list) {
  KeepLast(list, [](const model::Setting<KeyValue>& item) -> std::optional<std::string> {
    if (item.value.key.empty() && !item.IsKnown()) return std::nullopt;
    return item.value.key;
  });
}

void SortCapabilities(model::List<std::string>& list) {
  const auto before = [](const auto& a, const auto& b) {
    if (a.IsKnown() != b.IsKnown()) return a.IsKnown();
    return a.IsKnown() && a.value < b.value;
  };
  std::stable_sort(list.items.begin(), list.items.end(), before);
  const auto same = [](const auto& a, const auto& b) {
    return a.IsKnown() && b.IsKnown() && a.value == b.value;
  };
  list.items.erase(std::unique(list.items.begin(), list.items.end(), same), list.items.end());
}

}  // namespace

void ReadEnv(const FlagUse& use, const Reading& reading, model::Container& container) {
  model::Setting<KeyValue> item = PairSetting(use.value, false);
  const std::string_view text = use.value.Text();
  if (text.empty() || text[0] == '=') {
    reading.RefuseValue(use, "a variable has no name");
    return;
  }
  const Options& options = reading.context.options;
  if (item.IsKnown() && !item.value.value && options.use_environment) {
    const auto found = options.process_environment.find(item.value.key);
    if (found != options.process_environment.end()) item.value.value = found->second;
  }
  container.environment.Add(std::move(item));
}

void ReadLabel(const FlagUse& use, const Reading& reading, model::Container& container) {
  const std::string_view text = use.value.Text();
  std::string_view key = text.substr(0, text.find('='));
  key.remove_prefix(std::min(key.find_first_not_of(kBlanks), key.size()));
  if (key.empty())
    reading.RefuseValue(use, "a label has no name");
  else if (key.find_first_of(kBlanks) != std::string_view::npos)
    reading.RefuseValue(use, "the label's name has blanks in it");
  else
    container.labels.Add(PairSetting(use.value, true));
}

void ReadExtraHost(const FlagUse& use, const Reading& reading, model::Container& container) {
  const std::string_view text = use.value.Text();
  if (!IsLiteralText(text)) {
    container.extra_hosts.Add(TextSetting(use.value));
    return;
  }
  std::size_t split = text.find('=');
  if (split == std::string_view::npos) split = text.find(':');
  const std::string_view host = text.substr(0, split);
  if (split == std::string_view::npos || host.empty() || host.find(':') != std::string_view::npos) {
    reading.RefuseValue(use, "it is no `host:address`");
    return;
  }
  std::string_view address = text.substr(split + 1);
  if (address != "host-gateway") {
    if (address.size() > 2 && address.front() == '[' && address.back() == ']')
      address = address.substr(1, address.size() - 2);
    if (!ParseAddress(base::Trim(address)) && reading.IsDocker()) {
      reading.RefuseValue(use, "`" + std::string(address) + "` is no IP address");
      return;
    }
  }
  container.extra_hosts.Add(
      KnownSetting(std::string(host) + ":" + std::string(address), use.value));
}

void ReadUlimit(const FlagUse& use, const Reading& reading, model::Container& container) {
  static constexpr std::array<std::string_view, 15> kNames{
      "core",   "cpu",   "data", "fsize",  "locks",  "memlock",    "msgqueue", "nice",
      "nofile", "nproc", "rss",  "rtprio", "rttime", "sigpending", "stack"};
  const std::string_view text = use.value.Text();
  const std::size_t equals = text.find('=');
  const std::string_view name = text.substr(0, equals);
  if (!IsLiteralText(text)) {
    auto item = DynamicSetting<model::Ulimit>(use.value);
    if (IsLiteralText(name)) item.value.name = name;
    container.ulimits.Add(std::move(item));
    return;
  }
  const bool known = std::find(kNames.begin(), kNames.end(), name) != kNames.end();
  if (equals == std::string_view::npos || (!known && reading.IsDocker())) {
    if (reading.IsDocker())
      reading.RefuseValue(use, "it is no `name=soft[:hard]` of a limit that exists");
    return;
  }
  const auto limits = base::Split(text.substr(equals + 1), ':');
  const auto soft = ParseInteger(limits[0], 10);
  const auto hard = limits.size() > 1 ? ParseInteger(limits[1], 10) : soft;
  if (limits.size() > 2 || !soft.Ok() || !hard.Ok()) {
    reading.RefuseValue(use, "a limit is `soft[:hard]`, whole numbers");
  } else if (hard.Value() != -1 && (soft.Value() == -1 || soft.Value() > hard.Value())) {
    reading.RefuseValue(use, "the soft limit is above the hard one");
  } else {
    container.ulimits.Add(
        KnownSetting(model::Ulimit{std::string(name), soft.Value(), hard.Value()}, use.value));
  }
}

void ReadSysctl(const FlagUse& use, const Reading& reading, model::Container& container) {
  static constexpr std::array<std::string_view, 8> kNames{
      "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem",
      "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"};
  const std::string_view text = use.value.Text();
  const std::string_view name = text.substr(0, text.find('='));
  const bool known = std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
                     name.starts_with("net.") || name.starts_with("fs.mqueue.");
  const bool whole = name.size() < text.size();
  if (reading.IsDocker() && IsLiteralText(text) && (!known || !whole))
    reading.RefuseValue(use, whole ? "`" + std::string(name) + "` does not belong to a namespace"
                                   : "it is no `name=value`");
  else
    container.sysctls.Add(PairSetting(use.value, true));
}

void ReadSecurityOption(const FlagUse& use, const Reading& reading, model::Container& container) {
  const std::string_view text = use.value.Text();
  const bool bare = text == "no-new-privileges";
  std::size_t split = text.find('=');
  if (split == std::string_view::npos) split = text.find(':');
  const bool unknown_head = !IsKnowable(text.substr(0, split));
  const std::string_view key = text.substr(0, split);
  const bool has_value = split != std::string_view::npos && split + 1 < text.size();
  if (unknown_head || !IsKnowable(text)) {
    container.security_opt.Add(DynamicSetting<std::string>(use.value));
    return;
  }
  if (!has_value && key != "no-new-privileges" && !reading.IsDocker()) return;
  if (!has_value && key != "no-new-privileges") {
    reading.RefuseValue(use, "it is no `key=value`");
    return;
  }
  // Of the keys that the engine knows; systempaths is taken with `=` only.
  static constexpr std::array<std::string_view, 5> kOldForm{"apparmor", "credentialspec", "label",
                                                            "no-new-privileges", "seccomp"};
  const bool keep = bare || std::find(kOldForm.begin(), kOldForm.end(), key) == kOldForm.end();
  std::string_view rest = has_value ? text.substr(split + 1) : std::string_view{};
  if (key == "seccomp") rest = WithoutBase(rest);
  container.security_opt.Add(
      KnownSetting(keep ? std::string(text) : std::string(key) + "=" + Spelled(rest), use.value));
}

void ReadCapability(const FlagUse& use, const Reading&, model::Container& container) {
  model::List<std::string>& list =
      use.flag->name == "cap-add" ? container.cap_add : container.cap_drop;
  model::Setting<std::string> item = TextSetting(use.value);
  if (item.IsKnown()) {
    item.value = base::ToUpper(item.value);
    if (item.value != "ALL" && !item.value.starts_with("CAP_")) item.value.insert(0, "CAP_");
  }
  list.Add(std::move(item));
}

void FinishLists(model::Container& container) {
  SortCapabilities(container.cap_add);
  SortCapabilities(container.cap_drop);
  KeepLastKey(container.environment);
  KeepLastKey(container.labels);
  KeepLastKey(container.sysctls);
  KeepLastKey(container.storage_opt);
  KeepLastKey(container.log_options);
  KeepLast(container.ulimits,
           [](const model::Setting<model::Ulimit>& item) -> std::optional<std::string> {
             if (item.value.name.empty()) return std::nullopt;
             return item.value.name;
           });
  KeepLast(container.mounts,
           [](const model::Setting<model::Mount>& item) -> std::optional<std::string> {
             const model::Mount& mount = item.value;
             if (mount.form != model::Mount::Form::kTmpfs || !mount.target.IsKnown())
               return std::nullopt;
             return mount.target.value;
           });
}

}  // namespace cagelint::input
