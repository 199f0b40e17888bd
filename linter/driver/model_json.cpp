#include "linter/driver/model_json.h"

#include <set>

#include <nlohmann/json.hpp>

#include "linter/driver/command_settings.h"
#include "linter/driver/json_range.h"

namespace cagelint::driver {
namespace {

using Json = nlohmann::ordered_json;

// What a value is inside `value`: overloads for the types of settings.def.
Json ToJson(const std::string& value) { return value; }
Json ToJson(bool value) { return value; }
Json ToJson(std::int64_t value) { return value; }
Json ToJson(double value) { return value; }

Json ToJson(const model::Port& port) {
  return {{"host_ip", port.host_ip},
          {"published", port.published},
          {"target", port.target},
          {"protocol", port.protocol}};
}

Json ToJson(const model::Device& device) {
  return {
      {"source", device.source}, {"target", device.target}, {"permissions", device.permissions}};
}

Json ToJson(const model::Ulimit& limit) {
  return {{"name", limit.name}, {"soft", limit.soft}, {"hard", limit.hard}};
}

Json ToJson(const model::Restart& restart) {
  return {{"policy", restart.policy}, {"max_retries", restart.max_retries}};
}

template <typename T>
void Put(Json& object, const char* key, const model::Setting<T>& setting) {
  if (setting.IsKnown()) object[key] = ToJson(setting.value);
  if (setting.IsDynamic()) object[key] = {{"dynamic", setting.source}};
}

Json ToJson(const model::Build& build) {
  Json out = {
      {"context", build.context}, {"dockerfile", build.dockerfile}, {"target", build.target}};
  Put(out, "user", build.user);
  Put(out, "base", build.base);
  Put(out, "privileged", build.privileged);
  for (const auto& one : build.entitlements.items)
    if (one.IsKnown()) out["entitlements"].push_back(one.value);
  return out;
}

Json ToJson(const model::Mount& mount) {
  Json out = Json::object();
  Put(out, "type", mount.type);
  Put(out, "source", mount.source);
  Put(out, "target", mount.target);
  Put(out, "read_only", mount.read_only);
  Put(out, "propagation", mount.propagation);
  Put(out, "size", mount.size);
  Put(out, "driver", mount.driver);
  for (const auto& option : mount.options.items)
    if (option.IsKnown()) out["options"].push_back(option.value);
  for (const auto& [key, value] : mount.driver_options) out["driver_opts"][key] = value;
  return out;
}

class Printer {
 public:
  explicit Printer(const base::SourceSet& sources) : sources_(sources) {}

  Json Container(const model::Container& container, std::string_view carrier) {
    home_ = sources_.FileOf(container.extent.file);
    Json out;
    out["path"] = PathOf(sources_, container.extent);
    out["range"] = RangeJson(sources_, container.extent);
    out["carrier"] = carrier;
    out["engine"] = model::Name(container.engine);
    if (container.IsCompose()) {
      out["name"] = container.service;
      if (!container.project.empty()) out["project"] = container.project;
    } else {
      if (container.name.IsKnown()) out["name"] = container.name.value;
      // `docker compose run`: whose settings the command line adds to.
      if (!container.service.empty()) out["service"] = container.service;
    }
    out["settings"] = Settings(container);
    out["effective"] = Effective(container);
    return out;
  }

  Json Command(const model::Command& command) {
    home_ = sources_.FileOf(command.extent.file);
    Json out;
    out["path"] = PathOf(sources_, command.extent);
    out["range"] = RangeJson(sources_, command.extent);
    out["engine"] = model::Name(command.engine);
    out["command"] = model::Name(command.kind);
    out["order"] = command.order;
    Json targets = Json::array();
    for (const model::Target& target : command.targets) {
      Json one = Value(target.name);
      if (target.container >= 0) one["container"] = target.container;
      targets.push_back(std::move(one));
    }
    out["targets"] = std::move(targets);
    Json settings = Json::object();
    ForEachSetting(command,
                   [&](const char* name, const auto& setting) { AddTo(settings, name, setting); });
    out["settings"] = std::move(settings);
    return out;
  }

 private:
  Json Range(const base::Span& span) {
    Json range = RangeJson(sources_, span);
    if (span.IsValid() && sources_.FileOf(span.file) != home_)
      range["path"] = PathOf(sources_, span);
    return range;
  }

  template <typename T>
  Json Value(const model::Setting<T>& setting) {
    Json out;
    if (setting.IsDynamic()) {
      out["dynamic"] = setting.source;
    } else {
      out["value"] = ToJson(setting.value);
    }
    out["range"] = Range(setting.whole);
    return out;
  }

  template <typename T>
  void AddTo(Json& object, const char* name, const model::Setting<T>& setting) {
    if (!setting.IsAbsent()) object[name] = Value(setting);
  }

  template <typename T>
  void AddTo(Json& object, const char* name, const model::List<T>& list) {
    if (list.IsAbsent()) return;
    Json value = Json::array();
    Json items = Json::array();
    for (const auto& item : list.items) {
      // Those are among `secrets` and `configs`.
      if constexpr (std::is_same_v<T, model::Mount>)
        if (item.value.form == model::Mount::Form::kFile) continue;
      value.push_back(item.IsDynamic() ? Json{{"dynamic", item.source}} : ToJson(item.value));
      items.push_back(Range(item.whole));
    }
    if (items.empty() && !list.items.empty()) return;
    object[name] = {{"value", std::move(value)}, {"range", Range(list.whole)}, {"items", items}};
    if (list.IsDynamic()) object[name]["dynamic"] = list.source;
  }

  // Keys with values are a map, as Compose writes them; the last of equal keys counts.
  void AddTo(Json& object, const char* name, const model::List<model::KeyValue>& list) {
    if (list.IsAbsent()) return;
    Json value = Json::object();
    Json items = Json::array();
    for (const auto& item : list.items) {
      if (item.IsKnown()) {
        value[item.value.key] = item.value.value ? Json(*item.value.value) : Json(nullptr);
      } else if (!item.value.key.empty()) {
        value[item.value.key] = {{"dynamic", item.source}};
      }
      items.push_back(Range(item.whole));
    }
    object[name] = {{"value", std::move(value)}, {"range", Range(list.whole)}, {"items", items}};
    if (list.IsDynamic()) object[name]["dynamic"] = list.source;
  }

  Json Settings(const model::Container& container) {
    Json out = Json::object();
#define SETTING(type, member, flag, key) AddTo(out, #member, container.member);
#define LIST(type, member, flag, key) AddTo(out, #member, container.member);
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
    return out;
  }

  Json Effective(const model::Container& container) {
    const model::Effective& effective = container.effective;
    Json out;
    if (effective.capabilities) out["capabilities"] = *effective.capabilities;
    switch (effective.seccomp) {
      case model::SeccompKind::kDefault:
        out["seccomp"] = "default";
        break;
      case model::SeccompKind::kUnconfined:
        out["seccomp"] = "unconfined";
        break;
      case model::SeccompKind::kProfile:
        out["seccomp"] = container.seccomp ? container.seccomp->path : "profile";
        break;
      case model::SeccompKind::kUnknown:
        break;
    }
    if (effective.no_new_privileges != model::Tri::kUnknown)
      out["no_new_privileges"] = effective.no_new_privileges == model::Tri::kYes;
    out["writable_paths"] = effective.writable_paths;
    return out;
  }

  const base::SourceSet& sources_;
  base::FileId home_ = base::kNoFile;
};

Json ProfileJson(const model::SeccompProfile& profile, const base::SourceSet& sources) {
  return {{"path", PathOf(sources, profile.anchor)},
          {"range", RangeJson(sources, profile.anchor)},
          {"default_action", profile.default_action.text},
          {"entries", profile.entries.size()}};
}

Json GapJson(const diagnostic::Gap& gap, const base::SourceSet& sources) {
  Json out{{"kind", gap.kind}, {"message", gap.message}};
  out["path"] = gap.span.IsValid() ? PathOf(sources, gap.span) : gap.path;
  if (gap.span.IsValid()) out["range"] = RangeJson(sources, gap.span);
  out["refused"] = gap.refused;
  return out;
}

}  // namespace

std::string ModelJson(const Outcome& outcome) {
  const base::SourceSet& sources = *outcome.sources;
  Printer printer(sources);
  Json out{{"version", 1},
           {"containers", Json::array()},
           {"networks", Json::array()},
           {"volumes", Json::array()},
           {"profiles", Json::array()},
           {"commands", Json::array()},
           {"gaps", Json::array()}};
  std::set<base::FileId> profiles;  // one that two scripts name is one
  for (const model::Document& document : outcome.documents) {
    for (const auto& container : document.containers)
      out["containers"].push_back(
          printer.Container(container, model::Name(document.FileCarrier())));
    for (const auto& command : document.commands)
      out["commands"].push_back(printer.Command(command));
    for (const auto& profile : document.profiles)
      if (profiles.insert(profile.file).second)
        out["profiles"].push_back(ProfileJson(profile, sources));
    for (const auto& network : document.networks) {
      Json one{{"key", network.key}, {"name", network.name}};
      Put(one, "internal", network.internal);
      Put(one, "external", network.external);
      Put(one, "driver", network.driver);
      out["networks"].push_back(std::move(one));
    }
    for (const auto& volume : document.volumes) {
      Json one{{"key", volume.key}, {"name", volume.name}};
      Put(one, "external", volume.external);
      Put(one, "driver", volume.driver);
      for (const auto& [key, value] : volume.driver_opts)
        Put(one["driver_opts"], key.c_str(), value);
      out["volumes"].push_back(std::move(one));
    }
  }
  for (const auto& gap : outcome.report.gaps) out["gaps"].push_back(GapJson(gap, sources));
  return out.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace cagelint::driver
