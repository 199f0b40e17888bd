// Facts: compose-go 2.9.1, loader/validate.go and loader/normalize.go.
#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "linter/base/text.h"
#include "linter/input/compose_service.h"

namespace cagelint::input::compose {
namespace {

using Names = std::set<std::string>;

Names KeysOf(const View& map) {
  Names names;
  for (const View& entry : map.Entries()) names.insert(entry.key);
  return names;
}

class Checker {
 public:
  Checker(const Project& project, Findings& findings)
      : project_(project), findings_(findings), root_(ViewOf(project.root)) {}

  void Do() {
    networks_ = KeysOf(root_.Get("networks"));
    volumes_ = KeysOf(root_.Get("volumes"));
    secrets_ = KeysOf(root_.Get("secrets"));
    configs_ = KeysOf(root_.Get("configs"));
    models_ = KeysOf(root_.Get("models"));
    services_ = root_.Get("services").Entries();
    for (const View& service : services_) {
      active_[service.key] = IsInUse(service, project_);
      if (UsesDefault(service)) networks_.insert("default");
    }
    for (const View& service : services_)
      if (service->IsMap() && active_[service.key]) Service(service);
    Files("secrets", {"file", "environment"});
    Files("configs", {"file", "environment", "content"});
    Externals();
    Circles();
  }

 private:
  void Say(std::string message, base::Span span) { findings_.Say(std::move(message), span); }

  // Whether Compose adds the network `default` for it.
  static bool UsesDefault(const View& service) {
    if (!service->IsMap() || service->Find("provider") != nullptr ||
        service->Find("network_mode") != nullptr) {
      return false;
    }
    const auto networks = NamesOf(service.Get("networks"));
    return networks.items.empty() || networks.Find("default") != nullptr;
  }

  void Service(const View& service) {
    if (!service.Get("image") && !service.Get("build") && !service.Get("provider") &&
        !service.Get("extends"))
      Say("the service `" + service.key + "` has neither an image nor a build", service.key_span);
    const View mode = service.Get("network_mode");
    const View networks = service.Get("networks");
    if (mode && !(mode->IsString() && mode->text.text.empty()) && networks &&
        !networks->slots.empty()) {
      Say("`network_mode` and `networks` exclude each other", mode.Whole());
    }
    Defined(NamesOf(networks), networks_, "network");
    Defined(SourcesOf(service.Get("secrets")), secrets_, "secret");
    Defined(SourcesOf(service.Get("configs")), configs_, "config");
    Defined(NamesOf(service.Get("models")), models_, "model");
    Volumes(service);
    Dependencies(service);
    Health(service);
    Numbers(service);
    Name(service);
  }

  static model::List<std::string> SourcesOf(const View& view) {
    model::List<std::string> list;
    for (const View& item : view.Children()) {
      const View source = item->IsMap() ? item.Get("source") : item;
      list.Add(source ? StringOf(source)
                      : model::Setting<std::string>::Known("", item->span, item->span));
    }
    return list;
  }

  void Defined(const model::List<std::string>& used, const Names& defined, const char* what) {
    for (const auto& name : used.items) {
      if (!name.IsKnown() || defined.contains(name.value)) continue;
      Say("there is no " + std::string(what) + " `" + name.value + "` at the top level",
          name.value_span);
    }
  }

  // As written: what is equal here is one mount.
  static std::string TargetOf(const View& item) {
    if (item->IsMap()) return StringOf(item.Get("target")).value;
    const auto parts = base::Split(item->text.text, ':');
    return std::string(parts.size() > 1 ? parts[1] : parts[0]);
  }

  void Volumes(const View& service) {
    const std::vector<View> items = service.Get("volumes").Children();
    std::unordered_map<std::string, std::size_t> last;
    for (std::size_t i = 0; i < items.size(); ++i) last[TargetOf(items[i])] = i;
    for (std::size_t i = 0; i < items.size(); ++i) {
      const View& item = items[i];
      if (last[TargetOf(item)] != i) continue;  // replaced before anything is checked
      if (item->IsMap()) {
        const View source = item.Get("source");
        if (StringOf(item.Get("type")).Is("volume") && source && !source->IsDynamic() &&
            !volumes_.contains(source->text.text)) {
          Say("there is no volume `" + source->text.text + "` at the top level", source.Text());
        }
        continue;
      }
      ShortVolume(item);
    }
  }

  void ShortVolume(const View& item) {
    const std::string& text = item->text.text;
    const std::size_t colon = text.find(':');
    if (text.size() <= 2 || colon == std::string::npos || colon < 2) return;
    const std::string name = text.substr(0, colon);
    const bool is_path = std::string_view("./~").find(name[0]) != std::string_view::npos ||
                         name.starts_with("\\\\") || !IsLiteralText(name);
    if (!is_path && !volumes_.contains(name))
      Say("there is no volume `" + name + "` at the top level", item.Text(0, colon));
  }

  // The services that `service` needs to be there, and where it says so.
  struct Need {
    std::string name;
    base::Span place;
    bool required = true;
  };
  static std::vector<Need> Needs(const View& service) {
    std::vector<Need> needs;
    const View depends = service.Get("depends_on");
    for (const View& child : depends.Children()) {
      if (!depends->IsMap()) {
        if (!child->IsDynamic()) needs.push_back({child->text.text, child.Text()});
      } else {
        needs.push_back({child.key, child.key_span, !BooleanOf(child.Get("required")).Is(false)});
      }
    }
    for (const char* key : {"network_mode", "ipc", "pid", "uts", "cgroup"}) {
      const auto mode = StringOf(service.Get(key));
      if (mode.IsKnown() && mode.value.starts_with("service:"))
        needs.push_back({mode.value.substr(8), mode.value_span});
    }
    for (const auto& from : StringsOf(service.Get("volumes_from")).items)
      if (from.IsKnown() && !from.value.starts_with("container:"))
        needs.push_back({from.value.substr(0, from.value.find(':')), from.value_span});
    for (const auto& link : StringsOf(service.Get("links")).items) {
      const auto colon = link.value.find(':');
      if (link.IsKnown()) needs.push_back({link.value.substr(0, colon), link.value_span});
    }
    return needs;
  }

  void Dependencies(const View& service) {
    for (const auto& [name, place, required] : Needs(service)) {
      const auto found = active_.find(name);
      if (found == active_.end()) {
        Say("there is no service `" + name + "`", place);
      } else if (!found->second && required) {
        Say("the service `" + name + "` is in a profile that is not in use", place);
      }
    }
  }

  void Health(const View& service) {
    const View test = service.Get("healthcheck").Get("test");
    if (!test || !test->IsList() || test->slots.empty()) return;
    const auto first = StringsOf(test).items[0];
    if (first.IsKnown() && first.value != "CMD" && first.value != "CMD-SHELL" &&
        first.value != "NONE") {
      Say("a health check begins with `CMD`, `CMD-SHELL` or `NONE`", first.value_span);
    }
  }

  void Numbers(const View& service) {
    const View build = service.Get("build");
    if (build && build.Get("dockerfile") && build.Get("dockerfile_inline"))
      Say("`dockerfile` and `dockerfile_inline` exclude each other",
          build.Get("dockerfile_inline").key_span);
    const auto platform = StringOf(service.Get("platform"));
    const auto platforms = StringsOf(build.Get("platforms"));
    if (platform.IsKnown() && !platform.value.empty() && !platforms.items.empty() &&
        std::none_of(platforms.items.begin(), platforms.items.end(), [&](const auto& item) {
          return item.IsDynamic() || item.value == platform.value;
        }))
      Say("`platforms` of the build is without the service's `platform`", platform.value_span);
    const auto scale = IntegerOf(service.Get("scale"));
    const auto replicas = IntegerOf(service.Get("deploy").Get("replicas"));
    if (scale.IsKnown() && replicas.IsKnown() && scale.value != replicas.value)
      Say("`scale` and `deploy` say different numbers", scale.value_span);
    const auto count = scale.IsAbsent() ? replicas : scale;
    if (count.IsKnown() && count.value < 0) Say("a negative number of replicas", count.value_span);
    if (count.IsKnown() && count.value > 1 && service.Get("container_name"))
      Say("several replicas cannot share one name", service.Get("container_name").Whole());
  }

  void Name(const View& service) {
    const auto name = StringOf(service.Get("container_name"));
    if (name.IsKnown() && !name.value.empty() && !container_names_.insert(name.value).second)
      Say("another service has the name `" + name.value + "` already", name.value_span);
  }

  // validation/validation.go, checkFileObject.
  void Files(const char* kind, const std::vector<std::string_view>& keys) {
    for (const View& entry : root_.Get(kind).Entries()) {
      if (!entry->IsMap()) continue;
      std::size_t count = 0;
      for (const std::string_view key : keys) count += entry->Find(key) != nullptr ? 1 : 0;
      if (count > 1) Say("`" + entry.key + "` has more than one source", entry.key_span);
      if (count == 0 && entry->Find("driver") == nullptr && entry->Find("external") == nullptr)
        Say("`" + entry.key + "` has no source", entry.key_span);
    }
  }

  void Externals() {
    for (const View& volume : root_.Get("volumes").Entries()) {
      const View external = volume.Get("external");
      if (!external || (!external->IsMap() && !BooleanOf(external).Is(true))) continue;
      for (const View& child : volume.Entries()) {
        if (child.key == "name" || child.key == "external" || child.key.starts_with("x-")) continue;
        Say("an external volume takes no `" + child.key + "`", child.key_span);
      }
    }
  }

  // Kahn's way: what cannot be taken off is in a circle, or behind one.
  void Circles() {
    std::map<std::string, int> open;
    std::map<std::string, std::vector<std::string>> users;
    std::map<std::string, base::Span> places;
    for (const View& service : services_) {
      if (!service->IsMap() || !active_[service.key]) continue;
      open[service.key];
      for (const auto& [name, place, required] : Needs(service)) {
        if (!active_.contains(name) || !active_[name]) continue;
        ++open[service.key];
        users[name].push_back(service.key);
        places.emplace(service.key, place);
      }
    }
    std::vector<std::string> ready;
    for (const auto& [name, count] : open)
      if (count == 0) ready.push_back(name);
    std::size_t taken = 0;
    for (; taken < ready.size(); ++taken)
      for (const std::string& user : users[std::string(ready[taken])])
        if (--open[user] == 0) ready.push_back(user);
    if (taken == open.size()) return;
    for (const auto& [name, count] : open) {
      if (count <= 0) continue;
      return Say("services depend on each other in a circle", places[name]);
    }
  }

  const Project& project_;
  Findings& findings_;
  View root_;
  Names networks_, volumes_, secrets_, configs_, models_, container_names_;
  std::vector<View> services_;
  std::map<std::string, bool> active_;
};

}  // namespace

bool IsInUse(const View& service, const Project& project) {
  const auto profiles = StringsOf(service.Get("profiles"));
  if (profiles.items.empty()) return true;
  const Variable* asked = nullptr;
  if (project.variables.Look("COMPOSE_PROFILES", asked) != Variables::State::kKnown) return false;
  const auto names = base::Split(asked->value.text, ',');
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return name == "*" || profiles.Find(std::string(name)) != nullptr;
  });
}

void CheckConsistency(const Project& project, Findings& findings) {
  Checker(project, findings).Do();
}

}  // namespace cagelint::input::compose
