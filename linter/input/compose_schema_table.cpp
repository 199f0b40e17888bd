// What may stand where in a compose file. Facts: the schema of compose-go 2.9.1
// (schema/compose-spec.json) and the casts of loader/interpolate.go, in a notation of our own; see
// compose_schema.h.
#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "linter/input/compose_schema.h"

namespace cagelint::input::compose {
namespace {

// clang-format off
constexpr ShapeText kShapes[] = {
    {"strings",
     "[]:s"},
    {"include_item",
     "path:sl!:strings env_file:sl!:strings project_directory:s"},
    {"include",
     "[]:sm:include_item"},
    {"dict",
     "*:nbfs []:s"},
    {"exec",
     "^command:nsl:strings user:s privileged:bsBL working_dir:s environment:ml!:dict"},
    {"watch_item",
     "ignore:sl!:strings include:sl!:strings ^path:s "
     "^action:s(rebuild|sync|restart|sync+restart|sync+exec) target:s exec:m:exec "
     "initial_sync:b"},
    {"watch",
     "[]:m:watch_item"},
    {"develop",
     "watch:l:watch"},
    {"rollback_config",
     "parallelism:isI delay:sD failure_action:s monitor:sD max_failure_ratio:fsF "
     "order:s(start-first|stop-first)"},
    {"limits",
     "cpus:fsFL memory:s pids:isIL"},
    {"discrete_resource_spec",
     "kind:s value:fsIL"},
    {"generic_resources_item",
     "discrete_resource_spec:m:discrete_resource_spec"},
    {"generic_resources",
     "[]:m:generic_resources_item"},
    {"devices_item",
     "^capabilities:l!:strings count:is device_ids:l!:strings driver:s options:ml!:dict"},
    {"devices",
     "[]:m:devices_item"},
    {"reservations",
     "cpus:fsFL memory:s generic_resources:l:generic_resources devices:l:devices"},
    {"resources",
     "limits:m:limits reservations:m:reservations"},
    {"restart_policy",
     "condition:s delay:sD max_attempts:isI window:sD"},
    {"preferences_item",
     "spread:s"},
    {"preferences",
     "[]:m:preferences_item"},
    {"placement",
     "constraints:l:strings preferences:l:preferences max_replicas_per_node:isI"},
    {"deploy",
     "mode:s endpoint_mode:s replicas:isI labels:ml:dict rollback_config:m:rollback_config "
     "update_config:m:rollback_config resources:m:resources restart_policy:m:restart_policy "
     "placement:m:placement"},
    {"extra_hosts",
     "*:sl:strings []:s"},
    {"secret",
     "source:s target:s uid:s gid:s mode:fs"},
    {"secrets",
     "[]:sm:secret"},
    {"ulimits_item",
     "^hard:is ^soft:is"},
    {"ulimits",
     "*:im:ulimits_item"},
    {"build",
     "context:s dockerfile:s dockerfile_inline:s entitlements:l:strings args:ml:dict "
     "ssh:ml!:dict labels:ml:dict cache_from:l:strings cache_to:l:strings no_cache:bsBL "
     "additional_contexts:ml:dict network:s provenance:bs sbom:bs pull:bsBL target:s shm_size:isS "
     "extra_hosts:ml!:extra_hosts isolation:s privileged:bsBL secrets:l:secrets tags:l:strings "
     "ulimits:m:ulimits platforms:l:strings"},
    {"device_read_bps_item",
     "path:s rate:isS"},
    {"device_read_bps",
     "[]:m:device_read_bps_item"},
    {"weight_device_item",
     "path:s weight:isUK"},
    {"weight_device",
     "[]:m:weight_device_item"},
    {"blkio_config",
     "device_read_bps:l:device_read_bps device_read_iops:l:device_read_bps "
     "device_write_bps:l:device_read_bps device_write_iops:l:device_read_bps weight:isUK "
     "weight_device:l:weight_device"},
    {"credential_spec",
     "config:s file:s registry:s"},
    {"depends_on_item",
     "restart:bsBL required:b "
     "^condition:s(service_started|service_healthy|service_completed_successfully)"},
    {"depends_on",
     "[]:s *:m:depends_on_item"},
    {"devices_item2",
     "^source:s target:s permissions:s"},
    {"devices2",
     "[]:sm:devices_item2"},
    {"env_file_item",
     "^path:s format:s required:bsBL"},
    {"env_file",
     "[]:sm:env_file_item"},
    {"expose",
     "[]:isW"},
    {"extends",
     "^service:s file:s"},
    {"options_item",
     "[]:bfs"},
    {"options",
     "*:bfsl:options_item"},
    {"provider",
     "^type:s options:m:options"},
    {"gpus_item",
     "capabilities:l!:strings count:is device_ids:l!:strings driver:s options:ml!:dict"},
    {"gpus",
     "[]:m+:gpus_item"},
    {"healthcheck",
     "disable:bsB interval:sD retries:fsIU test:sl:strings timeout:sD start_period:sD "
     "start_interval:sD"},
    {"options2",
     "*:nfs"},
    {"logging",
     "driver:s options:m:options2"},
    {"model",
     "endpoint_var:s model_var:s"},
    {"models",
     "[]:s *:nm:model"},
    {"driver_opts",
     "*:fs"},
    {"network",
     "aliases:l:strings interface_name:s ipv4_address:s ipv6_address:s "
     "link_local_ips:l:strings mac_address:s driver_opts:m:driver_opts priority:f "
     "gw_priority:f"},
    {"networks",
     "[]:s *:nm:network"},
    {"ports_item",
     "name:s mode:s host_ip:s target:isIU published:is protocol:s app_protocol:s"},
    {"ports",
     "[]:ismW:ports_item"},
    {"post_start",
     "[]:m:exec"},
    {"ulimits_item2",
     "^hard:isI ^soft:isI"},
    {"ulimits2",
     "*:ismI:ulimits_item2"},
    {"bind",
     "propagation:s create_host_path:bsBL recursive:s(enabled|disabled|writable|readonly) "
     "selinux:s(z|Z)"},
    {"volume",
     "labels:ml!:dict nocopy:bsB subpath:s"},
    {"tmpfs",
     "size:is mode:fsK"},
    {"image",
     "subpath:s"},
    {"volume2",
     "^type:s(bind|volume|tmpfs|cluster|npipe|image) source:s target:s read_only:bsB "
     "consistency:s bind:m:bind volume:m:volume tmpfs:m:tmpfs image:m:image"},
    {"volumes",
     "[]:sm:volume2"},
    {"service",
     "develop:nm:develop deploy:nm:deploy annotations:ml:dict attach:bsBL build:sm:build "
     "blkio_config:m:blkio_config cap_add:l:strings cap_drop:l:strings cgroup:s(host|private) "
     "cgroup_parent:s command:nsl:strings configs:l:secrets container_name:sC cpu_count:isI "
     "cpu_percent:isF cpu_shares:fsI cpu_quota:fsI cpu_period:fsI cpu_rt_period:fsI "
     "cpu_rt_runtime:fsI cpus:fsF cpuset:s credential_spec:m:credential_spec "
     "depends_on:ml!N:depends_on device_cgroup_rules:l!:strings devices:l:devices2 "
     "dns:sl:strings dns_opt:l:strings dns_search:sl:strings domainname:s "
     "entrypoint:nsl:strings env_file:sl:env_file label_file:sl:strings environment:ml:dict "
     "expose:l:expose extends:sm:extends provider:m:provider external_links:l!:strings "
     "extra_hosts:ml!:extra_hosts gpus:sl(all):gpus group_add:l!:expose "
     "healthcheck:m:healthcheck hostname:s image:s init:bsB ipc:s isolation:s labels:ml:dict "
     "links:l:strings logging:m:logging mac_address:s mem_limit:fs mem_reservation:is "
     "mem_swappiness:isS memswap_limit:fs network_mode:s models:ml!N:models "
     "networks:ml!N:networks oom_kill_disable:bsB oom_score_adj:isIO pid:s pids_limit:fsI "
     "platform:s ports:l:ports post_start:l:post_start pre_stop:l:post_start privileged:bsB "
     "profiles:l:strings pull_policy:sP pull_refresh_after:s read_only:bsB restart:s runtime:s "
     "scale:isI security_opt:l!:strings shm_size:fs secrets:l:secrets sysctls:ml:dict "
     "stdin_open:bsB stop_grace_period:sD stop_signal:s storage_opt:m+ tmpfs:sl:strings "
     "tty:bsB ulimits:m:ulimits2 use_api_socket:b user:s uts:s userns_mode:s volumes:l:volumes "
     "volumes_from:l!:strings working_dir:s"},
    {"services",
     "*:m:service"},
    {"model2",
     "name:s ^model:s context_size:i runtime_flags:l:strings"},
    {"models2",
     "*:m:model2"},
    {"aux_addresses",
     "*:s"},
    {"config_item",
     "subnet:s ip_range:s gateway:s aux_addresses:m:aux_addresses"},
    {"config",
     "[]:m:config_item"},
    {"ipam",
     "driver:s config:l:config options:m:aux_addresses"},
    {"external",
     "name:s"},
    {"network2",
     "name:s driver:s driver_opts:m:driver_opts ipam:m:ipam external:bsmB:external "
     "internal:bsB enable_ipv4:bsB enable_ipv6:bsB attachable:bsB labels:ml:dict"},
    {"networks2",
     "*:nm:network2"},
    {"volume3",
     "name:s driver:s driver_opts:m:driver_opts external:bsmB:external labels:ml!:dict"},
    {"volumes2",
     "*:nm:volume3"},
    {"secret2",
     "name:s environment:s file:s external:bsm+B:external labels:ml!:dict driver:s "
     "driver_opts:m:driver_opts template_driver:s"},
    {"secrets2",
     "*:m:secret2"},
    {"config2",
     "name:s content:s environment:s file:s external:bsm+B:external labels:ml!:dict "
     "template_driver:s"},
    {"configs",
     "*:m:config2"},
    {"",
     "version:s name:s include:l:include services:mN:services models:mN:models2 "
     "networks:mN:networks2 volumes:mN:volumes2 secrets:mN:secrets2 configs:mN:configs"},
};
// clang-format on

// Calls `act` with each word of `text`.
template <typename Act>
constexpr void ForEachWord(std::string_view text, Act act) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) act(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

constexpr std::size_t kRules = [] {
  std::size_t count = 0;
  for (const ShapeText& shape : kShapes)
    ForEachWord(shape.children, [&](std::string_view) { ++count; });
  return count;
}();

// A name that no shape has is not found, which no compiler takes.
constexpr int IndexOf(std::string_view name) {
  int index = 0;
  while (kShapes[index].name != name) ++index;
  return index;
}

constexpr ShapeRule RuleOf(std::string_view word) {
  ShapeRule rule;
  rule.is_required = word.starts_with('^');
  if (rule.is_required) word.remove_prefix(1);
  rule.key = word.substr(0, word.find(':'));
  rule.kinds = word.substr(rule.key.size() + 1);
  if (const std::size_t colon = rule.kinds.find(':'); colon != std::string_view::npos) {
    rule.shape = IndexOf(rule.kinds.substr(colon + 1));
    rule.kinds = rule.kinds.substr(0, colon);
  }
  if (const std::size_t open = rule.kinds.find('('); open != std::string_view::npos) {
    rule.words = rule.kinds.substr(open + 1, rule.kinds.size() - open - 2);
    rule.kinds = rule.kinds.substr(0, open);
  }
  return rule;
}

struct Table {
  std::array<ShapeRule, kRules> rules;
  std::array<std::size_t, std::size(kShapes) + 1> begins{};  // of the rules of each shape
};

constexpr Table kTable = [] {
  Table out;
  std::size_t at = 0;
  for (std::size_t i = 0; i < std::size(kShapes); ++i) {
    ForEachWord(kShapes[i].children,
                [&](std::string_view word) { out.rules[at++] = RuleOf(word); });
    out.begins[i + 1] = at;
    std::sort(out.rules.data() + out.begins[i], out.rules.data() + at,
              [](const ShapeRule& a, const ShapeRule& b) { return a.key < b.key; });
  }
  return out;
}();

}  // namespace

std::span<const ShapeRule> ShapeAt(int shape) {
  const auto index = static_cast<std::size_t>(shape);
  return std::span(kTable.rules)
      .subspan(kTable.begins[index], kTable.begins[index + 1] - kTable.begins[index]);
}

int WholeFile() {
  constexpr int kWhole = IndexOf("");
  return kWhole;
}

}  // namespace cagelint::input::compose
