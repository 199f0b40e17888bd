#include <cmath>

#include "linter/base/files.h"
#include "linter/input/compose_merge.h"
#include "linter/input/compose_service.h"

namespace cagelint::input::compose {
namespace {

using model::Setting;

// The service's own key, or what `deploy` says; both must say the same. `has_limits`: `deploy` has
// the mapping, which counts as zero where it lacks the key (checkConsistency).
template <typename T>
Setting<T> Either(Setting<T> own, Setting<T> deploy, bool has_limits, const char* key,
                  Findings& findings) {
  if (own.IsAbsent() || (own.IsKnown() && own.value == T{}))
    return deploy.IsAbsent() ? own : deploy;
  if (own.IsDynamic() || deploy.IsDynamic()) return own;
  if (has_limits && own.value != deploy.value)
    findings.SayInUse("`" + std::string(key) + "` and `deploy` say different limits",
                      own.value_span);
  return own;
}

}  // namespace

void ReadLimits(const View& service, model::Container& container, Findings& findings) {
  const View resources = service.Get("deploy").Get("resources");
  const View limits = resources.Get("limits");
  const View reservations = resources.Get("reservations");
  const bool has = static_cast<bool>(limits);
  container.memory = Either(BytesOf(service.Get("mem_limit"), findings),
                            BytesOf(limits.Get("memory"), findings), has, "mem_limit", findings);
  container.memory_reservation =
      Either(BytesOf(service.Get("mem_reservation"), findings),
             BytesOf(reservations.Get("memory"), findings), static_cast<bool>(reservations),
             "mem_reservation", findings);
  container.cpus = Either(NumberSettingOf(service.Get("cpus")), NumberSettingOf(limits.Get("cpus")),
                          has, "cpus", findings);
  container.pids_limit = Either(IntegerOf(service.Get("pids_limit")), IntegerOf(limits.Get("pids")),
                                has, "pids_limit", findings);
  container.memory_swap = BytesOf(service.Get("memswap_limit"), findings);
  container.shm_size = BytesOf(service.Get("shm_size"), findings);
  container.cpu_quota = IntegerOf(service.Get("cpu_quota"));
  container.cpu_period = IntegerOf(service.Get("cpu_period"));
  container.cpu_shares = IntegerOf(service.Get("cpu_shares"));
  container.cpuset = StringOf(service.Get("cpuset"));
  container.oom_kill_disable = BooleanOf(service.Get("oom_kill_disable"));
  container.oom_score_adj = IntegerOf(service.Get("oom_score_adj"));
}

}  // namespace cagelint::input::compose
