// Combinations that the client refuses: docker/cli 28.2.2, container/opts.go and run.go.
#include "linter/base/text.h"
#include "linter/input/docker_run.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

// The last use of a flag; null when it is not given.
const FlagUse* Last(const Words& words, std::string_view name) {
  const FlagUse* last = nullptr;
  for (const FlagUse& use : words.flags)
    if (use.flag->Canonical() == name) last = &use;
  return last;
}

bool IsOn(const FlagUse* use) {
  return use != nullptr && (use->bare || ParseBool(use->value.Text()).value_or(false));
}

void Conflict(const FlagUse& first, const FlagUse& second, const Reading& reading) {
  reading.Refuse(second.value.whole,
                 "`" + second.spelling + "` is given together with `" + first.spelling + "`");
}

void CheckRemove(const Words& words, const Reading& reading, const model::Container& container) {
  const FlagUse* remove = Last(words, "rm");
  const FlagUse* restart = Last(words, "restart");
  if (!container.remove.Is(true) || restart == nullptr || remove == nullptr) return;
  if (!container.restart.IsKnown()) return;
  const std::string& policy = container.restart.value.policy;
  if (!policy.empty() && policy != "no") Conflict(*remove, *restart, reading);
}

void CheckHealth(const Words& words, const Reading& reading) {
  const FlagUse* off = Last(words, "no-healthcheck");
  if (!IsOn(off)) return;
  for (const std::string_view name :
       {"health-cmd", "health-interval", "health-timeout", "health-start-period",
        "health-start-interval", "health-retries"}) {
    const FlagUse* use = Last(words, name);
    if (use == nullptr) continue;
    const std::string_view text = use->value.Text();
    const bool is_default = text.empty() || (name != "health-cmd" && ParseDurationSign(text) == 0);
    if (is_default) continue;
    Conflict(*off, *use, reading);
    return;
  }
}

void CheckCidFile(const Words& words, const Reading& reading) {
  const FlagUse* use = Last(words, "cidfile");
  if (use == nullptr || !reading.invocation.runs_now || use->value.Text().empty()) return;
  const std::string path(use->value.Text());
  if (reading.context.files.kind(path) != base::FileKind::kMissing)
    reading.RefuseValue(*use, "the file exists already");
}

// containerd's platforms.Parse: one to three parts of letters, digits, `_`, `-` and `.`.
void CheckPlatform(const Words& words, const Reading& reading) {
  const FlagUse* use = Last(words, "platform");
  if (use == nullptr || use->value.Text().empty() || !IsLiteralText(use->value.Text())) return;
  const auto parts = base::Split(use->value.Text(), '/');
  bool good = parts.size() <= 3;
  for (const std::string_view part : parts) {
    good = good && !part.empty();
    for (const char c : part) {
      const char lower = static_cast<char>(c | 0x20);
      good = good && ((lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
                      std::string_view("_-.()").find(c) != std::string_view::npos);
    }
  }
  if (!good) reading.RefuseValue(*use, "it is no `os[/architecture[/variant]]`");
}

}  // namespace

void CheckTogether(const Words& words, const Reading& reading, const model::Container& container) {
  if (reading.engine == model::Engine::kNerdctl) {
    const FlagUse* remove = Last(words, "rm");
    if (container.remove.Is(true) && container.detach.Is(true) && remove != nullptr)
      Conflict(*Last(words, "detach"), *remove, reading);
    return;
  }
  CheckRemove(words, reading, container);
  if (!reading.IsDocker()) return;
  const FlagUse* attach = Last(words, "attach");
  const FlagUse* detach = Last(words, "detach");
  if (attach != nullptr && IsOn(detach)) Conflict(*detach, *attach, reading);
  const FlagUse* option = Last(words, "log-opt");
  if (container.log_driver.Is("none") && option != nullptr)
    Conflict(*Last(words, "log-driver"), *option, reading);
  CheckHealth(words, reading);
  CheckCidFile(words, reading);
  CheckPlatform(words, reading);
}

}  // namespace cagelint::input
