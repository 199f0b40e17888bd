// What rules say about calls that a profile lets through.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "linter/seccomp/abi.h"
#include "linter/seccomp/filter.h"
#include "linter/seccomp/judgement.h"
#include "linter/seccomp/part.h"

namespace cagelint::seccomp {
namespace {

constexpr std::size_t kMostLabels = 8;

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

// " through the x86 ABI" where the host's own programs cannot make the call.
std::string Through(const Opening& way, const Filter& filter) {
  if (way.abis.front() == filter.abis.front().abi->name) return "";
  std::string list;
  for (std::size_t i = 0; i < way.abis.size(); ++i)
    list += (i == 0 ? "" : i + 1 == way.abis.size() ? " and " : ", ") + std::string(way.abis[i]);
  return " through the " + list + (way.abis.size() == 1 ? " ABI" : " ABIs");
}

std::string When(const Opening& way) {
  return way.condition.empty() ? "allowed with any arguments"
                               : "allowed when " + Quoted(way.condition);
}

// The demanded argument of the example, where a condition limits the call.
std::string ExampleOf(const Opening& way, const Demand& demand) {
  if (way.condition.empty() || demand.IsAny()) return "";
  const bool s390 = way.abis.front().starts_with("s390");
  const unsigned argument = s390 ? demand.argument_s390 : demand.argument;
  return ", for example with `arg" + std::to_string(argument) + " = " +
         Hexadecimal(way.example[argument]) + "`";
}

// What made the entry count, and who runs under the profile.
void AddContext(const Judgement& judgement, const Opening& way, Exposure& out) {
  const model::Container* container = judgement.container;
  const std::string holder = container == nullptr ? "a container has" : "the container has";
  if (way.entry != nullptr && judgement.environment.dialect != Dialect::kOci)
    for (const model::Word& cap : way.entry->includes.caps)
      out.labels.push_back(
          {cap.span, "the entry counts, since " + holder + " " + Quoted(cap.text)});
  if (container != nullptr && container->seccomp)
    out.labels.push_back({container->seccomp->span, "a container runs under this profile"});
}

Exposure ByEntry(const Judgement& judgement, const Filter& filter, const Call& call,
                 const std::vector<Opening>& ways) {
  const Opening& first = ways.front();
  Exposure out{first.span, "", {}, call.minor};
  out.message = Quoted(call.name) + " " + std::string(call.does) + Through(first, filter) + ": " +
                When(first) + ExampleOf(first, call.demand);
  for (std::size_t i = 1; i < ways.size() && out.labels.size() < kMostLabels; ++i)
    if (!ways[i].by_default) out.labels.push_back({ways[i].span, "also " + When(ways[i])});
  AddContext(judgement, first, out);
  return out;
}

Exposure ByDefault(const Judgement& judgement, const std::vector<std::string_view>& names,
                   const Opening& way, bool minor) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i)
    list += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + Quoted(names[i]);
  Exposure out{way.span, "", {}, minor};
  out.message = list + " can be called: the default action is " +
                Quoted(judgement.profile->default_action.text) + " and no entry keeps " +
                (names.size() == 1 ? "it" : "them") + " out";
  AddContext(judgement, way, out);
  return out;
}

}  // namespace

std::vector<Exposure> Exposed(const Judgement& judgement, std::span<const Call> calls) {
  std::vector<Exposure> out;
  const Loaded loaded = LoadProfile(judgement);
  if (loaded.filter == nullptr) return out;
  std::vector<std::string_view> by_default;
  Opening default_way;
  bool minor = true;
  for (const Call& call : calls) {
    const std::vector<Opening> ways = Openings(*loaded.filter, call.name, call.demand);
    if (ways.empty()) continue;
    if (!ways.front().by_default) {
      out.push_back(ByEntry(judgement, *loaded.filter, call, ways));
    } else {
      if (by_default.empty() || by_default.back() != call.name) by_default.push_back(call.name);
      minor = minor && call.minor;
      default_way = ways.front();
    }
  }
  if (!by_default.empty()) out.push_back(ByDefault(judgement, by_default, default_way, minor));
  return out;
}

}  // namespace cagelint::seccomp
