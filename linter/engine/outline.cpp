#include "linter/engine/outline.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

namespace cagelint::engine {
namespace {

using diagnostic::Diagnostic;
using diagnostic::Severity;
using model::Container;

struct Remedy {
  std::string_view rule;
  std::string_view member;  // of model::Container
  std::string_view value;   // as on a command line
};

// In the order in which they are shown: the life of the container first, then from the outside in.
constexpr std::array<Remedy, 13> kRemedies{{
    {"persistent-container", "remove", "true"},
    {"orphaned-container", "init", "true"},
    {"image-user", "user", "1000:1000"},
    {"root-user", "user", "1000:1000"},
    {"network-access", "network_mode", "none"},
    {"default-capabilities", "cap_drop", "ALL"},
    {"new-privileges", "security_opt", "no-new-privileges"},
    {"writable-root", "read_only", "true"},
    {"unlimited-memory", "memory", "512m"},
    {"unlimited-swap", "memory_swap", "512m"},
    {"unlimited-cpu", "cpus", "1"},
    {"unlimited-pids", "pids_limit", "256"},
    {"unbounded-log", "log_options", "max-size=10m"},
}};

// Without the backticks. YAML would read `1000:1000` as a number to the base of sixty.
std::string Setting(const Container& container, std::string_view member, std::string_view value) {
  if (member == "log_options" && container.IsCompose())
    return "logging: {options: {max-size: 10m}}";
  const bool is_quoted = member == "user" && container.IsCompose();
  const std::string text = Spelling(
      container, member, is_quoted ? "\"" + std::string(value) + "\"" : std::string(value));
  return text.substr(1, text.size() - 2);
}

using Rules = std::set<std::string_view>;

// Compose refuses a limit in both of its places: where a service has limits under `deploy`, all go
// there. By the words of the service, which may say more than its model.
bool HasDeployLimits(const Container& container, const base::SourceSet& sources) {
  if (!container.IsCompose()) return false;
  const std::string_view text = sources.Text(container.extent);
  const std::size_t deploy = text.find("deploy");
  return deploy != std::string_view::npos && text.find("limits", deploy) != std::string_view::npos;
}

std::string DeployLimit(std::string_view member, std::string_view value) {
  if (member == "cpus") return "cpus: \"" + std::string(value) + "\"";
  if (member == "memory") return "memory: " + std::string(value);
  return member == "pids_limit" ? "pids: " + std::string(value) : "";
}

// Few programs live without a place for temporary files.
std::string TmpFor(const Container& container) {
  Container closed = container;
  closed.read_only = model::Setting<bool>::Known(true, {}, {});
  if (model::WritableAt(closed, "/tmp") != model::Tri::kNo) return "";
  return container.IsCompose() ? "tmpfs: [\"/tmp:rw,noexec,nosuid,size=512m\"]"
                               : "--tmpfs=/tmp:rw,noexec,nosuid,size=512m";
}

std::vector<std::string> SettingsFor(const Container& container, const Rules& rules,
                                     const base::SourceSet& sources) {
  std::vector<std::string> settings;
  const auto add = [&](std::string text) {
    if (!text.empty() && std::find(settings.begin(), settings.end(), text) == settings.end())
      settings.push_back(std::move(text));
  };
  const bool deploys = HasDeployLimits(container, sources);
  std::string limits;
  for (const Remedy& remedy : kRemedies) {
    if (!rules.contains(remedy.rule)) continue;
    // A service is not started by a client of its own.
    if (container.IsCompose() && remedy.member == "remove") continue;
    // As much in all as there is memory: no swap.
    const bool is_swap = remedy.member == "memory_swap" && container.memory.IsKnown();
    const std::string value =
        is_swap ? std::to_string(container.memory.value) : std::string(remedy.value);
    const std::string limit = deploys ? DeployLimit(remedy.member, value) : "";
    if (!limit.empty()) {
      limits += (limits.empty() ? "" : ", ") + limit;
      continue;
    }
    add(Setting(container, remedy.member, value));
    if (remedy.rule == "writable-root" && !container.mounts.HasUnknown()) add(TmpFor(container));
  }
  if (!limits.empty()) add("deploy: {resources: {limits: {" + limits + "}}}");
  return settings;
}

std::string CommandOf(const Container& container) {
  if (container.IsCompose()) return "";
  return std::string(Name(container.engine)) + (container.created_only ? " create" : " run");
}

}  // namespace

std::vector<Outline> OutlinesOf(const model::Document& document,
                                std::span<const Diagnostic> findings,
                                const base::SourceSet& sources) {
  struct Found {
    const diagnostic::Subject* subject = nullptr;
    Rules rules;
    std::set<base::Span> changes;
  };
  std::map<base::Span, Found> by_anchor;
  for (const Diagnostic& finding : findings) {
    if (!finding.subject || !finding.subject->span.IsValid() || finding.suppressed) continue;
    Found& found = by_anchor[finding.subject->span];
    found.subject = &*finding.subject;
    found.rules.insert(finding.rule);
    const bool is_written =
        finding.span != finding.subject->span && finding.span.file == finding.subject->span.file;
    if (is_written && finding.severity >= Severity::kWarning) found.changes.insert(finding.span);
  }
  std::vector<Outline> outlines;
  for (const Container& container : document.containers) {
    const auto found = by_anchor.find(sources.ToFile(container.anchor));
    if (found == by_anchor.end() || container.IsProvided()) continue;
    // `docker compose run`: another command, and the rest stands in the compose file.
    if (!container.IsCompose() && !container.service.empty()) continue;
    std::vector<std::string> settings = SettingsFor(container, found->second.rules, sources);
    if (!settings.empty())
      outlines.push_back({*found->second.subject,
                          CommandOf(container),
                          std::move(settings),
                          {found->second.changes.begin(), found->second.changes.end()}});
    by_anchor.erase(found);  // the other ways to the same command are answered with it
  }
  return outlines;
}

}  // namespace cagelint::engine
