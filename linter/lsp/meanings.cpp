#include "linter/lsp/meanings.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/text.h"
#include "linter/model/effective.h"
#include "linter/seccomp/defaults.h"

namespace cagelint::lsp {
namespace {

// How a member of model::Container is written.
struct Written {
  std::string_view member, flag, key;
};
#define SETTING(type, member, flag, key) Written{#member, flag, key},
#define LIST SETTING
constexpr Written kWritten[] = {
#include "linter/model/settings.def"
};
#undef SETTING
#undef LIST

// Other spellings of flags and keys, by member.
constexpr Written kAlso[] = {
    {"mounts", "--volume", ""},
    {"mounts", "--tmpfs", "tmpfs"},
    {"network_mode", "--net", "network_mode"},
    {"log_options", "--log-opt", ""},
    {"networks", "--network-alias", ""},
};

struct Short {
  std::string_view letter, flag;
};
constexpr Short kShort[] = {
    {"-c", "--cpu-shares"},  {"-d", "--detach"}, {"-e", "--env"},    {"-h", "--hostname"},
    {"-i", "--interactive"}, {"-l", "--label"},  {"-m", "--memory"}, {"-p", "--publish"},
    {"-P", "--publish-all"}, {"-t", "--tty"},    {"-u", "--user"},   {"-v", "--volume"},
    {"-w", "--workdir"},
};

// A table of rules/data by its first column.
class Table {
 public:
  explicit Table(std::string_view name) : csv_(base::ParseCsv(embedded::Find(name))) {
    for (const auto& row : csv_.rows) rows_.emplace(row[0], row);
  }
  const base::CsvTable::Row* Find(std::string_view key) const {
    const auto found = rows_.find(key);
    return found == rows_.end() ? nullptr : &found->second;
  }
  std::string_view Cell(const base::CsvTable::Row& row, std::string_view column) const {
    return row[csv_.Column(column)];
  }
  const base::CsvTable& Csv() const { return csv_; }

 private:
  base::CsvTable csv_;
  std::map<std::string_view, base::CsvTable::Row> rows_;
};

std::vector<std::string> WordsIn(std::string_view cell) {
  std::vector<std::string> out;
  for (const std::string_view word : base::Split(cell, ' '))
    if (!word.empty()) out.emplace_back(word);
  return out;
}

std::optional<Meaning> OfSetting(std::string_view member, std::string_view name,
                                 std::string_view kind) {
  static const Table table("rules/data/settings.csv");
  const auto* row = table.Find(member);
  if (row == nullptr) return std::nullopt;
  return Meaning{std::string(name), std::string(kind), std::string(table.Cell(*row, "does")),
                 std::string(table.Cell(*row, "default")), WordsIn(table.Cell(*row, "rules"))};
}

template <typename Member>
std::optional<Meaning> OfSpelling(std::string_view word, std::string_view kind, Member member) {
  for (const std::span<const Written> list :
       {std::span<const Written>(kWritten), std::span<const Written>(kAlso)})
    for (const Written& written : list)
      if (!(written.*member).empty() && written.*member == word)
        return OfSetting(written.member, word, kind);
  return std::nullopt;
}

std::string Answers(const seccomp::DefaultCall& call) {
  std::string out;
  for (const model::Engine engine :
       {model::Engine::kDocker, model::Engine::kPodman, model::Engine::kNerdctl}) {
    const seccomp::DefaultAnswer& answer = call.Of(engine);
    std::string said = answer.open ? "allowed" : "refused";
    if (!answer.open && !answer.capabilities.empty()) {
      said = "allowed with";
      for (const std::string_view one : answer.capabilities) said.append(" ").append(one);
    }
    out += (out.empty() ? "" : ", ") + std::string(model::Name(engine)) + ": " + said;
  }
  return out;
}

}  // namespace

std::optional<Meaning> MeaningOfFlag(std::string_view word) {
  for (const Short& known : kShort)
    if (known.letter == word) {
      auto meaning = OfSpelling(known.flag, "flag", &Written::flag);
      if (meaning) meaning->name = std::string(word) + ", " + std::string(known.flag);
      return meaning;
    }
  return OfSpelling(word, "flag", &Written::flag);
}

std::optional<Meaning> MeaningOfKey(std::string_view word) {
  return OfSpelling(word, "key", &Written::key);
}

std::optional<Meaning> MeaningOfCapability(std::string_view word, model::Engine engine) {
  static const Table meanings("rules/data/capability_meanings.csv");
  static const Table dangers("rules/data/capabilities.csv");
  std::string name = base::ToUpper(word);
  if (!name.starts_with("CAP_")) name.insert(0, "CAP_");
  const auto* row = meanings.Find(name);
  if (row == nullptr) return std::nullopt;
  Meaning out{name,
              "capability",
              "lets a program " + std::string(meanings.Cell(*row, "does")),
              {},
              {"added-capability"}};
  const auto& defaults = model::DefaultCapabilities(engine);
  const bool is_default = std::find(defaults.begin(), defaults.end(), name) != defaults.end();
  out.fallback = std::string(model::Name(engine)) +
                 (is_default ? " gives it to every container" : " does not give it");
  if (const auto* danger = dangers.Find(name)) {
    out.rules.emplace_back("dangerous-capability");
    out.does += "; in a container " + std::string(dangers.Cell(*danger, "reason"));
  }
  if (is_default) out.rules.emplace_back("default-capabilities");
  return out;
}

std::optional<Meaning> MeaningOfCall(std::string_view word) {
  static const Table known("rules/data/syscalls_by_abi.csv");
  static const Table dangers("rules/data/syscalls.csv");
  if (known.Find(word) == nullptr) return std::nullopt;
  Meaning out{std::string(word), "system call", {}, {}, {}};
  const base::CsvTable& table = dangers.Csv();
  const std::size_t call = table.Column("call");
  const std::size_t rule = table.Column("rule");
  for (const auto& row : table.rows) {
    if (row[call] != word) continue;
    if (out.does.empty()) out.does = row[table.Column("does")];
    const std::string id(row[rule]);
    if (std::find(out.rules.begin(), out.rules.end(), id) == out.rules.end())
      out.rules.push_back(id);
  }
  if (!out.does.empty()) out.does = "whoever makes it " + out.does;
  for (const seccomp::DefaultCall& known_call : seccomp::DefaultCalls())
    if (known_call.name == word && !known_call.arguments && out.fallback.empty())
      out.fallback = Answers(known_call);
  if (out.fallback.empty()) out.fallback = "allowed by the profiles of all engines";
  return out;
}

}  // namespace cagelint::lsp
