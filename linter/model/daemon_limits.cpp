// Limits and restart policies.
#include <string>

#include "linter/model/daemon.h"

namespace cagelint::model {
namespace {

constexpr std::int64_t kLeastMemory = 6 * 1024 * 1024;

template <typename T>
bool IsPositive(const Setting<T>& setting) {
  return setting.IsKnown() && setting.value > T{};
}

void FindMemory(const Container& container, std::vector<Refusal>& out) {
  const auto& memory = container.memory;
  const auto& swap = container.memory_swap;
  const auto& reservation = container.memory_reservation;
  const auto label = [&](std::string text) {
    return std::vector<diagnostic::Label>{{PlaceOf(memory, container), std::move(text)}};
  };
  if (IsPositive(memory) && memory.value < kLeastMemory)
    out.push_back({PlaceOf(memory, container), "a memory limit below 6 MB", "give 6 MB or more"});
  if (IsPositive(swap) && (memory.IsAbsent() || memory.Is(0)))
    out.push_back({PlaceOf(swap, container), "a limit on memory with swap without one on memory",
                   "set the memory limit as well: " + Spelling(container, "memory", "1g")});
  if (IsPositive(swap) && IsPositive(memory) && swap.value < memory.value)
    out.push_back({PlaceOf(swap, container),
                   "the limit on memory with swap is below the one on memory",
                   "it is the sum of both: give at least as much", label("the memory limit")});
  if (IsPositive(reservation) && reservation.value < kLeastMemory)
    out.push_back(
        {PlaceOf(reservation, container), "a memory reservation below 6 MB", "give 6 MB or more"});
  if (IsPositive(reservation) && IsPositive(memory) && reservation.value > memory.value)
    out.push_back({PlaceOf(reservation, container), "more memory is reserved than the limit allows",
                   "reserve at most the limit", label("the memory limit")});
}

void FindCpu(const Container& container, std::vector<Refusal>& out) {
  const auto& cpus = container.cpus;
  const auto& period = container.cpu_period;
  const auto& quota = container.cpu_quota;
  if (cpus.IsKnown() && cpus.value < 0)
    out.push_back({PlaceOf(cpus, container), "a negative number of CPUs",
                   "give a number above zero: " + Spelling(container, "cpus", "2")});
  if (period.IsKnown() && period.value != 0 && (period.value < 1000 || period.value > 1000000))
    out.push_back({PlaceOf(period, container), "a CPU period outside of 1000 to 1000000",
                   "it is in microseconds: " + Spelling(container, "cpu_period", "100000")});
  if (IsPositive(quota) && quota.value < 1000)
    out.push_back({PlaceOf(quota, container), "a CPU quota below 1000",
                   "it is in microseconds: " + Spelling(container, "cpu_quota", "50000")});
  for (const auto* other : {&period, &quota}) {
    if (!IsPositive(cpus) || !IsPositive(*other)) continue;
    out.push_back({PlaceOf(*other, container),
                   "a CPU quota of its own beside a number of CPUs",
                   "keep " + Spelling(container, "cpus", "2") + " alone",
                   {{PlaceOf(cpus, container), "sets period and quota"}}});
    break;
  }
}

void FindOomScore(const Container& container, std::vector<Refusal>& out) {
  const auto& score = container.oom_score_adj;
  if (score.IsKnown() && (score.value < -1000 || score.value > 1000))
    out.push_back({PlaceOf(score, container), "an OOM score outside of -1000 to 1000", ""});
}

void FindRestart(const Container& container, std::vector<Refusal>& out) {
  const auto& restart = container.restart;
  if (!restart.IsKnown() || IsPlaceholder(restart.value.policy)) return;
  std::string policy = restart.value.policy;
  if (container.IsCompose() && policy == "none") policy = "no";
  if (container.IsCompose() && policy == "any") policy = "always";
  const bool counts = policy == "on-failure";
  const bool known = counts || policy.empty() || policy == "no" || policy == "always" ||
                     policy == "unless-stopped";
  const base::Span place = PlaceOf(restart, container);
  if (!known)
    out.push_back(
        {place, "there is no restart policy `" + policy + "`",
         "take " + Spelling(container, "restart", container.IsCompose() ? "\"no\"" : "no")});
  else if (counts && restart.value.max_retries < 0)
    out.push_back({place, "a negative number of retries", ""});
  else if (!counts && restart.value.max_retries != 0)
    out.push_back(
        {place,
         "`" + policy + "` takes no number of retries" +
             (container.IsCompose() ? ": Docker 28 refuses it" : ""),
         "only `on-failure` takes one: " + Spelling(container, "restart", "on-failure:3")});
}

}  // namespace

void FindRefusedLimits(const Container& container, std::vector<Refusal>& out) {
  FindMemory(container, out);
  FindCpu(container, out);
  FindOomScore(container, out);
  FindRestart(container, out);
}

}  // namespace cagelint::model
