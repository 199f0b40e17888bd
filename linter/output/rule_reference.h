// The reference of the rules, made from what each rule says of itself.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/engine/policy.h"
#include "linter/engine/rule.h"

namespace cagelint::output {

struct Reference {
  std::span<const engine::Rule* const> rules;  // sorted by topic
  std::span<const std::string_view> topics;    // of each rule; as many
  std::vector<engine::Policy> policies;
};

// All for the terminal: a line a rule, by topic.
std::string RulesText(const Reference& reference);
// `{"version": 1, "rules": […]}`
std::string RulesJson(const Reference& reference);
// rules/README.md
std::string RulesMarkdown(const Reference& reference);
// One for the terminal: everything about `reference.rules[index]`.
std::string RuleText(const Reference& reference, std::size_t index);

// What both say of a rule behind its id.
std::string RuleBody(const engine::RuleInfo& info);
std::string RuleMarkdown(const engine::RuleInfo& info);

// Of JSON and Markdown: the names of the carriers on which a rule can find something.
std::vector<std::string_view> CarriersOf(const engine::Rule& rule);

}  // namespace cagelint::output
