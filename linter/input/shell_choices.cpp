// Ways that meet: what a variable is on each of them, and one of them chosen.
#include <algorithm>
#include <cassert>
#include <set>

#include "linter/input/shell_values.h"

namespace cagelint::input {
namespace {

// More, or larger values, are joined to what they have in common.
constexpr std::size_t kMostWords = 128;
constexpr std::size_t kMostBytes = 8192;

struct Size {
  std::size_t ways = 0;
  std::size_t words = 0;
  std::size_t bytes = 0;
};

void Measure(const ShellValue& value, Size& size) {
  if (value.ways.empty()) ++size.ways;
  size.words += value.words.size();
  for (const Argument& word : value.words) size.bytes += word.text.size();
  for (const ShellValue& way : value.ways) Measure(way, size);
}

bool MayBeChosen(const std::vector<ShellValue>& ways) {
  Size size;
  bool known = false;
  for (const ShellValue& way : ways) {
    Measure(way, size);
    known = known || way.state != ShellValue::State::kUnknown || !way.ways.empty();
  }
  return known && size.ways <= ShellValues::kMostWays && size.words <= kMostWords &&
         size.bytes <= kMostBytes;
}

bool AreAllTheSame(const std::vector<ShellValue>& ways) {
  return std::all_of(ways.begin(), ways.end(), [&](const ShellValue& way) {
    return way.SameAs(ways.front()) && way.ways.empty();
  });
}

}  // namespace

void ShellValues::Attach(ShellValue& value, std::vector<ShellValue> ways, int join,
                         const std::string& name) {
  value.ways.clear();
  value.join = 0;
  assert(join == 0 || ways.empty() || ways.size() == WaysOf(join));
  if (ways.size() < 2 || AreAllTheSame(ways) || !MayBeChosen(ways)) return;
  Joined& joined = joins_[join];
  joined.names.push_back(name);
  value.ways = std::move(ways);
  value.join = join;
}

void ShellValues::Join(const std::vector<Changes>& ways, std::vector<model::Step> conditions) {
  std::set<std::string> changed;
  for (const Changes& way : ways)
    for (const auto& [name, value] : way) changed.insert(name);
  if (changed.empty()) return;
  const int join = ++last_join_;
  joins_[join].conditions = std::move(conditions);
  for (const std::string& name : changed) {
    std::vector<ShellValue> values;
    for (const Changes& way : ways) {
      const auto found = way.find(name);
      const ShellValue* value = found == way.end() ? Find(name) : &found->second;
      values.push_back(value == nullptr ? ShellValue::Unknown() : *value);
    }
    ShellValue joined = values.front();
    for (std::size_t i = 1; i < values.size(); ++i) joined = JoinValues(joined, values[i]);
    Attach(joined, std::move(values), join, name);
    Set(name, std::move(joined));
  }
}

std::size_t ShellValues::WaysOf(int join) const {
  const auto found = joins_.find(join);
  return found == joins_.end() ? 0 : found->second.conditions.size();
}

const model::Step& ShellValues::ConditionOf(int join, std::size_t way) const {
  return joins_.at(join).conditions[way];
}

void ShellValues::Choose(int join, std::size_t way) {
  const auto found = joins_.find(join);
  if (found == joins_.end()) return;
  for (const std::string& name : found->second.names) {
    const ShellValue* value = Find(name);
    if (value == nullptr || value->join != join || way >= value->ways.size()) continue;
    ShellValue chosen = value->ways[way];
    Set(name, std::move(chosen));
  }
}

int ShellValues::JoinIn(const std::vector<syntax::WordPart>& parts) const {
  for (const syntax::WordPart& part : parts) {
    if (part.kind == syntax::PartKind::kVariable) {
      const ShellValue* value = Find(part.text);
      if (value != nullptr && value->join != 0) return value->join;
    }
    if (const int join = JoinIn(part.operand); join != 0) return join;
  }
  return 0;
}

int ShellValues::JoinOf(const std::vector<syntax::Word>& words) const {
  for (const syntax::Word& word : words)
    if (const int join = JoinIn(word.parts); join != 0) return join;
  return 0;
}

int ShellValues::JoinIn(const syntax::Assignment& assignment) const {
  if (assignment.append || assignment.has_subscript) {
    const ShellValue* before = Find(assignment.name);
    if (before != nullptr && before->join != 0) return before->join;
  }
  if (const int join = JoinIn(assignment.value.parts); join != 0) return join;
  return JoinOf(assignment.elements);
}

// What is made of a variable with several ways has them, too.
void ShellValues::AssignWays(const syntax::Assignment& assignment, const syntax::ShellTree& tree,
                             std::size_t most) {
  const int join = JoinIn(assignment);
  const std::size_t count = WaysOf(join) <= most ? WaysOf(join) : 0;
  std::vector<ShellValue> ways;
  for (std::size_t way = 0; way < count; ++way) {
    const std::size_t mark = Mark();
    Choose(join, way);
    AssignWays(assignment, tree, most / count);
    const ShellValue* value = Find(assignment.name);
    ways.push_back(value == nullptr ? ShellValue::Unknown() : *value);
    RollBack(mark);
  }
  AssignOnce(assignment, tree);
  const ShellValue* value = Find(assignment.name);
  if (value == nullptr || (ways.empty() && value->join == 0)) return;
  ShellValue made = *value;
  Attach(made, std::move(ways), join, assignment.name);
  Set(assignment.name, std::move(made));
}

}  // namespace cagelint::input
