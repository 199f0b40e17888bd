// A YAML file of ours (a configuration, a policy): every key and value is known, or an error with
// its place.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/driver/config_keys.h"
#include "linter/engine/config.h"
#include "linter/engine/rule.h"
#include "linter/syntax/node.h"

namespace cagelint::driver {

class StrictYaml {
 public:
  // Parses `source`, which must outlive this. What is wrong with the file goes to `errors`, each as
  // "PATH:LINE:COLUMN: message".
  StrictYaml(const base::Source& source, std::vector<std::string>& errors);

  // False when the file is not YAML, or not one mapping at its top. An empty file is fine: an empty
  // mapping.
  bool IsReadable() const { return readable_; }
  syntax::NodeId Root() const { return root_; }  // kNoNode for an empty file

  // Calls `take` for each entry of map `id` whose key is one of `keys`; says what is wrong with the
  // others, also when it is no map.
  using Take = std::function<void(const ConfigKey& key, syntax::NodeId value)>;
  void Each(syntax::NodeId id, std::string_view what, std::span<const ConfigKey> keys,
            const Take& take);

  // A text; "" after an error.
  std::string Text(syntax::NodeId id, std::string_view what);
  // A text, or a list of them.
  std::vector<std::string> Texts(syntax::NodeId id, std::string_view what);
  const syntax::Node& At(syntax::NodeId id) const { return tree_.At(id); }

  // rule → severity, or {severity: …, PARAMETER: …}.
  engine::RuleSettings Rules(syntax::NodeId id);
  // rule → reason.
  std::vector<model::Suppression> Reasons(syntax::NodeId id);

  void Refuse(const base::Span& span, const std::string& message);

 private:
  const engine::Rule* RuleAt(syntax::NodeId key);
  engine::RuleSetting Setting(const engine::Rule& rule, syntax::NodeId value);
  std::optional<diagnostic::Severity> SeverityAt(syntax::NodeId value);

  const base::Source& source_;
  std::vector<std::string>& errors_;
  syntax::Tree tree_;
  syntax::NodeId root_ = syntax::kNoNode;
  bool readable_ = false;
};

// "unknown WHAT `word`; did you mean `x`?", or the candidates where they are few.
std::string UnknownWord(std::string_view what, std::string_view word,
                        std::span<const std::string_view> candidates);

}  // namespace cagelint::driver
