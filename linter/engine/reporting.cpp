// What rules say in the same way, of many places.
#include <algorithm>
#include <array>

#include "linter/engine/rule.h"
#include "linter/seccomp/dangers.h"

namespace cagelint::engine {

namespace {

// Takes the name of a call out of the list that allows it.
std::vector<model::Fix> TakeOut(const base::Span& name, const Reporter& report) {
  const std::string call(report.Text(name));
  base::Span whole = name;
  // What ordinary programs call as well needs a condition, and `clone3` an answer of its own.
  constexpr std::array<std::string_view, 7> kNeeded{"clone", "clone3",  "socket",     "socketpair",
                                                    "mknod", "mknodat", "personality"};
  const bool is_needed = std::find(kNeeded.begin(), kNeeded.end(), call) != kNeeded.end();
  if (name.begin == 0 || is_needed) return {};
  --whole.begin;
  ++whole.end;
  if (report.Text(whole) != "\"" + call + "\"") return {};
  return {model::Unsafe("take `" + call + "` out of what is allowed",
                        "a program that calls it fails", {model::Remove(whole)})};
}

}  // namespace

void ReportRemarks(const model::Document& document, model::RemarkKind kind, Reporter& report) {
  for (const model::Remark& remark : document.remarks)
    if (remark.kind == kind)
      report.Add({.span = remark.span,
                  .message = remark.message,
                  .help = remark.help,
                  .labels = remark.labels});
}

std::vector<model::Fix> MountReadOnly(const model::Container& container, const base::Span& whole) {
  if (model::CanRemount(container)) return {};
  return {model::Unsafe("mount it read-only", "what the program writes there is no longer kept",
                        {model::SetOf("mounts.read_only", "true", whole)})};
}

std::string_view Name(Fixable fixable) {
  if (fixable == Fixable::kNone) return "none";
  return fixable == Fixable::kSafe ? "safe" : "unsafe";
}

void ReportDangers(const seccomp::Judgement& judgement, std::string_view help, Reporter& report) {
  for (seccomp::Exposure& exposure : seccomp::ExposedFor(judgement, report.RuleId()))
    report.Add({.span = exposure.span,
                .message = std::move(exposure.message),
                .help = std::string(help),
                .labels = std::move(exposure.labels),
                .fixes = TakeOut(exposure.span, report),
                .weight = exposure.minor ? Weight::kAtMostInfo : Weight::kAsPolicy});
}

}  // namespace cagelint::engine
