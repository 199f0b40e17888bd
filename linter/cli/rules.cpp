#include <algorithm>
#include <array>
#include <string>

#include "linter/cli/options.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/output/rule_reference.h"

namespace cagelint::cli {
namespace {

struct Format {
  std::string_view name;
  std::string (*write)(const output::Reference&);
};
constexpr std::array<Format, 3> kFormats{{{"text", output::RulesText},
                                          {"json", output::RulesJson},
                                          {"markdown", output::RulesMarkdown}}};

base::Result<output::Reference> LoadReference() {
  output::Reference reference;
  reference.rules = driver::Rules();
  reference.topics = rules::Topics();
  for (const std::string& name : driver::PolicyNames()) {
    auto policy = driver::LoadPolicy(name);
    if (!policy.Ok()) return base::Error{policy.Message()};
    reference.policies.push_back(std::move(policy).Value());
  }
  return reference;
}

std::vector<std::string_view> FormatNames() {
  std::vector<std::string_view> names;
  for (const Format& format : kFormats) names.push_back(format.name);
  return names;
}

int RunRules(const Words& words) {
  std::string format = "text";
  OptionSet set("rules", "Lists the rules.");
  const std::vector<std::string_view> names = FormatNames();
  set.Value("--format", format, "text (default), json, markdown", "NAME").Offer(names);
  if (const auto done = Parse(set, words)) return *done;
  const auto found = std::find_if(kFormats.begin(), kFormats.end(),
                                  [&](const Format& known) { return known.name == format; });
  if (found == kFormats.end())
    return UsageError("rules", "--format: " + Unknown("format", format, names));
  const auto reference = LoadReference();
  if (!reference.Ok()) return Fail(reference.Message());
  return Print(found->write(reference.Value())) ? kClean : kFailed;
}

int RunExplain(const Words& words) {
  std::string id;
  OptionSet set("explain", "Explains a rule: what is wrong, why, and how to do better.");
  set.Argument(id, "its id, as a finding shows it", "RULE");
  if (const auto done = Parse(set, words)) return *done;
  if (id.empty()) return UsageError("explain", "no rule is named");
  const auto reference = LoadReference();
  if (!reference.Ok()) return Fail(reference.Message());
  for (std::size_t i = 0; i < reference.Value().rules.size(); ++i)
    if (reference.Value().rules[i]->info.id == id)
      return Print(output::RuleText(reference.Value(), i)) ? kClean : kFailed;
  return Fail(UnknownRule(id));
}

}  // namespace

extern const Command kRulesCommand{"rules", "list the rules", RunRules};
extern const Command kExplainCommand{"explain", "explain a rule", RunExplain};

}  // namespace cagelint::cli
