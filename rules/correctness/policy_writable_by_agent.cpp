#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

constexpr std::array<std::string_view, 2> kOwn{".cagelint.yaml", ".cagelint-baseline.json"};

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || model::Writable(item.value) != Tri::kYes) continue;
    const auto path = model::PathInProject(item.value);
    if (!path) continue;
    const bool own = base::NameOf(*path) == kOwn[0] || base::NameOf(*path) == kOwn[1];
    if (!own && !model::IsProjectBind(item.value)) continue;
    report.Add({.span = PlaceOf(item.value.source, container),
                .message = own ? "what cagelint is told here is writable for the program inside"
                               : "what cagelint is told (`.cagelint.yaml`, comments) is writable "
                                 "for the program inside",
                .help = "mount it read-only, and review changes of it"});
  }
}

}  // namespace

extern const Rule kPolicyWritableByAgent{
    .info =
        {.id = "policy-writable-by-agent",
         .title = "the linter's own settings are writable from inside",
         .why = "the program inside can silence what would be said of it at the next run",
         .rationale =
             "Suppressions are comments, a configuration and a baseline are files: whoever writes "
             "the project writes them. Every suppression is counted and kept with its reason in "
             "the reports, and `--no-ignores --no-config` shows everything; but who looks at the "
             "exit code alone is deceived.\n\n"
             "In CI take the configuration from another place: `--config FILE`.",
         .references = {"README, Suppressions"},
         .cis = {},
         .bad = "docker run -v .:/work alpine:3.22\n",
         .good = "docker run -v .:/work:ro alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
