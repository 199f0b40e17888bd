#include "linter/input/edit_command_uses.h"

#include <algorithm>

namespace cagelint::input {
namespace {

using syntax::Assignment;
using syntax::PartKind;
using syntax::StatementKind;
using syntax::WordPart;

constexpr std::size_t kNone = SIZE_MAX;
// Of one variable. A script that has more of them is not looked into: they count as shared.
constexpr std::size_t kMostUses = 50;
constexpr std::size_t kMostFollowed = 20;

// Whether a child of such a statement is run by itself, so that what it does is not surely done.
bool Branches(StatementKind kind) {
  return kind != StatementKind::kCommand && kind != StatementKind::kSequence &&
         kind != StatementKind::kNot;
}

}  // namespace

ArrayUses::ArrayUses(const syntax::ShellTree& tree) : tree_(tree) {
  AddRegions();
  for (std::size_t i = 0; i < tree.commands.size(); ++i) {
    const syntax::ShellCommand& command = tree.commands[i];
    const bool declares = !command.words.empty() && (command.words[0].Text() == "local" ||
                                                     command.words[0].Text() == "declare" ||
                                                     command.words[0].Text() == "typeset");
    for (const syntax::Word& word : command.words) AddUses(word, i, nullptr);
    for (const Assignment& assignment : command.assignments) {
      if (!assignment.append && !assignment.has_subscript)
        variables_[assignment.name].given.push_back(&assignment);
      if (declares) local_.insert(&assignment);
      AddUses(assignment.value, i, &assignment);
      for (const syntax::Word& element : assignment.elements) AddUses(element, i, &assignment);
    }
    for (const syntax::Redirect& redirect : command.redirects) {
      AddUses(redirect.target, i, nullptr);
      if (redirect.document != UINT32_MAX) AddUses(tree.documents[redirect.document], i, nullptr);
    }
  }
  for (std::size_t i = 0; i < tree.statements.size(); ++i)
    for (const syntax::Word& word : tree.statements[i].words)
      AddUses(word, tree.commands.size() + i, nullptr);
}

void ArrayUses::AddRegions() {
  for (const syntax::Statement& statement : tree_.statements) {
    if (!Branches(statement.kind)) continue;
    const bool is_loop =
        statement.kind == StatementKind::kFor || statement.kind == StatementKind::kWhile;
    const bool is_function = statement.kind == StatementKind::kFunction;
    // The condition of a loop is run again, and so belongs to what the body does.
    if (is_loop && statement.span.IsValid())
      regions_.push_back({statement.span, kNone, true, false});
    for (const syntax::StatementId child : statement.children)
      if (tree_.At(child).span.IsValid())
        regions_.push_back({tree_.At(child).span, kNone, false, is_function});
  }
  std::stable_sort(regions_.begin(), regions_.end(), [](const Region& a, const Region& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  std::size_t open = kNone;
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    while (open != kNone && regions_[open].span.end < regions_[i].span.end)
      open = regions_[open].parent;
    regions_[i].parent = open;
    open = i;
  }
}

void ArrayUses::AddUses(const syntax::Word& word, std::size_t user, const Assignment* into) {
  AddUses(word.parts, {word.span.IsValid() ? word.span.begin : 0, user, into});
}

void ArrayUses::AddUses(const std::vector<WordPart>& parts, const Use& use) {
  for (const WordPart& part : parts) {
    if (part.kind == PartKind::kVariable) {
      auto& uses = variables_[part.text].uses;
      const bool is_new = uses.empty() || uses.back().user != use.user ||
                          uses.back().into != use.into || uses.back().at != use.at;
      if (is_new && uses.size() <= kMostUses) uses.push_back(use);
    }
    AddUses(part.operand, use);
  }
}

// The innermost; kNone: outside of all.
std::size_t ArrayUses::RegionAt(std::uint32_t at) const {
  const auto behind = std::upper_bound(
      regions_.begin(), regions_.end(), at,
      [](std::uint32_t value, const Region& region) { return value < region.span.begin; });
  std::size_t region =
      behind == regions_.begin() ? kNone : static_cast<std::size_t>(behind - regions_.begin()) - 1;
  while (region != kNone && regions_[region].span.end <= at) region = regions_[region].parent;
  return region;
}

std::size_t ArrayUses::FunctionAt(std::uint32_t at) const {
  std::size_t region = RegionAt(at);
  while (region != kNone && !regions_[region].is_function) region = regions_[region].parent;
  return region;
}

bool ArrayUses::Holds(std::size_t region, std::uint32_t at) const {
  if (region == kNone) return true;
  const base::Span& span = regions_[region].span;
  return span.begin <= at && at < span.end;
}

// Whether what stands at `at` surely gets something else than the assignment's value.
bool ArrayUses::IsReplaced(const Variable& variable, const Assignment& assignment,
                           std::uint32_t at) const {
  const std::uint32_t from = assignment.span.begin;
  const std::size_t own = FunctionAt(from);
  const std::size_t other = FunctionAt(at);
  if (own != other && other == kNone && local_.contains(&assignment)) return true;
  std::size_t loop = RegionAt(from);  // that comes from one to the other
  while (loop != kNone && !(regions_[loop].is_loop && Holds(loop, at)))
    loop = regions_[loop].parent;
  // A function may be called at any time.
  if (at < from && own == other && loop == kNone) return true;
  return std::any_of(variable.given.begin(), variable.given.end(),
                     [&](const Assignment* replacing) {
                       const std::uint32_t place = replacing->span.begin;
                       if (replacing == &assignment || place >= at || !Holds(RegionAt(place), at))
                         return false;
                       if (FunctionAt(place) != other) return false;
                       if (own != other) return other != kNone;
                       return place > from || (at < from && Holds(loop, place));
                     });
}

void ArrayUses::Follow(const Assignment& assignment, std::set<const Assignment*>& seen,
                       std::set<std::size_t>& users) const {
  if (users.size() > 1 || !seen.insert(&assignment).second) return;
  const auto found = variables_.find(assignment.name);
  if (found == variables_.end()) return;
  const Variable& variable = found->second;
  const bool many = variable.uses.size() > kMostUses || variable.given.size() > kMostUses ||
                    seen.size() > kMostFollowed;
  if (many) users.insert({kNone, kNone - 1});
  for (const Use& use : variable.uses) {
    if (users.size() > 1) return;
    if (IsReplaced(variable, assignment, use.at)) continue;
    if (use.into == nullptr)
      users.insert(use.user);
    else
      Follow(*use.into, seen, users);
  }
}

bool ArrayUses::IsShared(const Assignment& assignment) const {
  std::set<const Assignment*> seen;
  std::set<std::size_t> users;
  Follow(assignment, seen, users);
  return users.size() > 1;
}

}  // namespace cagelint::input
