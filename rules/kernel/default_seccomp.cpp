#include <algorithm>
#include <set>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

constexpr std::size_t kMostLabels = 8;
constexpr std::size_t kMostNames = 1;  // of a group: the message is about all of them

// What runs the container as a process of the host, under the filter. A sandbox with a kernel of
// its own (gVisor, Kata) does not.
bool IsOrdinaryRuntime(const model::Setting<std::string>& runtime) {
  if (runtime.IsAbsent()) return true;
  if (!runtime.IsKnown()) return false;
  const std::string_view name = base::Split(runtime.value, '/').back();
  return name.empty() || name == "runc" || name == "crun" || name == "nvidia" ||
         name == "io.containerd.runc.v2";
}

// What this capability opens in the engine's default, which would be closed otherwise.
std::vector<const seccomp::DefaultCall*> OpenedBy(const Container& container,
                                                  const std::string& capability) {
  std::vector<std::string> others = *container.effective.capabilities;
  std::erase(others, capability);
  const auto without = seccomp::LeftOpen(container.engine, others);
  std::vector<const seccomp::DefaultCall*> out =
      seccomp::LeftOpen(container.engine, container.effective.capabilities);
  std::erase_if(out, [&](const auto* call) {
    return std::find(without.begin(), without.end(), call) != without.end();
  });
  return out;
}

void AddLabels(const Container& container, Finding& out) {
  if (!container.effective.capabilities) return;
  // What is no capability opens nothing, and there may be thousands.
  const std::vector<std::string>& known = model::AllCapabilities();
  std::set<std::string_view> seen;
  for (const auto& item : container.cap_add.items) {
    if (!item.IsKnown() || std::find(known.begin(), known.end(), item.value) == known.end())
      continue;
    if (!seen.insert(item.value).second) continue;
    const auto opened = OpenedBy(container, item.value);
    if (!opened.empty() && out.labels.size() < kMostLabels)
      out.labels.push_back(
          {PlaceOf(item, container), "opens " + seccomp::ListByGroup(opened, kMostNames)});
  }
}

// "`io_uring_setup` (20.10 to 24.0)", one of each group: what older releases leave open besides.
std::string Earlier(const Container& container) {
  std::string text;
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const seccomp::DefaultCall& call : seccomp::DefaultCalls()) {
    const std::string_view when = call.Of(container.engine).earlier;
    if (when.empty() || !seen.emplace(call.group, when).second) continue;
    text += (text.empty() ? "" : ", ") + ("`" + call.shown + "` (" + std::string(when) + ")");
  }
  const bool is_podman = container.engine == model::Engine::kPodman;
  const std::string_view what =
      is_podman ? "containers-common" : seccomp::DefaultOf(container.engine);
  return text.empty() ? "" : "; older " + std::string(what) + " leaves open more: " + text;
}

// What the default leaves open, in words. The container before had the same engine and capabilities
// most of the time, and asking again is a third of what all rules cost.
struct Opening {
  model::Engine engine;
  std::optional<std::vector<std::string>> capabilities;
  std::string listed;
  std::string earlier;
};
const Opening& OpeningOf(const Container& container) {
  thread_local std::optional<Opening> last;
  const auto& capabilities = container.effective.capabilities;
  if (!last || last->engine != container.engine || last->capabilities != capabilities) {
    const auto calls = seccomp::LeftOpen(container.engine, capabilities);
    last = {container.engine, capabilities, seccomp::ListByGroup(calls, kMostNames),
            Earlier(container)};
  }
  return *last;
}

void Check(const Container& container, Reporter& report) {
  if (container.effective.seccomp != model::SeccompKind::kDefault) return;
  if (!IsOrdinaryRuntime(container.runtime)) return;
  const Opening& opening = OpeningOf(container);
  const auto option = model::FindSecurityOption(container, "seccomp");
  const std::string profile = Spelling(container, "security_opt", "seccomp=profile.json");
  Finding finding{.span = container.anchor,
                  .message = std::string(seccomp::DefaultOf(container.engine)) +
                             "'s default seccomp profile leaves open: " + opening.listed,
                  .help = "name a stricter profile: " + profile + opening.earlier};
  if (option.present) finding.span = PlaceOf(container.security_opt.items[option.index], container);
  // podman's leaves the ways open that Docker's and containerd's are there to close.
  if (container.engine != model::Engine::kPodman) finding.weight = Weight::kAtMostInfo;
  AddLabels(container, finding);
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kDefaultSeccomp{
    .info =
        {.id = "default-seccomp",
         .title = "no seccomp profile of the container's own",
         .why = "the engine's default must suit every container, and so lets through what most of "
                "them never call",
         .rationale =
             "Without an option, and with `seccomp=builtin`, the engine's own profile applies, "
             "unless its configuration names another. It opens further calls for each capability "
             "that the container may ever have, whoever runs inside: CAP_SYS_ADMIN opens mount, "
             "unshare, setns and bpf.\n\n"
             "Docker's default and containerd's (nerdctl) keep out clone and unshare with new "
             "namespaces, clone3, mount, keyctl, userfaultfd and, since Docker 25 and containerd "
             "2.0, io_uring. Left open are ptrace and process_vm_readv between processes of the "
             "container (kernel 4.8 and later), chroot and mknod as long as their capabilities "
             "are not dropped; and in Docker's the sockets that it means to keep out: the filter "
             "compares 64 bits of the address family and the kernel takes 32, so that "
             "`socket(1 << 32 | 40)` is AF_VSOCK, which a network of `none` does not stop. That of "
             "podman lets through clone, clone3, unshare, setns, mount and its kin, pivot_root and "
             "keyctl for everybody, and leaves it to capabilities and namespaces what comes of it: "
             "an ordinary user without any capability makes a user namespace there and mounts in "
             "it.\n\n"
             "The finding is information for Docker and nerdctl, and speaks of the newest release. "
             "Nothing is said for runtimes that have a kernel of their own.",
         .references = {"moby/profiles, seccomp/default.json",
                        "containers/container-libs, common/pkg/seccomp/seccomp.json",
                        "containerd, contrib/seccomp/seccomp_default.go",
                        "run on Docker Engine 20.10.24 and 28.5.2 and podman 4.3.1"},
         .cis = {},
         .bad = "podman run --cap-drop=all alpine:3.22\n",
         .good = "podman run --cap-drop=all --security-opt seccomp=profile.json alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
