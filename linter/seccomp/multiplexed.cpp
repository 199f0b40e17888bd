// Calls that old 32-bit programs reach through one call for many.
#include <string>
#include <utility>
#include <vector>

#include "linter/seccomp/filter.h"
#include "linter/seccomp/flaws.h"
#include "linter/seccomp/part.h"
#include "linter/seccomp/wording.h"

namespace cagelint::seccomp {
namespace {

enum class Reach : std::uint8_t { kOpen, kLimited, kClosed };

// What `call` can do by its own number on `abi`; kOpen where it has none.
Reach ReachOf(const Filter& filter, const Abi& abi, const Syscall& call) {
  const auto number = CallNumber(filter, abi, call.name);
  if (!number) return Reach::kOpen;
  const Part part = PartFor(filter, abi, *number);
  const auto only = [](Action action) { return action.Opens() ? Reach::kOpen : Reach::kClosed; };
  if (part.filter == nullptr) return only(part.answer);
  if (part.rules == nullptr) return only(filter.default_action);
  if (part.rules->always) return only(part.rules->always->action);
  bool opens = filter.default_action.Opens();
  bool closes = !opens;
  for (const CallRule& rule : part.rules->conditional)
    (rule.action.Opens() ? opens : closes) = true;
  return !closes ? Reach::kOpen : opens ? Reach::kLimited : Reach::kClosed;
}

// What one entry opens through one multiplexer.
struct Way {
  base::Span span;
  std::string_view multiplexer;
  const Abi* abi = nullptr;
  std::vector<std::string_view> closed;
  std::vector<std::string_view> limited;
};

std::string MessageOf(const Way& way) {
  std::string message =
      "on the " + std::string(way.abi->name) + " ABI " + Quoted(way.multiplexer) + " reaches ";
  if (!way.closed.empty()) message += NameList(way.closed) + ", which the profile denies";
  if (!way.closed.empty() && !way.limited.empty()) message += ", and ";
  if (!way.limited.empty())
    message += NameList(way.limited) + " with any arguments, which the profile limits";
  return message;
}

}  // namespace

std::vector<Flaw> MultiplexedCalls(const Judgement& judgement) {
  const Loaded loaded = LoadProfile(judgement);
  if (loaded.filter == nullptr) return {};
  const Filter& filter = *loaded.filter;
  const Abi& native = *filter.abis.front().abi;
  std::vector<Way> ways;
  for (const AbiFilter& part : filter.abis)
    for (const std::string_view name : SyscallNames()) {
      const Syscall& call = *SyscallNamed(name);
      if (!call.IsMultiplexed(*part.abi)) continue;
      const Reach reach = ReachOf(filter, native, call);
      if (reach == Reach::kOpen) continue;
      const std::uint64_t which[] = {static_cast<std::uint64_t>(call.multiplexed)};
      const Verdict verdict = Decide(filter, part.abi->name, call.multiplexer, which);
      if (!verdict.action.Opens() || !verdict.decided_by.IsValid()) continue;
      Way* way = nullptr;
      for (Way& known : ways)
        if (known.span == verdict.decided_by && known.abi == part.abi &&
            known.multiplexer == call.multiplexer)
          way = &known;
      if (way == nullptr)
        way = &ways.emplace_back(Way{verdict.decided_by, call.multiplexer, part.abi, {}, {}});
      (reach == Reach::kClosed ? way->closed : way->limited).push_back(name);
    }
  std::vector<Flaw> flaws;
  for (const Way& way : ways) flaws.push_back({way.span, MessageOf(way)});
  return flaws;
}

}  // namespace cagelint::seccomp
