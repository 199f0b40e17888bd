#include "linter/input/edit_command_members.h"

#include <algorithm>
#include <type_traits>

namespace cagelint::input {
namespace {

template <typename T>
void Fill(Member& member, const model::Setting<T>& setting) {
  member.is_bool = std::is_same_v<T, bool>;
  member.state = setting.state;
  member.whole = setting.whole;
  member.steps = setting.steps;
}

template <typename T>
void Fill(Member& member, const model::List<T>& list) {
  member.is_list = true;
  member.state = list.state;
  member.whole = list.whole;
}

template <typename T>
void AddAt(const model::Setting<T>& setting, const Member& like, const base::Span& place,
           std::vector<Member>& out) {
  if (setting.IsAbsent() || !setting.whole.Contains(place) || out.size() > 1) return;
  Member member = like;
  Fill(member, setting);
  out.push_back(std::move(member));
}

template <typename T>
void AddAt(const model::List<T>& list, const Member& like, const base::Span& place,
           std::vector<Member>& out) {
  for (const auto& item : list.items) {
    if (out.size() > 1) return;
    AddAt(item, like, place, out);
  }
}

bool AnyIn(const std::vector<model::Step>& steps, const base::Span& place) {
  return std::any_of(steps.begin(), steps.end(),
                     [&](const model::Step& step) { return step.span.Overlaps(place); });
}

template <typename T>
bool Passes(const model::Setting<T>& setting, const base::Span& place) {
  return AnyIn(setting.steps, place);
}

template <typename T>
bool Passes(const model::List<T>& list, const base::Span& place) {
  return std::any_of(list.items.begin(), list.items.end(),
                     [&](const auto& item) { return Passes(item, place); });
}

}  // namespace

std::optional<Member> MemberNamed(const model::Container& container, std::string_view name) {
  Member out;
#define SETTING(type, member, its_flag, key) \
  if (name == #member) {                     \
    out.flag = its_flag;                     \
    Fill(out, container.member);             \
    return out;                              \
  }
#define LIST SETTING
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  return std::nullopt;
}

std::vector<Member> WrittenAt(const model::Container& container, const base::Span& place,
                              std::string_view wanted) {
  std::vector<Member> out;
#define SETTING(type, member, its_flag, key)                                          \
  if (!std::string_view(its_flag).empty() && (wanted.empty() || wanted == #member)) { \
    Member like;                                                                      \
    like.flag = its_flag;                                                             \
    AddAt(container.member, like, place, out);                                        \
  }
#define LIST SETTING
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  return out;
}

bool PassesThrough(const model::Container& container, const base::Span& place) {
#define SETTING(type, member, flag, key) \
  if (Passes(container.member, place)) return true;
#define LIST SETTING
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  return false;
}

}  // namespace cagelint::input
