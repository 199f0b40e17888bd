#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

bool Holds(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

// `dangerous-capability` speaks of those in its table.
bool IsDangerous(const std::string& capability) {
  static const std::vector<std::string> names = [] {
    const auto table = base::ParseCsv(embedded::Find("rules/data/capabilities.csv"));
    std::vector<std::string> out;
    for (const auto& row : table.rows) out.emplace_back(row[table.Column("capability")]);
    return out;
  }();
  return Holds(names, capability);
}

// What the container has anyway, or what somebody allowed: `SETUID` and `CAP_SETUID` are one.
bool IsFine(const Container& container, const std::string& capability,
            const std::vector<std::string>& allowed) {
  const bool kept = container.effective.drops_all_capabilities == Tri::kNo &&
                    container.cap_drop.Find(capability) == nullptr &&
                    Holds(model::DefaultCapabilities(container.engine), capability);
  return kept || std::any_of(allowed.begin(), allowed.end(), [&](const std::string& name) {
           const std::string upper = base::ToUpper(name);
           return upper == capability || "CAP_" + upper == capability;
         });
}

void Check(const Container& container, Reporter& report) {
  if (container.privileged.Is(true) || container.cap_add.Find("ALL") != nullptr) return;
  const auto& allowed = report.Parameter("allowed");
  for (const auto& item : container.cap_add.items) {
    // One that no kernel has is refused, which is another rule.
    if (!item.IsKnown() || !Holds(model::AllCapabilities(), item.value)) continue;
    if (IsDangerous(item.value) || IsFine(container, item.value, allowed)) continue;
    report.Add({.span = PlaceOf(item, container),
                .message = "`" + item.value + "` is added",
                .help = "leave it out unless the program cannot work without it",
                .fixes = {Unsafe("leave `" + item.value + "` out", "what needs it fails",
                                 {Remove(item.whole)})}});
  }
}

}  // namespace

extern const Rule kAddedCapability{
    .info =
        {.id = "added-capability",
         .title = "a capability is added",
         .why = "the program inside gets a piece of root's power that was taken from it",
         .rationale =
             "Whoever drops all capabilities and adds some back should know what each is for. "
             "To a user other than root Docker gives an added capability only as a bound: it is "
             "reached through programs that are setuid or carry it, and with no-new-privileges "
             "not at all. podman makes it effective for such a user as well.\n\n"
             "Not reported: a capability that the engine gives by default, where it was not "
             "dropped. The dangerous ones are `dangerous-capability`.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.4", "capabilities(7)",
                        "run on Docker Engine 20.10.24 and 28.5.2, and podman 4.3.1"},
         .cis = {"5.4"},
         .bad = "docker run --cap-drop ALL --cap-add SETUID alpine:3.22\n",
         .good = "docker run --cap-drop ALL alpine:3.22\n",
         .parameters = {{"allowed", "capabilities that may be added", {}}},
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
