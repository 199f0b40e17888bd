#include "linter/output/rule_reference.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/model/container.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;

constexpr std::size_t kTextWidth = 96;

// The paragraphs of `text`, words wrapped, each line behind `indent`.
std::string Wrap(std::string_view text, std::string_view indent) {
  std::string out;
  for (const std::string_view paragraph : base::Split(text, '\n')) {
    std::string line;
    for (const std::string_view word : base::Split(paragraph, ' ')) {
      if (word.empty()) continue;
      if (!line.empty() && line.size() + 1 + word.size() > kTextWidth) {
        out += std::string(indent) + line + "\n";
        line.clear();
      }
      line += (line.empty() ? "" : " ") + std::string(word);
    }
    out += line.empty() ? "\n" : std::string(indent) + line + "\n";
  }
  return out;
}

std::string Example(std::string_view name, std::string_view bytes) {
  std::string out = "\n" + std::string(name) + ":\n";
  while (bytes.ends_with('\n')) bytes.remove_suffix(1);
  for (const std::string_view line : base::Split(bytes, '\n'))
    out += (line.empty() ? "" : "    ") + std::string(line) + "\n";
  return out;
}

// "agent: error, service: warning"
std::string Severities(const Reference& reference, std::string_view rule) {
  std::string out;
  for (const engine::Policy& policy : reference.policies)
    out +=
        (out.empty() ? "" : ", ") + policy.name + ": " + std::string(Name(policy.SeverityOf(rule)));
  return out;
}

}  // namespace

std::string RulesText(const Reference& reference) {
  std::size_t widest = 0;
  for (const engine::Rule* rule : reference.rules) widest = std::max(widest, rule->info.id.size());
  std::string out;
  std::string_view topic;
  for (std::size_t i = 0; i < reference.rules.size(); ++i) {
    const engine::RuleInfo& info = reference.rules[i]->info;
    if (reference.topics[i] != topic)
      out += (topic.empty() ? "" : "\n") + std::string(reference.topics[i]) + "\n";
    topic = reference.topics[i];
    out += "  " + std::string(info.id) + std::string(widest + 2 - info.id.size(), ' ') +
           std::string(info.title) + "\n";
  }
  return out;
}

std::string RuleBody(const engine::RuleInfo& info) {
  std::string out = Wrap(info.why, "") + "\n" + Wrap(info.rationale, "");
  for (const engine::Parameter& parameter : info.parameters)
    out +=
        "\nparameter " + std::string(parameter.name) + ": " + std::string(parameter.meaning) + "\n";
  out += Example("bad", info.bad) + Example("good", info.good);
  if (!info.references.empty()) out += "\nreferences:\n";
  for (const std::string_view reference_text : info.references)
    out += "  " + std::string(reference_text) + "\n";
  return out;
}

std::string RuleText(const Reference& reference, std::size_t index) {
  const engine::RuleInfo& info = reference.rules[index]->info;
  return std::string(info.id) + ": " + std::string(info.title) + "\n" +
         Severities(reference, info.id) + "\n\n" + RuleBody(info);
}

std::vector<std::string_view> CarriersOf(const engine::Rule& rule) {
  if (rule.on_profile != nullptr) return {"seccomp"};
  // A container is one wherever it is configured.
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(model::Carrier::kWorkflow); ++i)
    if (const auto carrier = static_cast<model::Carrier>(i); carrier != model::Carrier::kSeccomp)
      names.push_back(model::Name(carrier));
  return names;
}

}  // namespace cagelint::output
