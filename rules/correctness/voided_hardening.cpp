#include <algorithm>
#include <unordered_map>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using Labels = std::vector<diagnostic::Label>;

template <typename T>
std::vector<base::Span> Overridden(const model::Setting<T>& setting) {
  std::vector<base::Span> spans;
  for (const auto& step : setting.steps)
    if (step.text == "overridden by a later flag" && step.span.IsValid() && !step.span.IsEmpty())
      spans.push_back(step.span);
  return spans;
}

// What stands behind the flag: "--user=1000", "--user 1000", "-u1000".
std::string_view ValueIn(std::string_view text) {
  const std::size_t split = text.find_last_of("= \t\"'", text.find_last_not_of("\"'"));
  if (split != std::string_view::npos) text = text.substr(split + 1);
  if (text.starts_with('-') && !text.starts_with("--"))
    text.remove_prefix(std::min<std::size_t>(2, text.size()));
  const std::size_t end = text.find_first_of("\"'");
  return text.substr(0, end);
}

// Mounts and the root that are read-only until somebody remounts them.
Labels ReadOnlyParts(const Container& container) {
  Labels labels;
  const std::string text = "root inside can remount it writable";
  if (container.read_only.Is(true))
    labels.push_back({PlaceOf(container.read_only, container), text});
  for (const auto& item : container.mounts.items)
    if (item.IsKnown() && item.value.read_only.Is(true) &&
        !item.value.source.Is("/etc/localtime") && !item.value.source.Is("/etc/timezone"))
      labels.push_back({PlaceOf(item.value.read_only, container), text});
  return labels;
}

bool MayBeRoot(const Container& container) {
  return container.effective.user == model::UserKind::kRoot ||
         container.effective.user == model::UserKind::kImage;
}

void CheckPrivileged(const Container& container, Reporter& report) {
  if (!container.privileged.Is(true)) return;
  Labels labels;
  for (const auto& item : container.cap_drop.items)
    if (item.IsKnown())
      labels.push_back({PlaceOf(item, container), "every capability is there again"});
  const auto seccomp = model::FindSecurityOption(container, "seccomp");
  if (seccomp.present && !seccomp.unknown && seccomp.value != "unconfined")
    labels.push_back({PlaceOf(container.security_opt.items[seccomp.index], container),
                      "ignored by Docker 20.10 and 25.0.2, applied by 28.5"});
  // A `:ro` alone beside it is a habit (`/etc/localtime`), not hardening.
  if (labels.empty() && !container.read_only.Is(true)) return;
  if (MayBeRoot(container))
    for (auto& label : ReadOnlyParts(container)) labels.push_back(std::move(label));
  if (labels.empty()) return;
  report.Add({.span = PlaceOf(container.privileged, container),
              .message = "running privileged voids hardening that is set beside it",
              .help = "leave it out, and add the one capability or device that is needed",
              .labels = std::move(labels)});
}

// An added capability beats a dropped one. With `ALL` added it is the other way round: what is
// dropped by its name is gone, only `ALL` dropped means nothing. The additions of a hostile file
// may be many: one look-up each.
void CheckAdds(const Container& container, Reporter& report) {
  if (container.privileged.Is(true)) return;
  const bool adds_all = container.cap_add.Find("ALL") != nullptr;
  std::unordered_map<std::string_view, const model::Setting<std::string>*> drops;
  for (const auto& item : container.cap_drop.items)
    if (item.IsKnown()) drops.emplace(item.value, &item);
  for (const auto& item : container.cap_add.items) {
    if (!item.IsKnown() || (adds_all && item.value != "ALL")) continue;
    const auto dropped = drops.find(item.value);
    if (dropped == drops.end()) continue;
    report.Add({.span = PlaceOf(item, container),
                .message = "adding `" + item.value + "` undoes that it is dropped",
                .help = "keep one of the two: an addition beats a drop in any order",
                .labels = {{PlaceOf(*dropped->second, container), "dropped here"}}});
  }
}

// The addition that lets root inside mount; null where it is dropped after all.
const model::Setting<std::string>* FindRemounts(const Container& container) {
  const auto* all = container.cap_add.Find("ALL");
  if (all == nullptr) return container.cap_add.Find("CAP_SYS_ADMIN");
  const auto& drops = container.cap_drop;
  return drops.Find("CAP_SYS_ADMIN") != nullptr || drops.HasUnknown() ? nullptr : all;
}

void CheckRemounts(const Container& container, Reporter& report) {
  const auto* remounts = FindRemounts(container);
  if (remounts == nullptr || container.privileged.Is(true) || !MayBeRoot(container)) return;
  Labels labels = ReadOnlyParts(container);
  if (labels.empty()) return;
  report.Add({.span = PlaceOf(*remounts, container),
              .message = "`" + remounts->value + "` undoes what is mounted read-only",
              .help = "leave it out",
              .labels = std::move(labels)});
}

// A later flag that takes back what an earlier one hardened.
void CheckOverridden(const Container& container, Reporter& report) {
  const auto say = [&](base::Span span, base::Span earlier, std::string message) {
    report.Add({.span = span,
                .message = std::move(message),
                .help = "leave it out",
                .labels = {{earlier, "void: the last one counts"}}});
  };
  if (container.read_only.Is(false)) {
    for (const base::Span& earlier : Overridden(container.read_only)) {
      const std::string_view text = report.Text(earlier);
      const std::size_t equals = text.find('=');
      const std::string_view value = equals == text.npos ? "true" : text.substr(equals + 1);
      if (value != "true" && value != "1" && value != "t" && value != "T" && value != "True" &&
          value != "TRUE")
        continue;
      say(container.read_only.whole, earlier, "the root is writable again");
      break;
    }
  }
  if (container.effective.user == model::UserKind::kRoot && container.user.IsKnown()) {
    for (const base::Span& earlier : Overridden(container.user)) {
      const std::string_view user = base::Split(ValueIn(report.Text(earlier)), ':')[0];
      if (user.empty() || user == "root" || user.find_first_of("$`") != user.npos ||
          user.find_first_not_of("+-0") == user.npos)
        continue;
      say(container.user.whole, earlier, "the user is root again");
      break;
    }
  }
}

template <typename T>
void CheckLimit(const model::Setting<T>& limit, const char* what, Reporter& report) {
  if (!limit.IsKnown() || limit.value > T{}) return;
  for (const base::Span& earlier : Overridden(limit)) {
    const std::string_view value = ValueIn(report.Text(earlier));
    const bool positive = value.find_first_of("123456789") != value.npos &&
                          report.Text(earlier).find("-1") == value.npos;
    if (!positive || value.find('$') != value.npos) continue;
    report.Add({.span = limit.whole,
                .message = std::string("the limit on ") + what + " is gone again",
                .help = "leave it out",
                .labels = {{earlier, "void: the last one counts"}}});
    return;
  }
}

// Of the security options the last of a kind counts.
void CheckSecurityOptions(const Container& container, Reporter& report) {
  const auto& items = container.security_opt.items;
  for (const std::string key : {"no-new-privileges", "seccomp", "apparmor"}) {
    const auto last = model::FindSecurityOption(container, key);
    if (!last.present || last.unknown) continue;
    const bool off = key == "no-new-privileges" ? container.effective.no_new_privileges == Tri::kNo
                                                : last.value == "unconfined";
    if (!off) continue;
    for (std::size_t i = 0; i < last.index; ++i) {
      const std::string& text = items[i].value;
      const bool same = text == key || text.starts_with(key + "=") || text.starts_with(key + ":");
      if (!items[i].IsKnown() || !same || text == items[last.index].value) continue;
      const std::string_view value =
          std::string_view(text).substr(std::min(key.size() + 1, text.size()));
      if (value == "unconfined" || value.starts_with('f') || value.starts_with('F') || value == "0")
        continue;
      report.Add({.span = PlaceOf(items[last.index], container),
                  .message = "`" + items[last.index].value + "` takes back what is set before",
                  .help = "leave it out",
                  .labels = {{PlaceOf(items[i], container), "void: the last one counts"}}});
      break;
    }
  }
}

void CheckNetworks(const Container& container, Reporter& report) {
  const auto& items = container.networks.items;
  const auto* none = container.networks.Find("none");
  if (none == nullptr || container.IsCompose()) return;
  for (const auto& item : items) {
    const bool special = item.Is("host") || item.Is("bridge") || item.Is("default");
    if (!special) continue;
    report.Add({.span = PlaceOf(item, container),
                .message = "network `" + item.value + "` is given beside `none`",
                .help =
                    "keep one of them: Docker 28 sometimes starts such a container on the other "
                    "network, 20.10 refuses it",
                .labels = {{PlaceOf(*none, container), "not certain to count"}}});
    return;
  }
}

void Check(const Container& container, Reporter& report) {
  if (container.engine != model::Engine::kDocker) return;
  CheckPrivileged(container, report);
  CheckAdds(container, report);
  CheckRemounts(container, report);
  CheckOverridden(container, report);
  CheckLimit(container.memory, "memory", report);
  CheckLimit(container.cpus, "CPUs", report);
  CheckLimit(container.pids_limit, "processes", report);
  CheckSecurityOptions(container, report);
  CheckNetworks(container, report);
}

}  // namespace

extern const Rule kVoidedHardening{
    .info =
        {.id = "voided-hardening",
         .title = "hardening is cancelled by another setting",
         .why = "the hardening that stands there is not in force",
         .rationale =
             "An added capability beats a dropped one in any order, and `ALL` added beats `ALL` "
             "dropped; what is dropped by its name beside `ALL` added is gone. A privileged "
             "container has every capability whatever is "
             "dropped; a seccomp profile named by its file is ignored beside it by Docker 20.10 "
             "and 25.0.2, and applied by 28.5. With SYS_ADMIN or privileged, root inside "
             "remounts a read-only root, bind, volume or tmpfs writable; SYS_ADMIN also opens "
             "mount, unshare and bpf in Docker's own seccomp profile. no-new-privileges, the user "
             "and the "
             "network `none` stay in force.\n\n"
             "Of an option that is given twice the last counts. Of `host` and `none` together "
             "neither does for certain: Docker 20.10 refuses both, 28.5 started 3 of 30 such "
             "containers on the host's network. podman differs in several of these, and is not "
             "judged.",
         .references = {"run on Docker Engine 20.10.24 and 28.5.2", "moby issues 47499 and 47500"},
         .cis = {},
         .bad = "docker run --cap-drop CHOWN --cap-add CHOWN alpine:3.22\n",
         .good = "docker run --cap-drop ALL --cap-add CHOWN alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
