#include "tests/oracle/docker_compare.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "linter/base/text.h"
#include "tests/oracle/docker_bodies.h"

namespace cagelint::test {
namespace {

class Comparison {
 public:
  Comparison(const Json& body, const std::string& query, const Json& container, std::string folder)
      : body_(body), query_(query), settings_(container["settings"]), folder_(std::move(folder)) {}

  std::vector<std::string> Run(const std::vector<std::string>& words) {
    Scalars();
    Lists();
    Maps();
    Networks();
    Ports();
    Devices();
    Mounts(words);
    Rest(words);
    return std::move(out_);
  }

 private:
  Json Body(const std::string& path) const { return Get<Json>(body_, path.c_str(), Json()); }
  Json Model(const std::string& name) const {
    if (!settings_.contains(name)) return Json();
    if (settings_[name].contains("dynamic")) return "<dynamic>";
    return settings_[name]["value"];
  }

  void Same(const std::string& name, const Json& client, const Json& model) {
    if (client == model || (IsDefault(client) && IsDefault(model))) return;
    if (client.is_number() && model.is_number() &&
        std::abs(client.get<double>() - model.get<double>()) < 0.5e-9)
      return;
    out_.push_back(name + ": client " + client.dump() + ", model " + model.dump());
  }

  void Scalars() {
    static constexpr const char* kPairs[][2] = {
        {"image", "/Image"},
        {"hostname", "/Hostname"},
        {"user", "/User"},
        {"privileged", "/HostConfig/Privileged"},
        {"read_only", "/HostConfig/ReadonlyRootfs"},
        {"init", "/HostConfig/Init"},
        {"tty", "/Tty"},
        {"stdin_open", "/OpenStdin"},
        {"remove", "/HostConfig/AutoRemove"},
        {"publish_all", "/HostConfig/PublishAllPorts"},
        {"pid", "/HostConfig/PidMode"},
        {"ipc", "/HostConfig/IpcMode"},
        {"uts", "/HostConfig/UTSMode"},
        {"userns_mode", "/HostConfig/UsernsMode"},
        {"cgroup", "/HostConfig/CgroupnsMode"},
        {"cgroup_parent", "/HostConfig/CgroupParent"},
        {"memory", "/HostConfig/Memory"},
        {"memory_swap", "/HostConfig/MemorySwap"},
        {"memory_reservation", "/HostConfig/MemoryReservation"},
        {"shm_size", "/HostConfig/ShmSize"},
        {"cpu_quota", "/HostConfig/CpuQuota"},
        {"cpu_period", "/HostConfig/CpuPeriod"},
        {"cpu_shares", "/HostConfig/CpuShares"},
        {"cpuset", "/HostConfig/CpusetCpus"},
        {"pids_limit", "/HostConfig/PidsLimit"},
        {"oom_kill_disable", "/HostConfig/OomKillDisable"},
        {"oom_score_adj", "/HostConfig/OomScoreAdj"},
        {"runtime", "/HostConfig/Runtime"},
        {"working_dir", "/WorkingDir"},
        {"log_driver", "/HostConfig/LogConfig/Type"},
        {"stop_timeout", "/StopTimeout"}};
    for (const auto& [name, path] : kPairs) Same(name, Body(path), Model(name));
    Same("name", QueryValue(query_, "name"), Model("name"));
    const Json cpus = Body("/HostConfig/NanoCpus");
    Same("cpus", cpus.is_number() ? Json(cpus.get<double>() / 1e9) : Json(), Model("cpus"));
    const Json restart = Model("restart");
    Same("restart", Body("/HostConfig/RestartPolicy/Name"),
         restart.is_null() ? Json("no") : restart["policy"]);
    if (!restart.is_null())
      Same("restart", Body("/HostConfig/RestartPolicy/MaximumRetryCount"), restart["max_retries"]);
  }

  void Lists() {
    static constexpr const char* kPairs[][2] = {
        {"group_add", "/HostConfig/GroupAdd"},
        {"cap_add", "/HostConfig/CapAdd"},
        {"cap_drop", "/HostConfig/CapDrop"},
        {"volumes_from", "/HostConfig/VolumesFrom"},
        {"device_cgroup_rules", "/HostConfig/DeviceCgroupRules"},
        {"dns", "/HostConfig/Dns"},
        {"links", "/HostConfig/Links"},
        {"extra_hosts", "/HostConfig/ExtraHosts"}};
    for (const auto& [name, path] : kPairs) Same(name, Body(path), Model(name));
    Same("command", Body("/Cmd"), Model("command"));
    const Json entrypoint = Body("/Entrypoint");
    Same("entrypoint", entrypoint, Model("entrypoint"));
    Json options = Model("security_opt");
    Json theirs = Body("/HostConfig/SecurityOpt");
    if (theirs.is_null()) theirs = Json::array();
    // The client clears the masked paths itself, and sends the content of a profile.
    if (Body("/HostConfig/MaskedPaths") == Json::array())
      theirs.push_back("systempaths=unconfined");
    for (Json& one : theirs) one = Option(one);
    for (Json& one : options) one = Option(one);
    const auto unique = [](Json list) {
      list = Sorted(list);
      list.erase(std::unique(list.begin(), list.end()), list.end());
      return list;
    };
    Same("security_opt", unique(theirs), options.is_null() ? options : unique(options));
  }

  static std::string Option(const std::string& text) {
    const std::size_t split = text.find_first_of("=:");
    if (split == std::string::npos) return text;
    const std::string key = text.substr(0, split), value = text.substr(split + 1);
    const bool named = value.ends_with(".json") || value.ends_with(".env");
    if (key == "seccomp" && (value.starts_with('{') || named)) return "seccomp=<profile>";
    return key + (key == "systempaths" ? text[split] : '=') + value;
  }

  static Json Environment(const Json& list) {
    Json out = Json::object();
    for (const Json& one : list) {
      const std::string text = one;
      const std::size_t equals = text.find('=');
      out[text.substr(0, equals)] =
          equals == std::string::npos ? Json() : Json(text.substr(equals + 1));
    }
    return out;
  }

  void Maps() {
    Same("environment", Environment(Body("/Env")), Model("environment"));
    Same("labels", Body("/Labels"), Model("labels"));
    Same("sysctls", Body("/HostConfig/Sysctls"), Model("sysctls"));
    Same("storage_opt", Body("/HostConfig/StorageOpt"), Model("storage_opt"));
    Same("log_options", Body("/HostConfig/LogConfig/Config"), Model("log_options"));
    Json limits = Json::array();
    for (const Json& one : Body("/HostConfig/Ulimits"))
      limits.push_back({{"name", one["Name"]}, {"soft", one["Soft"]}, {"hard", one["Hard"]}});
    Same("ulimits", Sorted(limits), Sorted(Model("ulimits")));
  }

  void Networks() {
    const Json mode = Model("network_mode");
    const Json theirs = Body("/HostConfig/NetworkMode");
    // Without the flag older clients say "default", newer ones "bridge".
    if (!mode.is_null() || (theirs != "default" && theirs != "bridge"))
      Same("network_mode", theirs, mode);
    Json names = Json::array();
    const Json object1 = Get<Json>(body_, "/NetworkingConfig/EndpointsConfig", Json::object());
    for (const auto& [name, one] : object1.items()) names.push_back(name);
    const Json networks = Model("networks");
    if (networks.is_array() && networks.size() > 1 && names.size() > 1)
      Same("networks", Sorted(names), Sorted(networks));
  }

  void Ports() {
    Json theirs = Json::array();
    const Json object2 = Get<Json>(body_, "/HostConfig/PortBindings", Json::object());
    for (const auto& [port, bindings] : object2.items())
      for (const Json& one : bindings)
        theirs.push_back(port + " " + Get<std::string>(one, "/HostIp", "") + " " +
                         Get<std::string>(one, "/HostPort", ""));
    Json ours = Json::array();
    const Json ports = Model("ports");
    for (const Json& port : ports.is_array() ? ports : Json::array()) {
      const auto [first, last] = RangeOf(port["target"]);
      const std::string published = port["published"];
      const auto [host, host_last] = RangeOf(published);
      for (int i = first; i <= last; ++i) {
        std::string text = published;
        if (first != last && !published.empty()) text = std::to_string(host + i - first);
        ours.push_back(std::to_string(i) + "/" + std::string(port["protocol"]) + " " +
                       std::string(port["host_ip"]) + " " + text);
      }
    }
    Same("ports", Sorted(theirs), Sorted(ours));
  }

  void Devices() {
    Json theirs = Json::array();
    for (const Json& one : Body("/HostConfig/Devices"))
      theirs.push_back({{"source", one["PathOnHost"]},
                        {"target", one["PathInContainer"]},
                        {"permissions", one["CgroupPermissions"]}});
    std::size_t gpus = 0;
    for (const Json& one : Body("/HostConfig/DeviceRequests")) {
      if (one["Driver"] != "cdi") {
        ++gpus;
        continue;
      }
      for (const Json& name : one["DeviceIDs"])
        theirs.push_back({{"source", name}, {"target", ""}, {"permissions", ""}});
    }
    Same("devices", Sorted(theirs), Sorted(Model("devices")));
    const Json asked = Model("gpus");
    Same("gpus", gpus, asked.is_array() ? asked.size() : 0);
  }

  void Mounts(const std::vector<std::string>& words) {
    Json theirs = Json::array();
    bool socket = false;
    for (const Json& one : Body("/HostConfig/Binds")) theirs.push_back(BindOf(one));
    for (const Json& one : Body("/HostConfig/Mounts")) {
      const bool api = one["Target"] == "/var/run/docker.sock" && Model("use_api_socket") == true;
      socket = socket || api;
      if (!api) theirs.push_back(LongMountOf(one));
    }
    Same("use_api_socket", socket, Model("use_api_socket"));
    const Json object3 = Get<Json>(body_, "/HostConfig/Tmpfs", Json::object());
    for (const auto& [path, options] : object3.items()) {
      Json one = Mount("tmpfs", "", path, false, "");
      one["options"] = options;
      theirs.push_back(one);
    }
    const Json object4 = Get<Json>(body_, "/Volumes", Json::object());
    for (const auto& [path, one] : object4.items())
      theirs.push_back(Mount("volume", "", path, false, ""));
    Json ours = Json::array();
    const Json mounts = Model("mounts");
    for (const Json& one : mounts.is_array() ? mounts : Json::array())
      ours.push_back(ModelMount(one));
    // Options beyond what all forms have are compared where the client sent them.
    Json bare = Json::array();
    Json driver = Json::array(), our_driver = Json::array();
    for (Json one : theirs) {
      if (one.contains("driver"))
        driver.push_back({one["driver"], one["driver_opts"], one["size"]});
      const bool tmpfs = one["type"] == "tmpfs" && one.contains("options");
      if (tmpfs) one["ro"] = LastMode(one["options"]);
      for (const char* key : {"options", "size", "driver", "driver_opts"}) one.erase(key);
      bare.push_back(one);
    }
    Same("mounts", Sorted(bare), Sorted(ours));
    if (std::find_if(words.begin(), words.end(), [](const std::string& word) {
          return word.starts_with("--mount");
        }) == words.end())
      return;
    for (const Json& one : mounts.is_array() ? mounts : Json::array()) {
      const bool is_long =
          one.contains("driver") || one.contains("driver_opts") || one.contains("size");
      if (is_long)
        our_driver.push_back({Get<std::string>(one, "/driver", ""),
                              Get<Json>(one, "/driver_opts", Json::object()),
                              Get<std::int64_t>(one, "/size", 0)});
    }
    const auto drop = [](Json list) {
      Json out = Json::array();
      for (const Json& one : list)
        if (one != Json{"", Json::object(), 0}) out.push_back(one);
      return Sorted(out);
    };
    if (Get<Json>(body_, "/HostConfig/Tmpfs", Json::object()).empty() &&
        Body("/HostConfig/VolumeDriver").is_null())
      Same("mounts' options", drop(driver), drop(our_driver));
  }

  static bool LastMode(const std::string& options) {
    bool ro = false;
    for (const std::string_view one : base::Split(options, ','))
      if (one == "ro" || one == "rw") ro = one == "ro";
    return ro;
  }

  void Rest(const std::vector<std::string>&) {
    if (Model("detach") == true) Same("detach", false, Body("/AttachStdout"));
  }

  const Json& body_;
  std::string query_;
  const Json& settings_;
  std::string folder_;
  std::vector<std::string> out_;
};

// The other commands: what the model holds of them.
std::vector<std::string> CommandDifferences(const DaemonRequest& request, const Json& body,
                                            const Json& command) {
  std::vector<std::string> out;
  const auto same = [&](const char* name, const char* path) {
    if (!command["settings"].contains(name)) {
      const Json theirs = Get<Json>(body, path, Json());
      if (!IsDefault(theirs))
        out.push_back(std::string(name) + ": client " + theirs.dump() + ", model nothing");
      return;
    }
    const Json ours = command["settings"][name]["value"], theirs = Get<Json>(body, path, Json());
    const bool equal = ours == theirs || (IsDefault(ours) && IsDefault(theirs));
    if (!equal)
      out.push_back(std::string(name) + ": client " + theirs.dump() + ", model " + ours.dump());
  };
  if (request.path.ends_with("/exec")) {
    same("privileged", "/Privileged");
    same("tty", "/Tty");
    same("user", "/User");
    same("command", "/Cmd");
    if (!Get(command, "/settings/detach/value", false)) same("stdin_open", "/AttachStdin");
  } else if (request.path.ends_with("/update")) {
    same("memory", "/Memory");
    same("memory_swap", "/MemorySwap");
    same("pids_limit", "/PidsLimit");
    same("cpu_quota", "/CpuQuota");
    const Json policy = Get<Json>(body, "/RestartPolicy/Name", Json());
    const Json ours = command["settings"].contains("restart")
                          ? command["settings"]["restart"]["value"]["policy"]
                          : Json();
    if (!(IsDefault(policy) && IsDefault(ours)) && policy != ours)
      out.push_back("restart: client " + policy.dump() + ", model " + ours.dump());
    const auto cpus = Get<double>(command, "/settings/cpus/value", 0) * 1e9;
    if (std::abs(cpus - Get<double>(body, "/NanoCpus", 0)) > 0.5)
      out.push_back("cpus: client " + Get<Json>(body, "/NanoCpus", Json()).dump() + ", model " +
                    std::to_string(cpus));
  }
  return out;
}

}  // namespace

std::vector<std::string> Differences(const Verdict& verdict, const nlohmann::json& model,
                                     const std::vector<std::string>& words,
                                     const std::string& folder) {
  if (verdict.requests.empty()) return {};
  const DaemonRequest& request = verdict.requests.back();
  const Json body = Json::parse(request.body, nullptr, false);
  if (request.path == "/containers/create") {
    if (model["containers"].size() != 1) return {"no container in the model"};
    return Comparison(body, request.query, model["containers"][0], folder).Run(words);
  }
  if (model["commands"].size() != 1) return {"no command in the model"};
  return CommandDifferences(request, body, model["commands"][0]);
}

}  // namespace cagelint::test
