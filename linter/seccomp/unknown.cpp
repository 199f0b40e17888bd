// Names of calls that do not exist.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/text.h"
#include "linter/seccomp/filter.h"
#include "linter/seccomp/flaws.h"
#include "linter/seccomp/wording.h"

namespace cagelint::seccomp {
namespace {

// Names that are compared with all others; bounds the work.
constexpr int kMostSuggestions = 64;

bool IsKnown(std::string_view name) {
  static const base::CsvTable* const others =
      new base::CsvTable(base::ParseCsv(embedded::Find("rules/data/syscalls_without_name.csv")));
  return SyscallNamed(name) != nullptr ||
         std::any_of(others->rows.begin(), others->rows.end(),
                     [&](const auto& row) { return row[0] == name; });
}

// Whether `a` becomes `b` when two neighbours are swapped.
bool IsSwap(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  std::size_t at = 0;
  while (at < a.size() && a[at] == b[at]) ++at;
  return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] &&
         a.substr(at + 2) == b.substr(at + 2);
}

// Whether `a` becomes `b` by one byte more, less or other, or two neighbours swapped.
bool IsOneEdit(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t at = 0;
  while (at < a.size() && a[at] == b[at]) ++at;
  if (a.size() < b.size()) return a.substr(at) == b.substr(at + 1);
  if (a.substr(std::min(at + 1, a.size())) == b.substr(std::min(at + 1, b.size()))) return true;
  return IsSwap(a, b);
}

// The call that `name` is likely meant to be; "" where that cannot be told. New calls are named
// like old ones, so that only the smallest slips count, and those in a name that is long enough.
std::string_view MeantBy(std::string_view name) {
  std::string plain = base::ToLower(name);
  for (const std::string_view prefix : {"__nr_", "sys_", "__x64_sys_"})
    if (plain.starts_with(prefix)) plain.erase(0, prefix.size());
  std::replace(plain.begin(), plain.end(), '-', '_');
  if (plain != name)
    if (const Syscall* call = SyscallNamed(plain)) return call->name;
  if (plain.empty()) return "";
  for (const std::string_view known : SyscallNames()) {
    // "mkdirat2" is a new call beside "mkdirat", no slip. Of short names only swapped letters tell.
    const bool numbered =
        plain.back() >= '0' && plain.back() <= '9' && plain.back() != known.back();
    const bool is_short = plain.size() < 5 || known.size() < 4;
    if (!numbered && (is_short ? IsSwap(plain, known) : IsOneEdit(plain, known))) return known;
  }
  return "";
}

bool CanBeMade(const Filter& filter, std::string_view name) {
  return !Openings(filter, name).empty();
}

class Unknown {
 public:
  explicit Unknown(const Filter& filter) : filter_(filter) {}

  void Look(const model::SeccompEntry& entry) {
    const bool opens = entry.action.text == "SCMP_ACT_ALLOW" ||
                       entry.action.text == "SCMP_ACT_LOG" || entry.action.text == "SCMP_ACT_TRACE";
    std::vector<const model::Word*> others;
    for (const model::Word& name : entry.names) {
      if (IsKnown(name.text)) continue;
      const std::string_view meant = left_-- > 0 ? MeantBy(name.text) : "";
      if (meant.empty() || name.text.empty())
        others.push_back(&name);
      else
        AddSlip(name, meant, opens);
    }
    if (!others.empty()) AddOthers(others, opens);
  }

  std::vector<Flaw> Take() { return std::move(flaws_); }

 private:
  void AddSlip(const model::Word& name, std::string_view meant, bool opens) {
    Flaw flaw{name.span, "", "write " + Quoted(meant), {}, Effect::kCloses};
    if (!opens) flaw.effect = CanBeMade(filter_, meant) ? Effect::kOpens : Effect::kNothing;
    flaw.message = Quoted(name.text) + " is no system call; " + Quoted(meant) + " is, and it is ";
    flaw.message += opens                           ? "not let through by this entry"
                    : flaw.effect == Effect::kOpens ? "not denied"
                                                    : "denied without this entry";
    flaws_.push_back(std::move(flaw));
  }

  // One that is newer than the tables of libseccomp looks the same: it is passed over as well.
  void AddOthers(const std::vector<const model::Word*>& names, bool opens) {
    Flaw flaw{names.front()->span, "", "", {}, Effect::kNothing};
    const bool one = names.size() == 1;
    if (one && names.front()->text.empty()) {
      flaw.message = "an empty name";
      flaw.help = "leave it out";
    } else {
      flaw.message = NameList(names) + std::string(Is(names.size())) +
                     (one ? "no system call" : "no system calls") +
                     " that libseccomp knows: the runtime passes over " +
                     (one ? "the name" : "the names");
      flaw.help = "look the name up in the kernel's tables";
    }
    if (!opens && filter_.default_action.Opens()) {
      flaw.effect = Effect::kOpens;
      flaw.message += ", and nothing is denied by it";
    }
    flaws_.push_back(std::move(flaw));
  }

  const Filter& filter_;
  int left_ = kMostSuggestions;
  std::vector<Flaw> flaws_;
};

}  // namespace

std::vector<Flaw> UnknownCalls(const Judgement& judgement) {
  const Loaded loaded = LoadProfile(judgement);
  if (loaded.filter == nullptr) return {};
  Unknown unknown(*loaded.filter);
  for (const model::SeccompEntry& entry : judgement.profile->entries) unknown.Look(entry);
  return unknown.Take();
}

}  // namespace cagelint::seccomp
