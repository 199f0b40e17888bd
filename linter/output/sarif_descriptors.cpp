#include <algorithm>

#include "linter/base/text.h"
#include "linter/output/plain_text.h"
#include "linter/output/rule_reference.h"
#include "linter/output/sarif_parts.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;

constexpr std::size_t kMostTags = 10;              // GitHub shows no more
constexpr std::size_t kLongestDescription = 1024;  // and of a description no more than this

constexpr std::string_view kGapHelp =
    "Nothing is known of that part, and so nothing was found there. Where nothing worse was found "
    "the exit code is 3; with --allow-gaps it is 0.";

// "root-user" → "RootUser": a name is an identifier.
std::string PascalCase(std::string_view id) {
  std::string out;
  for (const std::string_view word : base::Split(id, '-')) {
    if (word.empty()) continue;
    out += base::ToUpper(word.substr(0, 1));
    out += word.substr(1);
  }
  return out;
}

// "missing-file" → "missing file"
std::string Words(std::string id) {
  std::replace(id.begin(), id.end(), '-', ' ');
  return id;
}

// The whole sentences at the begin of `text` that are short enough together.
std::string_view FirstSentences(std::string_view text) {
  if (text.size() <= kLongestDescription) return text;
  const std::size_t end = std::max(text.rfind(". ", kLongestDescription - 1) + 1,  // npos + 1 is 0
                                   text.rfind(".\n", kLongestDescription - 1) + 1);
  return end == 0 ? text.substr(0, text.find('\n')) : text.substr(0, end);
}

Json Configuration(const engine::RuleInfo& info, const engine::Policy& policy) {
  switch (policy.SeverityOf(info.id)) {
    case Severity::kOff:
      return {{"enabled", false}};
    case Severity::kInfo:
      return {{"level", "note"}};
    case Severity::kWarning:
      return {{"level", "warning"}};
    case Severity::kError:
      break;
  }
  return {{"level", "error"}};
}

Json Tags(const engine::RuleInfo& info, std::string_view topic) {
  Json out = {"security"};
  if (!topic.empty()) out.push_back(topic);
  for (const std::string_view item : info.cis)
    if (out.size() < kMostTags) out.push_back("cis-docker-1.6.0-" + std::string(item));
  return out;
}

Json Rule(const engine::RuleInfo& info, std::string_view topic, const WriterOptions& options) {
  Json out = {{"id", info.id}};
  // Of one word, it would be the id again.
  if (info.id.find('-') != std::string_view::npos) out["name"] = PascalCase(info.id);
  out["shortDescription"] = {{"text", info.title}};
  out["fullDescription"] = {{"text", FirstSentences(base::Trim(info.rationale))}};
  out["help"] = {{"text", RuleBody(info)}, {"markdown", RuleMarkdown(info)}};
  if (const auto uri = RuleUri(info.id, options)) out["helpUri"] = *uri;
  if (options.policy != nullptr) out["defaultConfiguration"] = Configuration(info, *options.policy);
  out["properties"] = {{"tags", Tags(info, topic)}};
  return out;
}

void Number(std::map<std::string, std::size_t>& names) {
  std::size_t next = 0;
  for (auto& [name, index] : names) index = next++;
}

}  // namespace

SarifDescriptors::SarifDescriptors(const engine::Report& report) {
  for (const auto& finding : report.findings) rules_.emplace(finding.rule, 0);
  for (const auto& gap : report.gaps) kinds_.emplace(gap.kind, 0);
  Number(rules_);
  Number(kinds_);
}

std::vector<Json> SarifDescriptors::Rules(const WriterOptions& options) const {
  std::vector<Json> out(rules_.size());
  for (const auto& [id, index] : rules_) out[index] = {{"id", id}};
  for (std::size_t i = 0; i < options.rules.size(); ++i) {
    const engine::RuleInfo& info = options.rules[i]->info;
    const auto found = rules_.find(std::string(info.id));
    if (found == rules_.end()) continue;
    const std::string_view topic = i < options.topics.size() ? options.topics[i] : "";
    out[found->second] = Rule(info, topic, options);
  }
  return out;
}

std::vector<Json> SarifDescriptors::Notifications() const {
  std::vector<Json> out;
  for (const auto& [kind, index] : kinds_) {
    const std::string title = "could not be judged: " + Words(kind);
    out.push_back({{"id", kind},
                   {"shortDescription", {{"text", title}}},
                   {"fullDescription", {{"text", "A part of an input " + title + "."}}},
                   {"help", {{"text", kGapHelp}}},
                   {"defaultConfiguration", {{"level", "warning"}}}});
  }
  return out;
}

}  // namespace cagelint::output
