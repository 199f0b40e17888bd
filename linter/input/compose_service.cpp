#include "linter/input/compose_service.h"

#include <algorithm>
#include <charconv>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/compose_merge.h"
#include "linter/input/compose_mounts.h"
#include "linter/input/compose_resources.h"
#include "linter/input/compose_schema.h"

namespace cagelint::input::compose {
namespace {

using model::Container;
using model::Setting;

// Real projects have dozens; each costs some 50 KB.
constexpr std::size_t kMostServices = 5000;

std::string Capability(std::string_view name) {
  std::string upper = base::ToUpper(name);
  return upper == "ALL" || upper.starts_with("CAP_") ? upper : "CAP_" + upper;
}

model::List<std::string> Capabilities(const View& view) {
  // Repeats are dropped before the case and the prefix are looked at.
  model::List<std::string> list = UniqueStringsOf(view);
  for (auto& item : list.items)
    if (item.IsKnown()) item.value = Capability(item.value);
  return list;
}

// `key:value` is the old way to write `key=value`; of `systempaths` it means nothing.
model::List<std::string> SecurityOptions(const View& view) {
  model::List<std::string> list = StringsOf(view);
  for (auto& item : list.items) {
    const std::size_t split = item.value.find_first_of("=:");
    if (item.IsKnown() && split != std::string::npos && item.value[split] == ':' &&
        !item.value.starts_with("systempaths")) {
      item.value[split] = '=';
    }
  }
  return list;
}

// An address of version 6 may stand in brackets.
std::string Address(const std::string& text) {
  const bool bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  return bracketed ? text.substr(1, text.size() - 2) : text;
}

model::List<std::string> ExtraHosts(const View& view, Findings& findings) {
  if (!view || view->IsScalar()) return {};
  auto list = ListOf<std::string>(view);
  for (const View& child : view.Children()) {
    if (child->IsList()) {
      for (const View& address : child.Children())
        list.items.push_back(SettingOf(address, child.key + ":" + Address(address->text.text)));
      continue;
    }
    std::string host = view->IsMap() ? child.key + ":" + child->text.text : child->text.text;
    const std::size_t equals = host.find_first_of("=:");
    if (equals == std::string::npos && !child->IsDynamic())
      findings.Say("`" + host + "` has no address", child.Text());
    if (equals != std::string::npos)
      host = host.substr(0, equals) + ":" + Address(host.substr(equals + 1));
    list.items.push_back(SettingOf(child, host));
  }
  return list;
}

// Names of secrets and configs: short, or `source` of the long form. The last for a target stays
// (compose-go, override/uncity.go, mountIndexer).
model::List<std::string> Sources(const View& view, const std::string& folder) {
  if (!view || !view->IsList()) return {};
  std::vector<View> items = view.Children();
  items = KeepLast(std::move(items), [&](const View& item) {
    const View target = item.Get("target");
    if (target && target->IsString()) return target->text.text;
    const View source = item->IsMap() ? item.Get("source") : item;
    return folder + "/" + (source ? source->text.Written() : "");
  });
  auto list = ListOf<std::string>(view);
  for (const View& item : items) {
    const View source = item->IsMap() ? item.Get("source") : item;
    if (source) list.items.push_back(SettingOf(source, source->text.text));
  }
  return list;
}

// `gpus`, and the devices that `deploy` reserves.
model::List<std::string> Gpus(const View& service) {
  model::List<std::string> list;
  const View own = service.Get("gpus");
  const View reserved = service.Get("deploy").Get("resources").Get("reservations").Get("devices");
  for (const View& view : {own, reserved}) {
    if (!view) continue;
    if (list.IsAbsent()) list = ListOf<std::string>(view);
    if (view->IsString()) list.items.push_back(SettingOf(view, view->text.text));
    if (!view->IsList()) continue;
    for (const View& item : view.Children()) {
      std::string text;
      for (const char* key : {"driver", "count", "device_ids", "capabilities"}) {
        const auto words = StringsOf(item.Get(key));
        if (words.IsAbsent()) continue;
        std::string joined;
        for (const auto& word : words.items) joined += (joined.empty() ? "" : "+") + word.value;
        text += (text.empty() ? "" : ",") + std::string(key) + "=" + joined;
      }
      list.items.push_back(SettingOf(item, text));
    }
  }
  return list;
}

model::List<model::Ulimit> Ulimits(const View& view) {
  if (!view || !view->IsMap()) return {};
  auto list = ListOf<model::Ulimit>(view);
  for (const View& entry : view.Children()) {
    const auto both = IntegerOf(entry);
    const auto soft = entry->IsMap() ? IntegerOf(entry.Get("soft")) : both;
    const auto hard = entry->IsMap() ? IntegerOf(entry.Get("hard")) : both;
    auto setting = SettingOf(entry, model::Ulimit{entry.key, soft.value, hard.value});
    if (soft.IsDynamic() || hard.IsDynamic())
      setting = Setting<model::Ulimit>::Dynamic(soft.source, entry.Whole(), entry.Text());
    list.items.push_back(std::move(setting));
  }
  return list;
}

Setting<model::Restart> Restart(const View& service) {
  const View view = service.Get("restart");
  Setting<model::Restart> setting;
  if (view && view->IsString()) {
    model::Restart restart{view->text.text, 0};
    const std::size_t colon = restart.policy.find(':');
    if (colon != std::string::npos) {
      const char* first = restart.policy.data() + colon + 1;
      std::from_chars(first, restart.policy.data() + restart.policy.size(), restart.max_retries);
      restart.policy.resize(colon);
    }
    setting = SettingOf(view, restart);
  }
  // What `deploy` says wins (docker/compose, getRestartPolicy).
  const View deploy = service.Get("deploy").Get("restart_policy");
  if (!deploy) return setting;
  const auto condition = StringOf(deploy.Get("condition"));
  // Without a condition none is set (docker-compose 2.40, seen by inspect).
  model::Restart restart{condition.IsAbsent() || condition.Is("") ? "" : "always",
                         IntegerOf(deploy.Get("max_attempts")).value};
  if (condition.IsKnown() && condition.value != "any" && !condition.value.empty())
    restart.policy = condition.value == "none" ? "no" : condition.value;
  setting = SettingOf(deploy, restart);
  if (condition.IsDynamic())
    setting = Setting<model::Restart>::Dynamic(condition.source, deploy.Whole(), deploy.Text());
  return setting;
}

Setting<model::Build> BuildOf(const View& service, const Project& project) {
  const View view = service.Get("build");
  if (!view) return {};
  model::Build build;
  const View context = view->IsMap() ? view.Get("context") : view;
  build.dockerfile = StringOf(view.Get("dockerfile")).value;
  build.target = StringOf(view.Get("target")).value;
  build.privileged = BooleanOf(view.Get("privileged"));
  build.entitlements = StringsOf(view.Get("entitlements"));
  // The default is the folder of the service, also where a file that it extends says the rest.
  build.context = project.folders[static_cast<std::size_t>(service->folder)];
  if (context && context->IsString()) {
    const std::string& text = context->text.text;
    const bool remote = text.find("://") != std::string::npos || text.starts_with("git@") ||
                        text.starts_with("github.com/");
    build.context = remote || text.empty()
                        ? text
                        : EnginePath(context->text, 0, text.size(), context->folder, project);
  }
  auto setting = SettingOf(view, build);
  if (context && context->IsDynamic())
    setting = Setting<model::Build>::Dynamic(context->text.Written(), view.Whole(), view.Text());
  return setting;
}

void ReadIdentity(const View& service, const Project& project, Findings& findings,
                  Container& container) {
  container.image = StringOf(service.Get("image"));
  container.entrypoint = CommandOf(service.Get("entrypoint"), findings);
  container.command = CommandOf(service.Get("command"), findings);
  container.name = StringOf(service.Get("container_name"));
  container.hostname = StringOf(service.Get("hostname"));
  container.build = BuildOf(service, project);
  container.profiles = UniqueStringsOf(service.Get("profiles"));
  container.depends_on = NamesOf(service.Get("depends_on"));
  container.runtime = StringOf(service.Get("runtime"));
  container.platform = StringOf(service.Get("platform"));
  container.pull = StringOf(service.Get("pull_policy"));
  if (container.pull.Is("if_not_present")) container.pull.value = "missing";
  container.working_dir = StringOf(service.Get("working_dir"));
  container.init = BooleanOf(service.Get("init"));
  container.tty = BooleanOf(service.Get("tty"));
  container.stdin_open = BooleanOf(service.Get("stdin_open"));
  container.restart = Restart(service);
  container.stop_timeout = SecondsOf(service.Get("stop_grace_period"));
  const View logging = service.Get("logging");
  container.log_driver = StringOf(logging.Get("driver"));
  container.log_options = KeyValuesOf(logging.Get("options"));
}

void ReadPrivileges(const View& service, Container& container) {
  container.user = StringOf(service.Get("user"));
  container.group_add = StringsOf(service.Get("group_add"));
  container.privileged = BooleanOf(service.Get("privileged"));
  container.read_only = BooleanOf(service.Get("read_only"));
  container.use_api_socket = BooleanOf(service.Get("use_api_socket"));
  container.cap_add = Capabilities(service.Get("cap_add"));
  container.cap_drop = Capabilities(service.Get("cap_drop"));
  container.security_opt = SecurityOptions(service.Get("security_opt"));
  container.pid = StringOf(service.Get("pid"));
  container.ipc = StringOf(service.Get("ipc"));
  container.uts = StringOf(service.Get("uts"));
  container.userns_mode = StringOf(service.Get("userns_mode"));
  container.cgroup = StringOf(service.Get("cgroup"));
  container.cgroup_parent = StringOf(service.Get("cgroup_parent"));
}

void ReadConnections(const View& service, const Project& project, Findings& findings,
                     Container& container) {
  const View mode = service.Get("network_mode");
  container.network_mode = StringOf(mode ? mode : service.Get("net"));  // as Compose 1 called it
  const View networks = service.Get("networks");
  // An empty list or map means the default network, as if nothing were said.
  if (networks && !networks->slots.empty()) container.networks = NamesOf(networks);
  container.ports = PortsOf(service.Get("ports"), findings);
  container.extra_hosts = ExtraHosts(service.Get("extra_hosts"), findings);
  container.dns = UniqueStringsOf(service.Get("dns"));
  std::erase_if(container.dns.items, [](const auto& item) { return item.Is(""); });
  container.links = UniqueStringsOf(service.Get("links"));
  container.mounts = MountsOf(service, project, findings);
  container.volumes_from = StringsOf(service.Get("volumes_from"));
  container.devices = DevicesOf(service.Get("devices"), findings);
  container.device_cgroup_rules = StringsOf(service.Get("device_cgroup_rules"));
  container.gpus = Gpus(service);
  container.sysctls = KeyValuesOf(service.Get("sysctls"));
  container.secrets = Sources(service.Get("secrets"), "/run/secrets");
  container.configs = Sources(service.Get("configs"), "");
  container.storage_opt = KeyValuesOf(service.Get("storage_opt"));
}

// What runs in the container beside its own program.
std::vector<model::Hook> HooksOf(const View& service) {
  std::vector<model::Hook> hooks;
  const auto add = [&](const std::string& key, const View& view, const View& command) {
    if (!command || !command->IsMap()) return;
    hooks.push_back(
        {key, view.key_span, StringOf(command.Get("user")), BooleanOf(command.Get("privileged"))});
  };
  for (const char* key : {"post_start", "pre_stop"}) {
    const View list = service.Get(key);
    for (const View& hook : list.Children()) add(key, list, hook);
  }
  const View watch = service.Get("develop").Get("watch");
  for (const View& item : watch.Children())
    if (const View exec = item.Get("exec")) add("develop.watch", exec, exec);
  return hooks;
}

Container ReadService(const View& view, Project& project, const FileTable& files,
                      const Context& context, model::Document& document, Findings& findings) {
  Container container;
  container.carrier = model::Carrier::kCompose;
  container.engine = context.options.engine.value_or(model::Engine::kDocker);
  container.service = view.key;
  container.project = project.name;
  container.one_off = false;
  container.anchor = view.key_span;
  container.extent = view.Whole();
  container.order = static_cast<int>(document.containers.size());
  ReadIdentity(view, project, findings, container);
  ReadPrivileges(view, container);
  ReadConnections(view, project, findings, container);
  ReadLimits(view, container, findings);
  container.ulimits = Ulimits(view.Get("ulimits"));
  ReadEnvironment(view, project, context, container);
  ReadDockerfileOf(view, project, context, container);
  container.hooks = HooksOf(view);
  AddFileMounts(view, files, project, container);
  // The place of a provider without a type is still that of a program on the host.
  if (const View provider = view.Get("provider")) {
    container.provider = StringOf(provider.Get("type"));
    if (container.provider.IsAbsent()) container.provider = SettingOf(provider, std::string());
  }
  FollowSeccompProfile(container, document, {project.directory}, context);
  return container;
}

std::vector<View> Services(const View& root) {
  if (!IsFirstLayout(*root.value)) return root.Get("services").Entries();
  std::vector<View> services;
  for (const Slot& slot : root->slots)
    if (IsService(slot)) services.push_back({slot.value, slot.key, slot.key_span, slot.steps});
  return services;
}

}  // namespace

void ReadProject(Project& project, const Context& context, model::Document& document) {
  if (project.root != nullptr) {
    const View root = ViewOf(project.root);
    Findings findings;
    const BoundVolumes bound = ReadResources(root, project, document);
    const FileTable files = TabulateFiles(root);
    ReadPreferences(root, "", document);
    for (const View& service : Services(root)) {
      if (!service->IsMap()) continue;
      if (document.containers.size() == kMostServices) {
        project.Add({"limit-reached", "more than 5,000 services", service.key_span});
        break;
      }
      findings.in_use = IsInUse(service, project);
      model::Container container =
          ReadService(service, project, files, context, document, findings);
      JoinVolumes(document, bound, container);
      ReadPreferences(service, service.key, document);
      document.containers.push_back(std::move(container));
    }
    CheckConsistency(project, findings);
    for (const Problem& problem : findings.problems) project.Add(problem);
  }
  document.gaps.insert(document.gaps.end(), std::make_move_iterator(project.gaps.begin()),
                       std::make_move_iterator(project.gaps.end()));
  document.remarks.insert(document.remarks.end(), std::make_move_iterator(project.remarks.begin()),
                          std::make_move_iterator(project.remarks.end()));
  auto& said = document.suppressions;
  said.insert(said.end(), std::make_move_iterator(project.suppressions.begin()),
              std::make_move_iterator(project.suppressions.end()));
}

}  // namespace cagelint::input::compose
