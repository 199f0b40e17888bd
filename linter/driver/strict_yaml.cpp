#include "linter/driver/strict_yaml.h"

#include <algorithm>
#include <set>

#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "linter/syntax/yaml.h"

namespace cagelint::driver {
namespace {

using syntax::NodeId;

constexpr std::size_t kMostErrors = 20;
constexpr std::string_view kSeverities[] = {"off", "info", "warning", "error"};

}  // namespace

std::string UnknownWord(std::string_view what, std::string_view word,
                        std::span<const std::string_view> candidates) {
  constexpr std::size_t kFew = 8;
  std::string out = "unknown " + std::string(what) + " `" + std::string(word) + "`";
  const std::string_view near = base::Suggest(word, candidates);
  if (!near.empty()) return out + "; did you mean `" + std::string(near) + "`?";
  if (candidates.size() > kFew) return out;
  for (std::size_t i = 0; i < candidates.size(); ++i)
    out += (i == 0 ? "; there are: " : ", ") + std::string(candidates[i]);
  return out;
}

StrictYaml::StrictYaml(const base::Source& source, std::vector<std::string>& errors)
    : source_(source), errors_(errors), tree_(syntax::ParseYaml(source.Bytes(), source.Id())) {
  for (const syntax::SyntaxError& error : tree_.errors) Refuse(error.span, error.message);
  if (!tree_.errors.empty()) return;
  if (tree_.documents.size() > 1) {
    Refuse(At(tree_.documents[1]).span, "a second document; there must be one");
    return;
  }
  readable_ = true;
  if (tree_.documents.empty() || At(tree_.documents[0]).IsNull()) return;
  root_ = tree_.documents[0];
  if (At(root_).IsMap()) return;
  readable_ = false;
  Refuse(At(root_).span, "not a mapping of keys");
}

void StrictYaml::Refuse(const base::Span& span, const std::string& message) {
  if (errors_.size() >= kMostErrors) return;
  const base::Position at = source_.PositionAt(span.IsValid() ? span.begin : 0);
  errors_.push_back(source_.Path() + ":" + std::to_string(at.line) + ":" +
                    std::to_string(at.column) + ": " + message);
}

void StrictYaml::Each(NodeId id, std::string_view what, std::span<const ConfigKey> keys,
                      const Take& take) {
  if (id == syntax::kNoNode) return;
  if (!At(id).IsMap()) return Refuse(At(id).span, std::string(what) + " must be a mapping of keys");
  std::vector<std::string_view> names;
  for (const ConfigKey& key : keys) names.push_back(key.name);
  std::set<std::string_view> seen;
  for (const syntax::Entry& entry : At(id).entries) {
    const syntax::Node& key = At(entry.key);
    const auto known = std::find(names.begin(), names.end(), key.text);
    if (!key.IsScalar() || known == names.end()) {
      Refuse(key.span, UnknownWord("key", key.text, names));
    } else if (!seen.insert(*known).second) {
      Refuse(key.span, "`" + key.text + "` stands here twice");
    } else {
      take(keys[static_cast<std::size_t>(known - names.begin())], entry.value);
    }
  }
}

std::string StrictYaml::Text(NodeId id, std::string_view what) {
  const syntax::Node& node = At(id);
  if (node.IsScalar() && !base::Trim(node.text).empty()) return node.text;
  Refuse(node.span, std::string(what) + " must be a text");
  return "";
}

std::vector<std::string> StrictYaml::Texts(NodeId id, std::string_view what) {
  const syntax::Node& node = At(id);
  std::vector<std::string> out;
  if (!node.IsList()) {
    out.push_back(Text(id, what));
    return out;
  }
  for (const NodeId item : node.items) out.push_back(Text(item, what));
  return out;
}

const engine::Rule* StrictYaml::RuleAt(NodeId key) {
  const syntax::Node& node = At(key);
  std::vector<std::string_view> ids;
  for (const engine::Rule* rule : driver::Rules()) {
    if (node.IsScalar() && rule->info.id == node.text) return rule;
    ids.push_back(rule->info.id);
  }
  Refuse(node.span, UnknownWord("rule", node.text, ids));
  return nullptr;
}

std::optional<diagnostic::Severity> StrictYaml::SeverityAt(NodeId value) {
  const syntax::Node& node = At(value);
  const auto severity = node.IsScalar() ? diagnostic::SeverityNamed(node.text) : std::nullopt;
  if (!severity) Refuse(node.span, UnknownWord("severity", node.text, kSeverities));
  return severity;
}

engine::RuleSetting StrictYaml::Setting(const engine::Rule& rule, NodeId value) {
  engine::RuleSetting setting;
  if (!At(value).IsMap()) {
    setting.severity = SeverityAt(value);
    return setting;
  }
  std::vector<ConfigKey> keys{{"severity", KeyKind::kText, ""}};
  for (const engine::Parameter& parameter : rule.info.parameters)
    keys.push_back({parameter.name, KeyKind::kPatterns, ""});
  Each(value, "the setting of a rule", keys, [&](const ConfigKey& key, NodeId of) {
    if (key.name == "severity") {
      setting.severity = SeverityAt(of);
    } else {
      setting.parameters[std::string(key.name)] = Texts(of, key.name);
    }
  });
  return setting;
}

engine::RuleSettings StrictYaml::Rules(NodeId id) {
  engine::RuleSettings out;
  if (!At(id).IsMap()) {
    Refuse(At(id).span, "`rules` maps rules to severities");
    return out;
  }
  for (const syntax::Entry& entry : At(id).entries) {
    const engine::Rule* rule = RuleAt(entry.key);
    if (rule == nullptr) continue;
    if (!out.emplace(rule->info.id, Setting(*rule, entry.value)).second)
      Refuse(At(entry.key).span, "`" + At(entry.key).text + "` stands here twice");
  }
  return out;
}

std::vector<model::Suppression> StrictYaml::Reasons(NodeId id) {
  std::vector<model::Suppression> out;
  if (!At(id).IsMap()) {
    Refuse(At(id).span, "`ignore` maps rules to reasons");
    return out;
  }
  for (const syntax::Entry& entry : At(id).entries) {
    const engine::Rule* rule = RuleAt(entry.key);
    const syntax::Node& reason = At(entry.value);
    if (rule == nullptr) continue;
    if (!reason.IsScalar() || base::Trim(reason.text).empty()) {
      Refuse(At(entry.key).span, "the reason to ignore `" + At(entry.key).text + "` is missing");
      continue;
    }
    model::Suppression one;
    one.by = model::Suppression::By::kConfig;
    one.span = At(entry.key).span;
    one.ids = {{std::string(rule->info.id), one.span}};
    one.reason = reason.text;
    one.reach = model::Suppression::Reach::kContainer;
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace cagelint::driver
