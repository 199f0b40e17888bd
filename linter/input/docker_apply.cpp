// The value of one flag of run → the container's settings.
#include <unordered_map>

#include "linter/base/text.h"
#include "linter/input/docker_devices.h"
#include "linter/input/docker_lists.h"
#include "linter/input/docker_mounts.h"
#include "linter/input/docker_network_option.h"
#include "linter/input/docker_run.h"
#include "linter/input/docker_scalars.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

using model::Container;

template <typename T>
using Members = std::unordered_map<std::string_view, T Container::*>;

const Members<model::Setting<std::string>> kTexts{
    {"name", &Container::name},
    {"hostname", &Container::hostname},
    {"user", &Container::user},
    {"pid", &Container::pid},
    {"ipc", &Container::ipc},
    {"uts", &Container::uts},
    {"userns", &Container::userns_mode},
    {"cgroupns", &Container::cgroup},
    {"cgroup-parent", &Container::cgroup_parent},
    {"cpuset-cpus", &Container::cpuset},
    {"runtime", &Container::runtime},
    {"platform", &Container::platform},
    {"pull", &Container::pull},
    {"workdir", &Container::working_dir},
    {"log-driver", &Container::log_driver},
};

const Members<model::Setting<bool>> kBools{
    {"privileged", &Container::privileged},
    {"read-only", &Container::read_only},
    {"init", &Container::init},
    {"disable-content-trust", &Container::disable_content_trust},
    {"tty", &Container::tty},
    {"interactive", &Container::stdin_open},
    {"detach", &Container::detach},
    {"rm", &Container::remove},
    {"use-api-socket", &Container::use_api_socket},
    {"publish-all", &Container::publish_all},
    {"oom-kill-disable", &Container::oom_kill_disable},
    {"env-host", &Container::host_environment},
};

const Members<model::Setting<std::int64_t>> kNumbers{
    {"memory", &Container::memory},
    {"memory-swap", &Container::memory_swap},
    {"memory-reservation", &Container::memory_reservation},
    {"shm-size", &Container::shm_size},
    {"cpu-quota", &Container::cpu_quota},
    {"cpu-period", &Container::cpu_period},
    {"cpu-shares", &Container::cpu_shares},
    {"pids-limit", &Container::pids_limit},
    {"oom-score-adj", &Container::oom_score_adj},
    {"stop-timeout", &Container::stop_timeout},
};

const Members<model::List<std::string>> kLists{
    {"group-add", &Container::group_add},
    {"dns", &Container::dns},
    {"link", &Container::links},
    {"volumes-from", &Container::volumes_from},
    {"device-cgroup-rule", &Container::device_cgroup_rules},
    {"gpus", &Container::gpus},
    {"secret", &Container::secrets},
};

template <typename T>
T* Member(const Members<T>& members, std::string_view name, Container& container) {
  const auto found = members.find(name);
  return found == members.end() ? nullptr : &(container.*found->second);
}

void AddPair(const FlagUse& use, model::List<model::KeyValue>& list) {
  const std::string_view text = use.value.Text();
  const std::size_t equals = std::min(text.find('='), text.size());
  auto item = IsKnowable(text) ? KnownSetting(model::KeyValue{}, use.value)
                               : DynamicSetting<model::KeyValue>(use.value);
  if (IsKnowable(text.substr(0, equals))) item.value.key = Spelled(text.substr(0, equals));
  if (item.IsKnown())
    item.value.value = equals < text.size() ? Spelled(text.substr(equals + 1)) : "";
  list.Add(std::move(item));
}

void AddText(const FlagUse& use, Container& container) {
  const std::string_view name = use.flag->Canonical();
  if (auto* text = Member(kTexts, name, container)) Replace(*text, TextSetting(use.value));
  if (auto* list = Member(kLists, name, container)) list->Add(TextSetting(use.value));
  if (name == "cidfile") container.cid_file = use.value.Written();
  if (name == "dns" && !container.dns.items.empty()) {
    auto& item = container.dns.items.back();
    if (const auto address = ParseAddress(base::Trim(item.value))) item.value = *address;
  }
  if (name == "entrypoint") {
    container.entrypoint = {};
    container.entrypoint.Add(TextSetting(use.value));
  }
}

void AddNumber(const FlagUse& use, Container& container, std::int64_t value, bool known) {
  auto* setting = Member(kNumbers, use.flag->Canonical(), container);
  if (setting == nullptr) return;
  Replace(*setting,
          known ? KnownSetting(value, use.value) : DynamicSetting<std::int64_t>(use.value));
}

void AddBool(const FlagUse& use, const Reading& reading, Container& container) {
  if (use.flag->name == "help") return;  // read before all others
  const auto value = ReadBool(use, reading);
  auto* setting = Member(kBools, use.flag->Canonical(), container);
  if (setting != nullptr && !value.IsAbsent()) Replace(*setting, value);
}

void AddStorageOption(const FlagUse& use, const Reading&, Container& container) {
  AddPair(use, container.storage_opt);
}

void AddLogOption(const FlagUse& use, const Reading&, Container& container) {
  AddPair(use, container.log_options);
}

// Grammars whose value is read into more than a text or a number.
constexpr struct {
  Grammar grammar;
  void (*read)(const FlagUse& use, const Reading& reading, Container& container);
} kReaders[] = {
    {Grammar::kBool, AddBool},
    {Grammar::kCapability, ReadCapability},
    {Grammar::kDevice, ReadDevice},
    {Grammar::kEnv, ReadEnv},
    {Grammar::kEnvFile, ReadEnvFile},
    {Grammar::kExtraHost, ReadExtraHost},
    {Grammar::kLabel, ReadLabel},
    {Grammar::kLabelFile, ReadEnvFile},
    {Grammar::kLogOption, AddLogOption},
    {Grammar::kMount, ReadMount},
    {Grammar::kPort, ReadPort},
    {Grammar::kSecurityOption, ReadSecurityOption},
    {Grammar::kStorageOption, AddStorageOption},
    {Grammar::kSysctl, ReadSysctl},
    {Grammar::kTmpfs, ReadTmpfs},
    {Grammar::kUlimit, ReadUlimit},
    {Grammar::kVolume, ReadVolume},
};

// False where the grammar has no reader of its own.
bool ApplyStructured(const FlagUse& use, const Reading& reading, Container& container) {
  for (const auto& entry : kReaders) {
    if (entry.grammar != use.flag->grammar) continue;
    entry.read(use, reading, container);
    return true;
  }
  return false;
}

// The client sends it to engines before 23 only (API 1.41); newer ones have no such limit.
void SayKernelMemory(const FlagUse& use, const Reading& reading) {
  reading.document.remarks.push_back({model::RemarkKind::kIgnoredOption, use.value.whole,
                                      "`" + use.spelling + "` has no effect since Docker 23",
                                      "`--memory` limits the kernel's memory as well"});
}

}  // namespace

void ApplyFlag(const FlagUse& use, const Reading& reading, Container& container) {
  if (reading.IsDocker() && use.flag->status == FlagStatus::kWindows && !reading.shows_help)
    reading.Refuse(use.value.whole,
                   "`" + use.spelling + "` is for Windows: the engine is on Linux");
  const bool literal = IsLiteralText(use.value.Text());
  if (literal) {
    const std::string reason = TextRefusal(use, reading.engine);
    if (!reason.empty()) {
      reading.RefuseValue(use, reason);
      return;
    }
  }
  if (use.flag->name == "kernel-memory" && reading.IsDocker()) SayKernelMemory(use, reading);
  if (ApplyStructured(use, reading, container)) return;
  if (use.flag->grammar == Grammar::kRestart) {
    Replace(container.restart, ReadRestart(use, reading));
  } else if (use.flag->grammar == Grammar::kCpus) {
    Replace(container.cpus, ReadCpus(use));
  } else if (const auto number = ReadNumber(use)) {
    AddNumber(use, container, *number, true);
  } else if (IsNumeric(use.flag->grammar)) {
    AddNumber(use, container, 0, false);
  } else {
    AddText(use, container);
  }
}

}  // namespace cagelint::input
