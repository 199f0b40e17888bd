// The settings of a container by their names, for edits of commands.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "linter/model/container.h"

namespace cagelint::input {

// What a container has for one member.
struct Member {
  std::string_view flag;  // "--memory"; "" where no flag sets it
  bool is_list = false;
  bool is_bool = false;
  model::State state = model::State::kAbsent;
  base::Span whole;
  std::vector<model::Step> steps;
};

// Nothing where model::Container has no such member.
std::optional<Member> MemberNamed(const model::Container& container, std::string_view name);

// Settings and elements of lists whose `whole` is, or holds, `place`, and that a flag sets; at most
// two, which is as good as many. Those of one member alone where it is given.
std::vector<Member> WrittenAt(const model::Container& container, const base::Span& place,
                              std::string_view member = {});

// Whether anything of the container came by a step that lies in `place`.
bool PassesThrough(const model::Container& container, const base::Span& place);

}  // namespace cagelint::input
