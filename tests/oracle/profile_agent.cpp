#include "tests/oracle/profile_agent.h"

#include <cstdlib>

#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::test {

AgentProfile::AgentProfile() {
  const std::string name = "rules/profiles/agent.json";
  const base::FileSystem system = MemoryFiles().System();
  const input::Options options;
  const base::Source& source =
      sources.Add(name, ReadBytes(std::string(CAGELINT_SOURCE_DIR) + "/" + name));
  document = input::kSeccompReader.read(source, {sources, system, options});
  filter = BuildFilter(Get());
  marked = BuildFilter(Get(), kMark);
}

const AgentProfile& TheAgentProfile() {
  static const AgentProfile profile;
  return profile;
}

bool OraclesAreRequired() { return std::getenv("CAGELINT_REQUIRE_ORACLES") != nullptr; }

void AgentProfileTest::SetUp() {
  std::string why = WhyNoFilter();
#if !defined(__x86_64__) && !defined(__aarch64__)
  why = "the profile is for x86-64 and AArch64";
#endif
  if (!why.empty() && OraclesAreRequired()) FAIL() << why;
  if (!why.empty()) GTEST_SKIP() << why;
  ASSERT_EQ(TheAgentProfile().filter.failure, "");
}

}  // namespace cagelint::test
