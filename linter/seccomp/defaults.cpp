#include "linter/seccomp/defaults.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/text.h"
#include "linter/seccomp/filter.h"
#include "linter/seccomp/part.h"
#include "linter/seccomp/table.h"

namespace cagelint::seccomp {
namespace {

constexpr std::size_t kMostGroups = 6;

void ReadArguments(std::string_view text, DefaultCall& out) {
  if (text.empty()) return;
  const std::vector<std::string_view> words = base::Split(text, ' ');
  if (words.front() == "any") {
    out.demand.bits = NumberIn(words[1]);
    if (out.name == "clone") out.demand.argument_s390 = 1;  // s390 swaps its first two
    if (words.size() > 3) out.demand.limit = NumberIn(words[3]);
    return;
  }
  out.arguments.emplace();
  for (const std::string_view word : words) out.arguments->push_back(NumberIn(word));
}

DefaultAnswer ReadAnswer(std::string_view text, std::string_view earlier) {
  DefaultAnswer answer{text == "open", {}, earlier};
  if (answer.open || text == "closed") return answer;
  answer.capabilities = base::Split(text, ' ');
  return answer;
}

std::vector<DefaultCall> ReadTable() {
  static const base::CsvTable table =
      base::ParseCsv(embedded::Find("rules/data/engine_seccomp.csv"));
  struct Columns {
    model::Engine engine;
    std::size_t now, earlier;
  };
  std::vector<Columns> engines;
  for (const auto engine :
       {model::Engine::kDocker, model::Engine::kPodman, model::Engine::kNerdctl}) {
    const std::string name(model::Name(engine));
    engines.push_back({engine, table.Column(name), table.Column(name + "_earlier")});
  }
  const std::size_t name = table.Column("call");
  const std::size_t shown = table.Column("shown");
  const std::size_t group = table.Column("group");
  const std::size_t dangerous = table.Column("dangerous");
  const std::size_t needs = table.Column("needs");
  const std::size_t arguments = table.Column("arguments");
  std::vector<DefaultCall> out;
  out.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    DefaultCall& call = out.emplace_back();
    call.name = row[name];
    call.shown = row[shown].empty() ? row[name] : row[shown];
    call.group = row[group];
    call.dangerous = row[dangerous] == "yes";
    call.needs = row[needs];
    ReadArguments(row[arguments], call);
    for (const Columns& columns : engines)
      call.answers[static_cast<std::size_t>(columns.engine)] =
          ReadAnswer(row[columns.now], row[columns.earlier]);
  }
  return out;
}

// Whether the default lets the call through. Nothing: that depends on capabilities that are
// unknown.
std::optional<bool> IsOpen(const DefaultAnswer& answer, const Capabilities& capabilities) {
  if (answer.open) return true;
  if (answer.capabilities.empty()) return false;
  if (!capabilities) return std::nullopt;
  return std::any_of(answer.capabilities.begin(), answer.capabilities.end(),
                     [&](std::string_view one) { return Has(*capabilities, one); });
}

// `socket(1 << 32 | AF_ALG)` is worth a word only where `socket(AF_ALG)` is closed.
bool IsDetourOf(const DefaultCall& call, const DefaultCall& plain) {
  if (!call.arguments || !plain.arguments || call.name != plain.name) return false;
  const std::uint64_t own = call.arguments->front();
  return own > UINT32_MAX && static_cast<std::uint32_t>(own) == plain.arguments->front();
}

std::optional<Wider> ByArguments(const Filter& filter, const DefaultCall& call) {
  for (const AbiFilter& part : filter.abis) {
    const Verdict verdict = Decide(filter, part.abi->name, call.name, *call.arguments);
    if (verdict.exists && verdict.action.Opens())
      return Wider{&call, verdict.decided_by, verdict.by_default};
  }
  return std::nullopt;
}

// Arguments that match `rule`; nothing where none do. It compares each argument once.
std::optional<Arguments> ExampleOf(const CallRule& rule, const Abi& abi) {
  Arguments arguments{};
  for (const Comparison& c : rule.comparisons) {
    const bool behind = c.op == Operator::kNe || c.op == Operator::kGt;
    const bool below = c.op == Operator::kLt || c.op == Operator::kLe;
    arguments[c.argument] = below ? 0 : c.datum + (behind ? 1 : 0);
  }
  if (!Matches(rule, abi, arguments)) return std::nullopt;
  return arguments;
}

// Whether calls of one name can be made at all, by a look at each entry where that is enough.
class Question {
 public:
  explicit Question(const Filter& filter) : filter_(filter) {}

  std::optional<Wider> Ask(const DefaultCall& call) {
    if (call.arguments) return ByArguments(filter_, call);
    bool undecided = call.demand.bits != 0;
    for (const AbiFilter& part : filter_.abis) {
      if (undecided) break;
      const auto number = CallNumber(filter_, *part.abi, call.name);
      const Part meets = number ? PartFor(filter_, *part.abi, *number) : Part{};
      if (meets.filter == nullptr) continue;
      if (auto found = Look(call, part, meets.rules, undecided)) return found;
    }
    return undecided ? Search(call) : std::nullopt;
  }

 private:
  // Bound the work on hostile profiles.
  static constexpr int kMostLooks = 16;     // entries of one call on one ABI
  static constexpr int kMostSearches = 16;  // calls that need a search

  std::optional<Wider> Look(const DefaultCall& call, const AbiFilter& part, const CallRules* rules,
                            bool& undecided) const {
    if (rules != nullptr && rules->always) {
      if (!rules->always->action.Opens()) return std::nullopt;
      return Wider{&call, rules->always->name->span, false};
    }
    int looks = 0;
    if (rules != nullptr)
      for (const CallRule& rule : rules->conditional) {
        const auto example = rule.action.Opens() ? ExampleOf(rule, *part.abi) : std::nullopt;
        if (!example) continue;
        undecided = true;
        if (++looks > kMostLooks) break;
        const Verdict verdict = Decide(filter_, part.abi->name, call.name, *example);
        if (verdict.action.Opens() && !verdict.by_default)
          return Wider{&call, verdict.decided_by, false};
      }
    if (!filter_.default_action.Opens()) return std::nullopt;
    if (rules == nullptr) return Wider{&call, filter_.default_span, true};
    undecided = true;
    return std::nullopt;
  }

  std::optional<Wider> Search(const DefaultCall& call) {
    // What could not be proved closed counts as open, as in Openings.
    if (call.demand.bits == 0 && ++searches_ > kMostSearches)
      return Wider{&call, filter_.default_span, true};
    const std::vector<Opening> ways = Openings(filter_, call.name, call.demand);
    if (ways.empty()) return std::nullopt;
    return Wider{&call, ways.front().span, ways.front().by_default};
  }

  const Filter& filter_;
  int searches_ = 0;
};

// "`mount`, `umount` and 9 more"
std::string ListNames(const std::vector<const DefaultCall*>& calls, std::size_t most) {
  const std::size_t shown = calls.size() > most + 1 ? most : calls.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == calls.size() ? " and " : ", ";
    text += "`" + calls[i]->shown + "`";
  }
  if (shown < calls.size()) text += " and " + std::to_string(calls.size() - shown) + " more";
  return text;
}

}  // namespace

std::span<const DefaultCall> DefaultCalls() {
  static const std::vector<DefaultCall> calls = ReadTable();
  return calls;
}

std::string_view DefaultOf(model::Engine engine) {
  switch (engine) {
    case model::Engine::kDocker:
      return "Docker";
    case model::Engine::kPodman:
      return "podman";
    case model::Engine::kNerdctl:
      return "containerd";
  }
  return "";
}

std::vector<const DefaultCall*> LeftOpen(model::Engine engine, const Capabilities& capabilities) {
  std::vector<const DefaultCall*> out;
  for (const DefaultCall& call : DefaultCalls()) {
    if (!call.dangerous || IsOpen(call.Of(engine), capabilities) != true) continue;
    if (!call.needs.empty() && !(capabilities && Has(*capabilities, call.needs))) continue;
    if (std::any_of(out.begin(), out.end(),
                    [&](const DefaultCall* other) { return IsDetourOf(call, *other); }))
      continue;
    out.push_back(&call);
  }
  return out;
}

std::vector<Wider> WiderThanDefault(const Judgement& judgement) {
  std::vector<Wider> out;
  const model::Container* container = judgement.container;
  // Without a profile no filter at all applies to a privileged container.
  const bool is_privileged =
      container != nullptr && (container->privileged.Is(true) || container->privileged.IsDynamic());
  const Loaded loaded = LoadProfile(judgement);
  if (loaded.filter == nullptr || is_privileged) return out;
  const model::Engine engine = container == nullptr ? model::Engine::kDocker : container->engine;
  const Capabilities capabilities = container == nullptr
                                        ? Capabilities(judgement.environment.capabilities)
                                        : container->effective.capabilities;
  Question question(*loaded.filter);
  for (const DefaultCall& call : DefaultCalls()) {
    if (IsOpen(call.Of(engine), capabilities) != false) continue;
    if (const auto wider = question.Ask(call)) out.push_back(*wider);
  }
  std::stable_sort(out.begin(), out.end(), [](const Wider& a, const Wider& b) {
    return std::pair(a.by_default, a.span.begin) < std::pair(b.by_default, b.span.begin);
  });
  return out;
}

std::string ListByGroup(std::vector<const DefaultCall*> calls, std::size_t most_names) {
  // All of them stand in one table.
  std::sort(calls.begin(), calls.end());
  std::vector<std::vector<const DefaultCall*>> groups;
  for (const DefaultCall* call : calls) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return group.front()->group == call->group;
    });
    (same == groups.end() ? groups.emplace_back() : *same).push_back(call);
  }
  const std::size_t shown = groups.size() > kMostGroups ? kMostGroups - 1 : groups.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == groups.size() ? " and " : ", ";
    text += groups[i].front()->group + " (" + ListNames(groups[i], most_names) + ")";
  }
  if (shown < groups.size())
    text += " and " + std::to_string(groups.size() - shown) + " further groups";
  return text;
}

}  // namespace cagelint::seccomp
