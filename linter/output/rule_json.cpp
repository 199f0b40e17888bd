#include <nlohmann/json.hpp>

#include "linter/output/rule_reference.h"
#include "linter/output/writers.h"

namespace cagelint::output {
namespace {

using Json = nlohmann::ordered_json;

Json Parameters(const engine::RuleInfo& info) {
  Json out = Json::array();
  for (const engine::Parameter& parameter : info.parameters)
    out.push_back({{"name", parameter.name},
                   {"meaning", parameter.meaning},
                   {"default", parameter.fallback}});
  return out;
}

Json RuleJson(const Reference& reference, std::size_t index) {
  const engine::Rule& rule = *reference.rules[index];
  const engine::RuleInfo& info = rule.info;
  Json out;
  out["id"] = info.id;
  out["topic"] = reference.topics[index];
  out["title"] = info.title;
  out["why"] = info.why;
  out["rationale"] = info.rationale;
  out["references"] = info.references;
  out["severity"] = Json::object();
  for (const engine::Policy& policy : reference.policies)
    out["severity"][policy.name] = Name(policy.SeverityOf(info.id));
  out["cis"] = info.cis;
  out["carriers"] = CarriersOf(rule);
  out["parameters"] = Parameters(info);
  out["fix"] = Name(info.fix);
  out["bad"] = info.bad;
  out["good"] = info.good;
  out["url"] = RuleUrl(info.id);
  return out;
}

}  // namespace

std::string RulesJson(const Reference& reference) {
  Json out;
  out["version"] = 1;
  out["rules"] = Json::array();
  for (std::size_t i = 0; i < reference.rules.size(); ++i)
    out["rules"].push_back(RuleJson(reference, i));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cagelint::output
