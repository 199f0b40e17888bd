#include "linter/driver/standing.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace cagelint::driver {

using diagnostic::Diagnostic;
using diagnostic::Severity;

namespace {

// A rule that is silent about a container while another one has something to say of it: what comes
// to light when that is mended was there before.
struct Hider {
  std::string_view rule;
  std::string_view hides;
};
constexpr Hider kHiders[] = {
    {"privileged", "added-capability"},
    {"privileged", "dangerous-capability"},
    {"privileged", "default-capabilities"},
    {"privileged", "default-seccomp"},
    {"privileged", "host-device"},
    {"privileged", "new-privileges"},
    {"privileged", "voided-hardening"},
    {"all-capabilities", "added-capability"},
    {"all-capabilities", "dangerous-capability"},
    {"all-capabilities", "default-capabilities"},
    {"seccomp-unconfined", "default-seccomp"},
    {"root-user", "exec-as-root"},
    {"root-user", "host-code-in-compose"},
    {"root-user", "root-group"},
    {"image-user", "root-group"},
    {"host-network", "network-access"},
    {"host-network", "port-on-all-interfaces"},
    {"host-network", "published-admin-port"},
    {"host-network", "published-port"},
    {"restart-policy", "persistent-container"},
    // What lies in a mount that becomes read-only was as writable before.
    {"writable-bind", "shadowed-mount"},
    {"writable-git-mount", "shadowed-mount"},
    {"writable-host-executed-path", "shadowed-mount"},
    {"writable-project-mount", "shadowed-mount"},
};

}  // namespace

Places::Places(const Outcome& outcome) : sources_(*outcome.sources) {
  for (const model::Document& document : outcome.documents)
    for (const model::Container& container : document.containers)
      numbers_[sources_.ToFile(container.anchor)] = 0;
  base::FileId file = base::kNoFile;
  std::size_t next = 0;
  for (auto& [anchor, number] : numbers_) {
    if (anchor.file != file) next = 0;
    file = anchor.file;
    number = ++next;
  }
}

Belongs Places::Of(const Diagnostic& finding) const {
  Belongs out{sources_.Get(finding.span.file).Path(), finding.rule, {}};
  if (finding.subject == nullptr) return out;
  const auto number = numbers_.find(finding.subject->span);
  out.subject =
      number == numbers_.end() ? finding.subject->name : "#" + std::to_string(number->second);
  return out;
}

Standing::Standing(const Outcome& outcome) : errors_(outcome.report.errors) {
  const Places places(outcome);
  for (const Diagnostic& finding : outcome.report.findings) {
    if (finding.suppressed) continue;
    Seen& seen = findings_[places.Of(finding)];
    const bool matters = finding.severity >= Severity::kWarning;
    ++seen.count;
    if (matters) ++seen.matter;
    if (matters || seen.message.empty()) seen.message = finding.message;
  }
  for (const diagnostic::Gap& gap : outcome.report.gaps) {
    const std::string path =
        gap.span.IsValid() ? outcome.sources->Get(gap.span.file).Path() : gap.path;
    Seen& seen = gaps_[{path, gap.kind, gap.refused ? "refused" : ""}];
    ++seen.count;
    seen.message = gap.message;
  }
}

std::size_t Standing::Count(const Belongs& what) const {
  const auto found = findings_.find(what);
  return found == findings_.end() ? 0 : found->second.count;
}

std::vector<Standing::Worse> Standing::WorseThan(const Standing& before) const {
  std::vector<Worse> out;
  const auto more = [](const auto& list, const auto& what, std::size_t Seen::*count) {
    const auto known = list.find(what.first);
    return what.second.*count > (known == list.end() ? 0 : known->second.*count);
  };
  const auto was_hidden = [&](const Belongs& what) {
    return std::any_of(std::begin(kHiders), std::end(kHiders), [&](const Hider& hider) {
      if (hider.hides != what.rule) return false;
      const Belongs by{what.path, std::string(hider.rule), what.subject};
      return Count(by) < before.Count(by);
    });
  };
  for (const auto& what : findings_)
    if (more(before.findings_, what, &Seen::matter) && !was_hidden(what.first))
      out.push_back(
          {what.first, "a new finding `" + what.first.rule + "`: " + what.second.message});
  for (const auto& what : gaps_)
    if (more(before.gaps_, what, &Seen::count))
      out.push_back({what.first, "a new gap: " + what.second.message});
  for (const std::string& error : errors_)
    if (std::find(before.errors_.begin(), before.errors_.end(), error) == before.errors_.end())
      out.push_back({{}, "a new error: " + error});
  return out;
}

}  // namespace cagelint::driver
