// Findings as people read them: container by container, place by place.
#pragma once

#include <vector>

#include "linter/engine/report.h"
#include "linter/output/entries.h"

namespace cagelint::output {

// The findings of one subject in one file, in the order of the report; never empty.
struct Group {
  const diagnostic::Subject* subject = nullptr;  // null: they are about the file
  std::vector<const diagnostic::Diagnostic*> findings;
};

// The files stay in the order of the report.
std::vector<Group> GroupsOf(const engine::Report& report, Suppression suppression);

// The findings of a group by their span; of those at one place the worst comes first.
std::vector<std::vector<const diagnostic::Diagnostic*>> PlacesOf(const Group& group);

}  // namespace cagelint::output
