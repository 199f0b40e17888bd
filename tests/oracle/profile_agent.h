// The profile that the project offers, as a filter.
#pragma once

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/model/document.h"
#include "tests/oracle/profile_filter.h"

namespace cagelint::test {

// No kernel gives an errno from here on.
inline constexpr int kMark = 2000;

// rules/profiles/agent.json as our reader understands it, and two filters made of it.
struct AgentProfile {
  AgentProfile();
  const model::SeccompProfile& Get() const { return document.profiles.at(0); }

  base::SourceSet sources;
  model::Document document;
  BuiltFilter filter;
  BuiltFilter marked;  // each errno kMark higher: what has one was answered by the filter
};

const AgentProfile& TheAgentProfile();

bool OraclesAreRequired();

// Skips, or fails where oracles are required, when nothing can be run under the profile.
class AgentProfileTest : public testing::Test {
 protected:
  void SetUp() override;
};

}  // namespace cagelint::test
