// The shape of what model_json.cpp writes, in its order. What a setting can hold comes from its
// type, so that a line in settings.def is all that a new one needs.
#include "linter/driver/model_schema.h"

#include <cstdint>
#include <utility>

#include "linter/diagnostic/json_schema.h"
#include "linter/driver/command_settings.h"
#include "linter/model/container.h"
#include "linter/model/document.h"

namespace cagelint::driver {
namespace {

using namespace diagnostic::schema;  // NOLINT: a schema is nothing but these words

// A type that a setting can have: what it is called in `$defs`, and its shape.
struct Shape {
  std::string name;
  Json json;
};

Json OrUnknown(Json shape) { return {{"anyOf", Json::array({std::move(shape), Ref("unknown")})}}; }

Json Type(std::string_view name) { return {{"type", name}}; }

// What ToJson in model_json.cpp makes of a value: overloads for the types of settings.def.
Shape Of(const std::string&) { return {"string", Type("string")}; }
Shape Of(bool) { return {"boolean", Type("boolean")}; }
Shape Of(std::int64_t) { return {"integer", Type("integer")}; }
Shape Of(double) { return {"number", Type("number")}; }

Shape Of(const model::Port&) {
  return {"port", Closed({{"host_ip", Text("empty: all addresses")},
                          {"published", Text("a port or a range; empty: any that is free")},
                          {"target", Text("the port, or the range, inside")},
                          {"protocol", Text("tcp unless said otherwise")}})};
}

Shape Of(const model::Device&) {
  return {"device", Closed({{"source", Text("on the host")},
                            {"target", Text("inside")},
                            {"permissions", Text("of r, w and m")}})};
}

Shape Of(const model::Ulimit&) {
  return {"ulimit", Closed({{"name", Text("as the engine calls it")},
                            {"soft", Meaning("-1: unlimited", Type("integer"))},
                            {"hard", Meaning("-1: unlimited", Type("integer"))}})};
}

Shape Of(const model::Restart&) {
  return {"restart", Closed({{"policy", Text("no, always, on-failure, unless-stopped")},
                             {"max_retries", Meaning("0: no limit", Type("integer"))}})};
}

Shape Of(const model::Build&) {
  return {"build",
          Closed({{"context", Text("the folder, or an address")},
                  {"dockerfile", Text("empty: of the default name")},
                  {"target", Text("a stage; empty: the last one")}},
                 {{"user", Meaning("the last USER", OrUnknown(Type("string")))},
                  {"base", Meaning("the image below", OrUnknown(Type("string")))},
                  {"privileged", OrUnknown(Type("boolean"))},
                  {"entitlements", SomeOf(Type("string"), "what the build may do on the host")}})};
}

Shape Of(const model::Mount&) {
  return {
      "mount",
      Closed(Json::object(),
             {{"type", OrUnknown(Text("bind, volume, tmpfs, image, npipe, cluster"))},
              {"source", OrUnknown(Text("as the engine gets it"))},
              {"target", OrUnknown(Text("inside"))},
              {"read_only", OrUnknown(Flag("writable where it is left out"))},
              {"propagation", OrUnknown(Type("string"))},
              {"size", OrUnknown(Meaning("of a tmpfs, in bytes; 0: no limit", Type("integer")))},
              {"driver", OrUnknown(Type("string"))},
              {"options", SomeOf(Type("string"), "further ones, as written")},
              {"driver_opts", MapOf(Type("string"), "of the driver of the volume")}})};
}

// The shapes of settings, each put into `definitions` when it is first asked for.
class Settings {
 public:
  explicit Settings(Json& definitions) : definitions_(definitions) {}

  template <typename T>
  Json Of(const model::Setting<T>&) {
    const std::string value = Value<T>();
    return Defined(value + "_setting", [&] { return Setting(Ref(value)); });
  }

  template <typename T>
  Json Of(const model::List<T>&) {
    const std::string value = Value<T>();
    return Defined(value + "_list", [&] {
      return List(ListOf(OrUnknown(Ref(value)), "in their order"), "of each element of `value`");
    });
  }

  Json Of(const model::List<model::KeyValue>&) {
    return Defined("map", [&] {
      const Json value = {{"description", "null: taken from the environment of the client"},
                          {"type", Json::array({"string", "null"})}};
      return List(MapOf(OrUnknown(value), "the last of equal keys counts"),
                  "of each that was written, in their order");
    });
  }

  // What one target of a command is: a setting, and which container that is.
  Json Target() {
    Json out = Setting(Ref(Value<std::string>()));
    for (Json& form : out["anyOf"])
      form["properties"]["container"] =
          Whole("which of the containers of the same file that is, from 0; left out where unknown");
    return out;
  }

 private:
  template <typename T>
  std::string Value() {
    Shape shape = driver::Of(T{});
    static_cast<void>(Defined(shape.name, [&] { return std::move(shape.json); }));
    return shape.name;
  }

  template <typename Make>
  Json Defined(const std::string& name, const Make& make) {
    if (!definitions_.contains(name)) definitions_[name] = make();
    return Ref(name);
  }

  static Json Setting(const Json& value) {
    return {
        {"anyOf", Json::array({Closed({{"value", value}, {"range", Ref("place")}}),
                               Closed({{"dynamic", Ref("source")}, {"range", Ref("place")}})})}};
  }

  static Json List(const Json& value, std::string_view meaning) {
    return Closed(
        {{"value", value}, {"range", Ref("place")}, {"items", ListOf(Ref("place"), meaning)}},
        {{"dynamic", Meaning("there may be more of them", Ref("source"))}});
  }

  Json& definitions_;
};

// How an author writes a setting, from settings.def.
std::string Spelled(std::string_view flag, std::string_view key) {
  std::string out;
  if (!flag.empty()) out = "`" + std::string(flag) + "` of a command";
  if (!key.empty()) out += (out.empty() ? "`" : ", `") + std::string(key) + "` in a compose file";
  return out.empty() ? "behind the image of a command" : out;
}

Json ContainerSettings(Settings& settings) {
  const model::Container container;
  Json out = Json::object();
#define SETTING(type, member, flag, key) \
  out[#member] = Meaning(Spelled(flag, key), settings.Of(container.member));
#define LIST SETTING
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  return Meaning("What its author set; the rest is left out.",
                 Closed(Json::object(), std::move(out)));
}

Json Effective() {
  return Meaning(
      "What the settings amount to; what cannot be known is left out.",
      Closed({{"writable_paths", ListOf(Type("string"), "where something writable begins")}},
             {{"capabilities", ListOf(Type("string"), "sorted, with CAP_; or ALL alone")},
              {"seccomp", Text("`default`, `unconfined`, or the path of a profile as written")},
              {"no_new_privileges", Type("boolean")}}));
}

Json Container(Settings& settings) {
  return Closed({{"path", Ref("path")},
                 {"range", Meaning("the whole command, the whole service", Ref("range"))},
                 {"carrier", OneOf(Names<model::Carrier>(model::Name), "what the file is")},
                 {"engine", Ref("engine")},
                 {"settings", ContainerSettings(settings)},
                 {"effective", Effective()}},
                {{"name", Text("of the service, or what the author calls it")},
                 {"project", Text("of Compose")},
                 {"service", Text("whose settings `docker compose run` adds to")}});
}

Json Command(Settings& settings) {
  Json own = Json::object();
  ForEachSetting(model::Command(),
                 [&](const char* name, const auto& setting) { own[name] = settings.Of(setting); });
  return Meaning(
      "A command of a script on containers that are there.",
      Closed({{"path", Ref("path")},
              {"range", Ref("range")},
              {"engine", Ref("engine")},
              {"command", OneOf(Names<model::CommandKind>(model::Name), "which one")},
              {"order", Whole("its place among the containers and commands of its file")},
              {"targets", ListOf(settings.Target(), "the containers, as they are named")},
              {"settings", Closed(Json::object(), std::move(own))}}));
}

// `networks` and `volumes` of a project.
Json Resource(Json further) {
  Json sometimes = {{"external", OrUnknown(Flag("made by somebody else"))},
                    {"driver", OrUnknown(Type("string"))}};
  sometimes.update(further);
  return Closed(
      {{"key", Text("as services refer to it")}, {"name", Text("as the engine knows it")}},
      std::move(sometimes));
}

Json Profile() {
  return Meaning(
      "A seccomp profile.",
      Closed({{"path", Ref("path")},
              {"range", Meaning("what shows that it is one", Ref("range"))},
              {"default_action", Text("SCMP_ACT_ALLOW and such; empty where it has none")},
              {"entries", Whole("how many")}}));
}

Json Definitions() {
  Json out = CommonDefinitions();
  out["place"] = {
      {"description", "A range, with `path` where that is another file than its container's."},
      {"anyOf", Json::array({Closed({{"start", Ref("position")}, {"end", Ref("position")}},
                                    {{"path", Ref("path")}}),
                             Closed(Json::object())})}};
  out["source"] = Text("what is written where it cannot be known: `${UID}`");
  out["unknown"] = Closed({{"dynamic", Ref("source")}});
  out["engine"] = OneOf(Names<model::Engine>(model::Name), "the one that runs it");
  Settings settings(out);
  // Not in one expression: asking for a setting adds to `out`.
  const Json container = Container(settings);
  const Json command = Command(settings);
  out["container"] = container;
  out["command"] = command;
  out["network"] = Resource({{"internal", OrUnknown(Flag("no way out"))}});
  out["volume"] = Resource({{"driver_opts", MapOf(OrUnknown(Type("string")), "as written")}});
  out["profile"] = Profile();
  out["gap"] = Meaning("A part of an input that could not be judged.",
                       Closed(GapKeys(), {{"range", Ref("range")}}));
  return out;
}

}  // namespace

std::string ModelSchema() {
  return Document("cagelint model", "What `cagelint model` prints: what the linter understood.",
                  Closed({{"version", Meaning("of this format", {{"const", 1}})},
                          {"containers", ListOf(Ref("container"), "by path")},
                          {"networks", ListOf(Ref("network"), "of compose files")},
                          {"volumes", ListOf(Ref("volume"), "of compose files")},
                          {"profiles", ListOf(Ref("profile"), "each file once")},
                          {"commands", ListOf(Ref("command"), "in the order of each script")},
                          {"gaps", ListOf(Ref("gap"), "by path and place")}}),
                  Definitions());
}

}  // namespace cagelint::driver
