#include <algorithm>
#include <map>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Mount;
using Mounts = std::map<std::string, const model::Setting<Mount>*>;  // by target

// The mount around `target`, the nearest; null for none.
const model::Setting<Mount>* Around(const Mounts& mounts, const std::string& target) {
  for (std::string_view up = base::DirectoryOf(target); up.size() > 1; up = base::DirectoryOf(up)) {
    const auto found = mounts.find(std::string(up));
    if (found != mounts.end()) return found->second;
  }
  return nullptr;
}

void Check(const Container& container, Reporter& report) {
  const auto& outputs = report.Parameter("outputs");
  Mounts mounts;
  for (const auto& item : container.mounts.items)
    if (item.IsKnown() && item.value.target.IsKnown())
      mounts.emplace(base::CleanPath(item.value.target.value), &item);
  for (const auto& [target, item] : mounts) {
    const auto* outer = Around(mounts, target);
    if (outer == nullptr || !outer->value.IsBind() || !item->value.IsBind()) continue;
    if (model::Writable(outer->value) != Tri::kNo) continue;
    if (model::Writable(item->value) != Tri::kYes) continue;
    // The same folder of the host, read-only above and writable here.
    const model::HostPath& around = outer->value.host;
    const model::HostPath& inside = item->value.host;
    if (!around.exact || !inside.exact || around.base != inside.base) continue;
    const bool whole = around.path == "." || around.path.empty();
    const bool within = inside.path == around.path || inside.path.starts_with(around.path + "/") ||
                        (whole && !inside.path.starts_with(".."));
    const std::string below = target.substr(base::CleanPath(outer->value.target.value).size());
    const std::string host = whole ? inside.path : inside.path.substr(around.path.size());
    const bool is_output = std::any_of(
        outputs.begin(), outputs.end(),
        [&](const std::string& output) { return base::CleanPath(output) == inside.path; });
    if (is_output) continue;
    if (!within || (whole ? "/" + host : host) != below) continue;
    report.Add({.span = PlaceOf(item->value.target, container),
                .message = "a part of a read-only mount is writable again",
                .help = "mount folders for results outside of it",
                .labels = {{PlaceOf(outer->value.target, container), "read-only from here"}}});
  }
}

}  // namespace

extern const Rule kShadowedMount{
    .info =
        {.id = "shadowed-mount",
         .title = "a mount makes a part of a read-only one writable",
         .why = "what looks read-only is not, in a part of it",
         .rationale =
             "Of mounts that lie in each other the innermost decides. A writable bind of "
             "`./src` over `/work/src` opens that part of a project which is mounted read-only at "
             "`/work`. That may be meant; then a place of its own says so more clearly, and no "
             "reader of the first line is deceived.\n\n"
             "A folder that is declared for results (`outputs`) is not reported: that is how a "
             "project is mounted read-only. Reported is only the same folder of the host in both. "
             "A second mount on one and the "
             "same target is refused by Docker, and reported as that.",
         .references = {"mount_namespaces(7)", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -v .:/work:ro -v ./src:/work/src alpine:3.22\n",
         .good = "docker run -v .:/work:ro -v ./out:/work/out alpine:3.22\n",
         .parameters = {{"outputs",
                         "folders for results, which may be writable",
                         {"out", "output", "outputs", "results", "artifacts"}}}},
    .on_container = Check,
};

}  // namespace cagelint::rules
