#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

constexpr std::string_view kInsecure = "security.insecure";

void CheckService(const Container& container, Reporter& report) {
  const model::Build& build = container.build.value;
  if (build.privileged.Is(true))
    report.Add({.span = PlaceOf(build.privileged, container),
                .message = "the build asks for privileged steps",
                .help = "leave it out"});
  for (const auto& item : build.entitlements.items)
    if (item.Is(std::string(kInsecure)))
      report.Add({.span = PlaceOf(item, container),
                  .message = "the build may run privileged steps",
                  .help = "leave it out"});
}

void Check(const Document& document, Reporter& report) {
  for (const Container& container : document.containers) CheckService(container, report);
  for (const model::Command& command : document.commands) {
    if (command.kind != model::CommandKind::kBuild) continue;
    const auto* item = command.entitlements.Find(std::string(kInsecure));
    if (item == nullptr) continue;
    report.Add({.span = item->value_span,
                .message = "the build may run privileged steps",
                .help = "leave `--allow` out"});
  }
}

}  // namespace

extern const Rule kPrivilegedBuild{
    .info =
        {.id = "privileged-build",
         .title = "an image is built with privileged steps",
         .why = "a `RUN --security=insecure` of the Dockerfile is root on the host",
         .rationale =
             "With the entitlement `security.insecure` a step of the Dockerfile may say "
             "`RUN --security=insecure`, and then runs as in a privileged container: every "
             "capability, no seccomp filter, the host's devices. Whoever writes the Dockerfile, or "
             "what it downloads, has the host. `build.privileged` of a compose file asks for the "
             "same.\n\n"
             "The builder must have been started with that entitlement, or it refuses the build; "
             "whether it was cannot be seen here.",
         .references = {"Docker documentation, docker buildx build, --allow",
                        "Dockerfile reference, RUN --security",
                        "Compose Specification, Build, privileged and entitlements",
                        "run with docker-compose 2.40.3, build --print"},
         .cis = {},
         .bad = "docker build --allow security.insecure -t agent .\n",
         .good = "docker build -t agent .\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
