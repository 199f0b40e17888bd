// Combinations that the client refuses: docker/cli 28.2.2, container/opts.go and run.go.
#include <algorithm>

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
  const base::FileSystem& files = reading.context.files;
  const std::string directory(base::DirectoryOf(path));
  if (files.kind(path) != base::FileKind::kMissing)
    reading.RefuseValue(*use, "the file exists already");
  else if (!directory.empty() && files.kind(directory) != base::FileKind::kDirectory)
    reading.RefuseValue(*use, "its directory does not exist");
}

bool IsPlatformPart(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("_-.").find(c) != std::string_view::npos;
  });
}

// The operating system may carry a version: `windows(10.0.17763)`.
bool IsSystemPart(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open != std::string_view::npos) {
    if (!text.ends_with(')')) return false;
    const std::string_view version = text.substr(open + 1, text.size() - open - 2);
    if (!version.empty() && !IsPlatformPart(version)) return false;
  }
  const std::string_view system = text.substr(0, open);
  return IsPlatformPart(system) && system.find('.') == std::string_view::npos;
}

// One part alone is a system or an architecture that Go knows, or an alias of one.
bool IsKnownPlatform(std::string_view text) {
  static constexpr std::string_view kNames[] = {
      "aix",      "android", "darwin",  "dragonfly", "freebsd",  "hurd",      "illumos",
      "ios",      "js",      "linux",   "macos",     "nacl",     "netbsd",    "openbsd",
      "plan9",    "solaris", "wasip1",  "windows",   "zos",      "386",       "amd64",
      "amd64p32", "arm",     "armbe",   "arm64",     "arm64be",  "ppc64",     "ppc64le",
      "loong64",  "mips",    "mipsle",  "mips64",    "mips64le", "mips64p32", "mips64p32le",
      "ppc",      "riscv",   "riscv64", "s390",      "s390x",    "sparc",     "sparc64",
      "wasm",     "i386",    "x86_64",  "x86-64",    "aarch64",  "armhf",     "armel"};
  const std::string name = base::ToLower(text);
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

// containerd's platforms.Parse: `os[/architecture[/variant]]`.
void CheckPlatform(const Words& words, const Reading& reading) {
  const FlagUse* use = Last(words, "platform");
  if (use == nullptr || use->value.Text().empty() || !IsLiteralText(use->value.Text())) return;
  const auto parts = base::Split(use->value.Text(), '/');
  bool good = parts.size() <= 3 && IsSystemPart(parts[0]);
  for (std::size_t i = 1; i < parts.size(); ++i) good = good && IsPlatformPart(parts[i]);
  const std::string_view system = parts[0].substr(0, parts[0].find('('));
  if (parts.size() == 1) good = good && IsKnownPlatform(system);
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
