#include "linter/diagnostic/json_schema.h"

#include <utility>

namespace cagelint::diagnostic::schema {

Json Meaning(std::string_view meaning, Json shape) {
  Json out = {{"description", meaning}};
  out.update(shape);
  return out;
}

Json Text(std::string_view meaning) { return Meaning(meaning, {{"type", "string"}}); }

Json Flag(std::string_view meaning) { return Meaning(meaning, {{"type", "boolean"}}); }

Json Whole(std::string_view meaning, int least) {
  return Meaning(meaning, {{"type", "integer"}, {"minimum", least}});
}

Json Ref(std::string_view name) { return {{"$ref", "#/$defs/" + std::string(name)}}; }

Json ListOf(Json item, std::string_view meaning) {
  return Meaning(meaning, {{"type", "array"}, {"items", std::move(item)}});
}

Json SomeOf(Json item, std::string_view meaning) {
  Json out = ListOf(std::move(item), meaning);
  out["minItems"] = 1;
  return out;
}

Json OneOf(Json names, std::string_view meaning) {
  return Meaning(meaning, {{"enum", std::move(names)}});
}

Json Closed(Json always, Json sometimes) {
  Json required = Json::array();
  for (const auto& [key, shape] : always.items()) required.push_back(key);
  always.update(sometimes);
  Json out = {{"type", "object"}, {"additionalProperties", false}};
  out["properties"] = std::move(always);
  if (!required.empty()) out["required"] = std::move(required);
  return out;
}

Json MapOf(Json value, std::string_view meaning) {
  return Meaning(meaning, {{"type", "object"}, {"additionalProperties", std::move(value)}});
}

Json CommonDefinitions() {
  Json out;
  out["id"] = Meaning("The id of a rule, or of a kind of gap. Further ones may come.",
                      {{"type", "string"}, {"pattern", "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"}});
  out["path"] = Text(
      "A file, relative to the working directory or absolute, with `/`. `<stdin>` and `<command "
      "line>` are none.");
  out["position"] = Closed({{"line", Whole("from 1", 1)},
                            {"column", Whole("in Unicode code points, from 1", 1)},
                            {"offset", Whole("in bytes from the begin of the file, from 0")}});
  out["range"] = Meaning("Half open: the end is behind it.",
                         Closed({{"start", Ref("position")}, {"end", Ref("position")}}));
  out["range_or_nothing"] = {{"description", "An empty object where there is no place."},
                             {"anyOf", Json::array({Ref("range"), Closed(Json::object())})}};
  return out;
}

Json GapKeys() {
  return {{"kind", Ref("id")},
          {"message", Text("what could not be judged, or read")},
          {"path", Ref("path")},
          {"refused",
           Flag("whether the real program (client, compose loader, runtime) would refuse this")}};
}

std::string Document(std::string_view title, std::string_view meaning, const Json& shape,
                     Json definitions) {
  Json out = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
              {"title", title},
              {"description", meaning}};
  out.update(shape);
  out["$defs"] = std::move(definitions);
  return out.dump(2) + "\n";
}

}  // namespace cagelint::diagnostic::schema
