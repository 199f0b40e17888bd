#include "tests/oracle/compose_compare.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/oracle/compose_values.h"
#include "tests/oracle/docker_bodies.h"

namespace cagelint::test {
namespace {

class ServiceComparison {
 public:
  ServiceComparison(std::string name, const Json& service, const Json& container)
      : name_(std::move(name)), service_(service), settings_(container["settings"]) {}

  std::vector<std::string> Run() {
    Scalars();
    Numbers();
    Lists();
    Maps();
    Words();
    Networks();
    Ports();
    Devices();
    Mounts();
    Restart();
    Build();
    return std::move(out_);
  }

 private:
  Json Theirs(const std::string& path) const { return Get<Json>(service_, path.c_str(), Json()); }
  Json Ours(const std::string& name) const {
    if (!settings_.contains(name)) return Json();
    const Json& setting = settings_[name];
    return setting.contains("dynamic") ? Json("<dynamic>") : setting["value"];
  }

  void Same(const std::string& what, const Json& theirs, const Json& ours) {
    if (theirs == ours || (IsDefault(theirs) && IsDefault(ours))) return;
    if (theirs.is_number() && ours.is_number() &&
        std::abs(theirs.get<double>() - ours.get<double>()) < 1e-6)
      return;
    out_.push_back(name_ + "." + what + ": compose " + theirs.dump() + ", model " + ours.dump());
  }

  void Scalars() {
    static constexpr const char* kPairs[][2] = {{"image", "/image"},
                                                {"name", "/container_name"},
                                                {"hostname", "/hostname"},
                                                {"user", "/user"},
                                                {"privileged", "/privileged"},
                                                {"read_only", "/read_only"},
                                                {"init", "/init"},
                                                {"tty", "/tty"},
                                                {"stdin_open", "/stdin_open"},
                                                {"use_api_socket", "/use_api_socket"},
                                                {"network_mode", "/network_mode"},
                                                {"pid", "/pid"},
                                                {"ipc", "/ipc"},
                                                {"uts", "/uts"},
                                                {"userns_mode", "/userns_mode"},
                                                {"cgroup", "/cgroup"},
                                                {"cgroup_parent", "/cgroup_parent"},
                                                {"cpuset", "/cpuset"},
                                                {"runtime", "/runtime"},
                                                {"platform", "/platform"},
                                                {"working_dir", "/working_dir"},
                                                {"log_driver", "/logging/driver"},
                                                {"oom_kill_disable", "/oom_kill_disable"}};
    for (const auto& [name, path] : kPairs) Same(name, Theirs(path), Ours(name));
    Json pull = Theirs("/pull_policy");
    if (pull == "if_not_present") pull = "missing";
    Same("pull", pull, Ours("pull"));
  }

  // The service's own key, or what `deploy` says.
  void Either(const char* name, const char* own, const char* deploy) {
    const Json value = NumberOf(Theirs(own));
    Same(name, IsDefault(value) ? NumberOf(Theirs(deploy)) : value, Ours(name));
  }

  void Numbers() {
    Either("memory", "/mem_limit", "/deploy/resources/limits/memory");
    Either("cpus", "/cpus", "/deploy/resources/limits/cpus");
    Either("pids_limit", "/pids_limit", "/deploy/resources/limits/pids");
    Either("memory_reservation", "/mem_reservation", "/deploy/resources/reservations/memory");
    static constexpr const char* kPairs[][2] = {
        {"memory_swap", "/memswap_limit"}, {"shm_size", "/shm_size"},
        {"cpu_quota", "/cpu_quota"},       {"cpu_period", "/cpu_period"},
        {"cpu_shares", "/cpu_shares"},     {"oom_score_adj", "/oom_score_adj"}};
    for (const auto& [name, path] : kPairs) Same(name, NumberOf(Theirs(path)), Ours(name));
    Same("stop_timeout", SecondsOf(Theirs("/stop_grace_period")), Ours("stop_timeout"));
  }

  template <typename Spell>
  void List(const char* name, const char* path, Spell spell) {
    Json theirs = Theirs(path), ours = Ours(name);
    if (theirs.is_array())
      for (Json& one : theirs) one = spell(one.get<std::string>());
    if (ours.is_array())
      for (Json& one : ours)
        if (one.is_string()) one = spell(one.get<std::string>());
    Same(name, Sorted(theirs), Sorted(ours));
  }

  void Lists() {
    const auto plain = [](std::string text) { return text; };
    List("cap_add", "/cap_add", CapabilityName);
    List("cap_drop", "/cap_drop", CapabilityName);
    List("security_opt", "/security_opt", SecurityOption);
    List("extra_hosts", "/extra_hosts", HostEntry);
    for (const char* name :
         {"group_add", "volumes_from", "device_cgroup_rules", "dns", "links", "profiles"})
      List(name, ("/" + std::string(name)).c_str(), plain);
    for (const char* name : {"secrets", "configs"}) {
      Json sources = Json::array();
      const Json theirs = Theirs("/" + std::string(name));
      for (const Json& one : theirs.is_array() ? theirs : Json::array())
        sources.push_back(one["source"]);
      Same(name, Sorted(sources), Sorted(Ours(name)));
    }
  }

  void Maps() {
    Same("environment", Theirs("/environment"), Ours("environment"));
    Same("labels", Strings(Theirs("/labels")), Strings(Ours("labels")));
    Same("sysctls", Strings(Theirs("/sysctls")), Strings(Ours("sysctls")));
    Same("storage_opt", Strings(Theirs("/storage_opt")), Strings(Ours("storage_opt")));
    Same("log_options", Strings(Theirs("/logging/options")), Strings(Ours("log_options")));
    Json limits = Json::array();
    const Json ulimits = Get<Json>(service_, "/ulimits", Json::object());
    for (const auto& [name, one] : ulimits.items()) {
      const bool single = one.is_number();
      limits.push_back({{"name", name},
                        {"soft", single ? one : Get<Json>(one, "/soft", 0)},
                        {"hard", single ? one : Get<Json>(one, "/hard", 0)}});
    }
    Same("ulimits", Sorted(limits), Sorted(Ours("ulimits")));
  }

  // A label without a value is an empty one.
  static Json Strings(Json map) {
    if (map.is_object())
      for (auto& [key, value] : map.items())
        if (value.is_null()) value = "";
    return map;
  }

  // Nothing, and an empty list, are different: the latter takes the image's away.
  void Words() {
    for (const char* name : {"command", "entrypoint"}) {
      const Json theirs = Theirs("/" + std::string(name)), ours = Ours(name);
      if (theirs != ours)
        out_.push_back(name_ + "." + name + ": compose " + theirs.dump() + ", model " +
                       ours.dump());
    }
  }

  void Networks() {
    Json names = Json::array();
    const Json networks = Get<Json>(service_, "/networks", Json::object());
    for (const auto& [name, one] : networks.items()) names.push_back(name);
    Json ours = Ours("networks");
    const bool alone = settings_.contains("network_mode") || service_.contains("provider");
    if (IsDefault(ours) && !alone) ours = {"default"};
    Same("networks", Sorted(names), Sorted(ours));
  }

  // A port that is in two ranges is one.
  static Json Unique(const Json& list) {
    Json out = Sorted(list);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  void Ports() {
    Json theirs = Json::array(), ours = Json::array();
    const Json list = Get<Json>(service_, "/ports", Json::array());
    for (const Json& port : list)
      theirs.push_back(Get<std::string>(port, "/host_ip", "") + " " +
                       Get<std::string>(port, "/published", "") + " " +
                       Get<Json>(port, "/target", 0).dump() + " " +
                       Get<std::string>(port, "/protocol", ""));
    const Json ports = Ours("ports");
    for (const Json& port : ports.is_array() ? ports : Json::array()) {
      if (!port.is_object() || !port.contains("target")) {
        ours.push_back(port);
        continue;
      }
      const auto [first, last] = RangeOf(port["target"]);
      const std::string published = port["published"];
      const auto [host, host_last] = RangeOf(published);
      for (int i = first; i <= last; ++i) {
        const bool pairs = first != last && !published.empty();
        ours.push_back(std::string(port["host_ip"]) + " " +
                       (pairs ? std::to_string(host + i - first) : published) + " " +
                       std::to_string(i) + " " + std::string(port["protocol"]));
      }
    }
    Same("ports", Unique(theirs), Unique(ours));
  }

  // What is empty is not printed.
  void Devices() {
    Json theirs = Json::array();
    for (const Json& one : Get<Json>(service_, "/devices", Json::array()))
      theirs.push_back({{"source", Get<std::string>(one, "/source", "")},
                        {"target", Get<std::string>(one, "/target", "")},
                        {"permissions", Get<std::string>(one, "/permissions", "")}});
    Same("devices", Sorted(theirs), Sorted(Ours("devices")));
  }

  static Json Mount(const std::string& type, const std::string& source, const std::string& target,
                    bool read_only, const std::string& propagation, const Json& size) {
    return {type,        type == "tmpfs" ? "" : source,   target, read_only,
            propagation, IsDefault(size) ? Json(0) : size};
  }

  void Mounts() {
    Json theirs = Json::array(), ours = Json::array();
    const Json volumes = Get<Json>(service_, "/volumes", Json::array());
    for (const Json& one : volumes) {
      Json size = NumberOf(Get<Json>(one, "/tmpfs/size", Json()));
      if (size.is_number()) size = size.get<std::int64_t>();
      theirs.push_back(Mount(Get<std::string>(one, "/type", ""),
                             Get<std::string>(one, "/source", ""),
                             Get<std::string>(one, "/target", ""), Get(one, "/read_only", false),
                             Get<std::string>(one, "/bind/propagation", ""), size));
    }
    const Json tmpfs = Get<Json>(service_, "/tmpfs", Json::array());
    for (const std::string text : tmpfs) {
      const std::size_t colon = std::min(text.find(':'), text.size());
      theirs.push_back(Mount("tmpfs", "", text.substr(0, colon), false, "",
                             text.substr(std::min(colon + 1, text.size()))));
    }
    const Json mounts = Ours("mounts");
    for (const Json& one : mounts.is_array() ? mounts : Json::array()) {
      const bool flag = Get<Json>(one, "/options", Json()).is_array() && one["type"] == "tmpfs" &&
                        IsOfTmpfs(one, tmpfs);
      std::string options;
      if (flag)
        for (const std::string option : one["options"])
          options += (options.empty() ? "" : ",") + option;
      ours.push_back(Mount(Get<std::string>(one, "/type", ""), Get<std::string>(one, "/source", ""),
                           Get<std::string>(one, "/target", ""),
                           !flag && Get(one, "/read_only", false),
                           Get<std::string>(one, "/propagation", ""),
                           flag ? Json(options) : Get<Json>(one, "/size", Json())));
    }
    Same("mounts", Sorted(theirs), Sorted(ours));
  }

  static bool IsOfTmpfs(const Json& mount, const Json& tmpfs) {
    const std::string target = Get<std::string>(mount, "/target", "");
    return std::any_of(tmpfs.begin(), tmpfs.end(), [&](const std::string text) {
      return text == target || text.starts_with(target + ":");
    });
  }

  // docker/compose, getRestartPolicy: what `deploy` says wins.
  void Restart() {
    std::string policy = Get<std::string>(service_, "/restart", "");
    std::int64_t retries = 0;
    const std::size_t colon = policy.find(':');
    if (colon != std::string::npos) {
      retries = std::atoll(policy.c_str() + colon + 1);
      policy.resize(colon);
    }
    if (const Json deploy = Theirs("/deploy/restart_policy"); !deploy.is_null()) {
      const std::string condition = Get<std::string>(deploy, "/condition", "any");
      policy = condition == "any" || condition.empty() ? "always"
               : condition == "none"                   ? "no"
                                                       : condition;
      retries = Get<std::int64_t>(deploy, "/max_attempts", 0);
    }
    const Json ours = Ours("restart");
    Same("restart", policy, Get<std::string>(ours, "/policy", ""));
    Same("restart.max_retries", retries, Get<std::int64_t>(ours, "/max_retries", 0));
  }

  void Build() {
    const Json theirs = Theirs("/build"), ours = Ours("build");
    Same("build", !theirs.is_null(), !ours.is_null());
    if (theirs.is_null() || ours.is_null()) return;
    for (const char* key : {"/context", "/target"})
      Same("build" + std::string(key), Get<Json>(theirs, key, Json()),
           Get<Json>(ours, key, Json()));
  }

  std::string name_;
  const Json& service_;
  const Json& settings_;
  std::vector<std::string> out_;
};

void CompareResources(const Json& project, const Json& model, const char* kind,
                      std::vector<std::string>& out) {
  std::map<std::string, Json> ours;
  const Json listed = Get<Json>(model, ("/" + std::string(kind)).c_str(), Json::array());
  for (const Json& one : listed) ours[one["key"]] = one;
  const Json theirs = Get<Json>(project, ("/" + std::string(kind)).c_str(), Json::object());
  for (const auto& [key, one] : theirs.items()) {
    // The default network is there without a word.
    if (!ours.contains(key)) {
      if (key != "default") out.push_back(std::string(kind) + "." + key + ": not in the model");
      continue;
    }
    for (const char* name : {"/name", "/internal", "/external", "/driver"}) {
      const Json a = Get<Json>(one, name, Json()), b = Get<Json>(ours[key], name, Json());
      if (a != b && !(IsDefault(a) && IsDefault(b)))
        out.push_back(kind + ("." + key + name) + ": compose " + a.dump() + ", model " + b.dump());
    }
  }
}

}  // namespace

std::vector<std::string> ProjectDifferences(const Json& project, const Json& model) {
  std::vector<std::string> out;
  if (!project.is_object()) return {"docker-compose printed no JSON"};
  std::map<std::string, const Json*> ours;
  for (const Json& container : model["containers"])
    ours[Get<std::string>(container, "/name", "")] = &container;
  const Json services = Get<Json>(project, "/services", Json::object());
  for (const auto& [name, service] : services.items()) {
    if (!ours.contains(name)) {
      out.push_back(name + ": not in the model");
      continue;
    }
    const Json& container = *ours[name];
    if (container["project"] != project["name"])
      out.push_back(name + ": project " + project["name"].dump() + ", model " +
                    container["project"].dump());
    for (std::string& one : ServiceComparison(name, service, container).Run())
      out.push_back(std::move(one));
  }
  // What is in no profile that is in use is judged, but not loaded.
  for (const auto& [name, container] : ours)
    if (!services.contains(name) && !(*container)["settings"].contains("profiles"))
      out.push_back(name + ": only in the model");
  CompareResources(project, model, "networks", out);
  CompareResources(project, model, "volumes", out);
  return out;
}

}  // namespace cagelint::test
