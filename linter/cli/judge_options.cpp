#include "linter/cli/judge_options.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>
#include <utility>

#include "linter/cli/run.h"
#include "linter/cli/usage.h"

namespace cagelint::cli {
namespace {

using base::Error;
using base::Result;

constexpr std::array<std::string_view, 3> kLevels{"info", "warning", "error"};

// Puts the policy that the user named into `request`. Says what is wrong.
std::optional<std::string> SetPolicy(const std::string& name, driver::Request& request) {
  std::vector<std::string> errors;
  auto policy = driver::NamedPolicy(name, base::RealFiles(), errors);
  if (!errors.empty()) return errors.front();
  request.policy = std::move(policy);
  request.policy_is_forced = !name.empty();
  return std::nullopt;
}

}  // namespace

std::string Today() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[sizeof "2026-11-25"] = {};
  return std::strftime(text, sizeof text, "%Y-%m-%d", &parts) > 0 ? text : "";
}

void AddJudgeOptions(OptionSet& set, JudgeOptions& options) {
  set.Group("Rules");
  AddPolicyOption(set, options.policy);
  set.Value("--config", options.config, "in place of the nearest; --no-config: none", "FILE");
  set.Flag("--no-config", options.no_config, "");
  set.Repeated("--select", options.select, "only these", "RULE,...");
  set.Repeated("--ignore", options.ignore, "not these", "RULE,...");
  set.Value("--min-severity", options.min_severity,
            "hide what is below: info (default), warning, error", "LEVEL")
      .Offer(kLevels);
  set.Flag("--no-ignores", options.no_ignores, "no suppression and no baseline counts");
  set.Flag("--strict", options.strict, "a setting that cannot be known counts as absent");
}

int ExitCode(const engine::Report& report, const std::string& fail_on, bool allow_gaps) {
  using diagnostic::Severity;
  if (!report.errors.empty()) return kFailed;
  if (fail_on != "never") {
    const Severity least = *diagnostic::SeverityNamed(fail_on);
    for (const Severity severity : {Severity::kInfo, Severity::kWarning, Severity::kError})
      if (severity >= least && report.Count(severity) > 0) return kFindings;
  }
  return report.Gaps() == 0 || allow_gaps ? kClean : kGaps;
}

Result<driver::Request> MakeJudgeRequest(const InputOptions& input, const JudgeOptions& options,
                                         const Words& words) {
  if (const auto bad = FindUnknown("--min-severity", "level", options.min_severity, kLevels))
    return Error{*bad};
  if (options.no_config && !options.config.empty())
    return Error{"--config and --no-config: one of them"};
  engine::Selection selection;
  selection.min_severity = *diagnostic::SeverityNamed(options.min_severity);
  for (const auto& [lists, ids] :
       {std::pair{&options.select, &selection.select}, {&options.ignore, &selection.ignore}}) {
    auto read = RuleIds(*lists);
    if (!read.Ok()) return Error{read.Message()};
    *ids = std::move(read).Value();
  }
  auto request = MakeRequest(input, words);
  if (!request.Ok()) return request;
  driver::Request out = std::move(request).Value();
  if (const auto bad = SetPolicy(options.policy, out)) return Error{*bad};
  out.config = options.config;
  out.no_config = options.no_config;
  out.honours_suppressions = !options.no_ignores;
  out.today = Today;
  out.selection = std::move(selection);
  out.strict = options.strict;
  return out;
}

}  // namespace cagelint::cli
