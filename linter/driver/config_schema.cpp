#include "linter/driver/config_schema.h"

#include <nlohmann/json.hpp>

#include "linter/driver/config_keys.h"
#include "linter/driver/lint.h"
#include "linter/input/reader.h"

namespace cagelint::driver {
namespace {

using Json = nlohmann::ordered_json;

Json Text() { return {{"type", "string"}, {"minLength", 1}}; }

Json TextOrList(const Json& item) {
  return {{"anyOf", Json::array({item, {{"type", "array"}, {"items", item}}})}};
}

Json Closed(Json properties) {
  return {
      {"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
}

Json Severity() { return {{"enum", {"off", "info", "warning", "error"}}}; }

Json RuleSetting(const engine::RuleInfo& info) {
  Json properties = {{"severity", Severity()}};
  for (const engine::Parameter& parameter : info.parameters) {
    properties[std::string(parameter.name)] = TextOrList(Text());
    properties[std::string(parameter.name)]["description"] = parameter.meaning;
  }
  return {{"description", info.title},
          {"anyOf", Json::array({Severity(), Closed(std::move(properties))})}};
}

Json ForEachRule(Json (*make)(const engine::RuleInfo&)) {
  Json properties = Json::object();
  for (const engine::Rule* rule : Rules())
    properties[std::string(rule->info.id)] = make(rule->info);
  return Closed(std::move(properties));
}

Json Carriers() {
  Json names = {model::Name(model::Carrier::kCommandLine)};
  for (const input::Reader& reader : input::Readers()) names.push_back(reader.name);
  return {{"enum", names}};
}

Json Mapping(std::span<const ConfigKey> keys);

Json Of(const ConfigKey& key) {
  switch (key.kind) {
    case KeyKind::kText:
    case KeyKind::kFile:
      return Text();
    case KeyKind::kPolicy: {
      Json file = Text();
      file["pattern"] = "/|\\.ya?ml$";
      return {{"anyOf", Json::array({{{"enum", PolicyNames()}}, file})}};
    }
    case KeyKind::kEngine:
      return {{"enum", {"auto", "docker", "podman", "nerdctl"}}};
    case KeyKind::kPatterns:
      return TextOrList(Text());
    case KeyKind::kCarriers:
      return TextOrList(Carriers());
    case KeyKind::kRules:
      return ForEachRule(RuleSetting);
    case KeyKind::kReasons:
      return ForEachRule([](const engine::RuleInfo& info) {
        Json reason = Text();
        reason["description"] = std::string("why this is meant to be: ") + std::string(info.title);
        return reason;
      });
    case KeyKind::kOverrides:
      return {{"type", "array"}, {"items", Mapping(OverrideKeys())}};
  }
  return Json::object();
}

Json Mapping(std::span<const ConfigKey> keys) {
  Json properties = Json::object();
  for (const ConfigKey& key : keys) {
    Json& property = properties[std::string(key.name)] = Of(key);
    property["description"] = key.meaning;
  }
  return Closed(std::move(properties));
}

}  // namespace

std::string ConfigSchema() {
  Json schema = Mapping(ConfigKeys());
  schema["$schema"] = "http://json-schema.org/draft-07/schema#";
  schema["title"] = "cagelint configuration";
  return schema.dump(2) + "\n";
}

}  // namespace cagelint::driver
