#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// A profile without a default action and without entries: the engine sets no filter at all.
bool IsEmpty(const model::SeccompProfile& profile) {
  return profile.default_action.text.empty() && profile.entries.empty();
}

void Check(const Document& document, Reporter& report) {
  for (const Container& container : document.containers) {
    const auto option = model::FindSecurityOption(container, "seccomp");
    if (!option.present || option.unknown) continue;
    const auto& written = container.security_opt.items[option.index];
    const auto& file = container.seccomp;
    const bool is_empty = option.value != "unconfined" && file && file->profile >= 0 &&
                          IsEmpty(document.profiles[static_cast<std::size_t>(file->profile)]);
    if (option.value != "unconfined" && !is_empty) continue;
    report.Add({.span = is_empty ? file->span : PlaceOf(written, container),
                .message = is_empty ? "the profile says nothing, so no system call is filtered"
                                    : "no system call is filtered",
                .help = "leave it out: the engine's own profile then applies",
                .fixes = {Unsafe(
                    "use the engine's own profile",
                    "system calls that it denies (ptrace on old kernels, io_uring, mount) fail",
                    {Remove(written.whole)})}});
  }
}

}  // namespace

extern const Rule kSeccompUnconfined{
    .info =
        {.id = "seccomp-unconfined",
         .title = "system calls are not filtered",
         .why = "every hole of the kernel is in reach: user namespaces, keyrings, bpf, io_uring",
         .rationale =
             "Without a filter the program inside makes every system call that the kernel has. An "
             "ordinary user without capabilities then creates user namespaces, in which it is root "
             "and reaches kernel code that was never meant for it: most container escapes through "
             "the kernel begin there.\n\n"
             "The engine takes `seccomp=unconfined` and `seccomp:unconfined`; the last such option "
             "counts. A profile with neither a default action nor entries has the same effect.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.22",
                        "Docker documentation, Seccomp security profiles for Docker",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.22"},
         .bad = "docker run --security-opt seccomp=unconfined alpine:3.22\n",
         .good = "docker run --security-opt no-new-privileges alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_document = Check,
};

}  // namespace cagelint::rules
