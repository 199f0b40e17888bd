// The profile that the project offers, rules/profiles/agent.json: cagelint has nothing against it,
// and programs work under it. (What it keeps out: profile_calls_test.) A program is a script in
// profile/: the lines `# prints: ` are its output, `# needs: ` the commands without which it is
// passed over, and `# required` marks what .ci/setup installs.
#include <algorithm>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/oracle/profile_agent.h"
#include "tests/oracle/profile_filter.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

namespace cagelint::test {
namespace {

const std::filesystem::path kRoot = CAGELINT_SOURCE_DIR;

TEST(AgentProfileLintTest, NothingIsFound) {
  const Ran ran =
      RunShell("cagelint check --policy agent rules/profiles/agent.json", kRoot.string());
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, "1 file, 0 containers, 1 profile: 0 errors, 0 warnings, 0 info, 0 gaps\n");
}

// Alone every seccomp rule is asked; with a container, for what its engine makes of the file and
// its capabilities. The options are those that policy agent asks for.
TEST(AgentProfileLintTest, NothingIsFoundInAContainerThatNamesIt) {
  const std::string options =
      " run --rm --network=none --read-only --cap-drop=ALL --security-opt=no-new-privileges "
      "--security-opt seccomp=rules/profiles/agent.json --user 1000:1000 --memory 2g "
      "--memory-swap 2g --cpus 2 --pids-limit 256 --tmpfs /tmp:rw,noexec,nosuid,size=64m "
      "--log-opt max-size=10m "
      "debian@sha256:" +
      std::string(64, '0') + " true";
  for (const std::string engine : {"docker", "podman", "nerdctl"}) {
    const Ran ran = RunShell("cagelint check -- " + engine + options, kRoot.string());
    EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("0 errors, 0 warnings, 0 info, 0 gaps"), std::string::npos) << ran.out;
    EXPECT_NE(ran.out.find("1 container, 1 profile"), std::string::npos) << ran.out;
  }
}

TEST(AgentProfileLintTest, TheReadmeSaysHowToUseIt) {
  const std::string readme = ReadBytes((kRoot / "README.md").string());
  const std::size_t begin = readme.find("docker run --rm --security-opt seccomp=");
  ASSERT_NE(begin, std::string::npos);
  const std::string command = readme.substr(begin, readme.find('\n', begin) - begin);
  const Ran ran = RunShell(
      "cagelint check --select 'seccomp-unconfined,seccomp-invalid-profile,"
      "seccomp-default-allow' -- " +
          command,
      kRoot.string());
  EXPECT_EQ(ran.exit, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("1 container, 1 profile"), std::string::npos) << ran.out;
}

TEST(AgentProfileLintTest, EveryEngineAndRuntimeDecidesAlike) {
  const std::pair<const char*, const char*> queries[] = {{"read", "always allowed"},
                                                         {"mount", "never allowed: ERRNO(1)"},
                                                         {"clone3", "never allowed: ERRNO(38)"},
                                                         {"clone:17", "ALLOW"},
                                                         {"clone:0x10000011", "ERRNO(1)"},
                                                         {"ioctl:0,0x5412", "ERRNO(1)"},
                                                         {"ioctl:0,0x5401", "ALLOW"},
                                                         {"socket:16,3,9", "ERRNO(93)"},
                                                         {"socket:40", "ERRNO(1)"},
                                                         {"mknod:0,0x21b6", "ERRNO(1)"}};
  for (const std::string engine : {"docker", "podman", "oci"})
    for (const std::string runtime : {"runc", "crun"})
      for (const auto& [query, expected] : queries) {
        const Ran ran =
            RunShell("cagelint seccomp rules/profiles/agent.json --arch amd64 --engine " + engine +
                         " --runtime " + runtime + " --query " + query,
                     kRoot.string());
        EXPECT_EQ(ran.exit, 0) << ran.err;
        EXPECT_NE(ran.out.find(expected), std::string::npos) << engine << query << ": " << ran.out;
      }
}

// A script under profile/.
struct Script {
  std::string path, prints;
  std::vector<std::string> needs;
  bool required = false;
};

Script ReadScript(const std::filesystem::path& path) {
  Script script{path.string(), "", {}, false};
  const std::string text = ReadBytes(script.path);
  for (const std::string_view line : base::Split(text, '\n')) {
    constexpr std::string_view kPrints = "# prints: ", kNeeds = "# needs: ";
    if (line.starts_with(kPrints)) script.prints += std::string(line.substr(kPrints.size())) + "\n";
    if (line.starts_with(kNeeds))
      for (const std::string_view need : base::Split(line.substr(kNeeds.size()), ' '))
        script.needs.emplace_back(need);
    script.required = script.required || line == "# required";
  }
  return script;
}

std::vector<std::string> ScriptNames() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kRoot / "tests/profile"))
    names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

class AgentProgramTest : public AgentProfileTest,
                         public testing::WithParamInterface<std::string> {};

TEST_P(AgentProgramTest, WorksUnderTheProfile) {
  const Script script = ReadScript(kRoot / "tests/profile" / (GetParam() + ".sh"));
  const bool required = script.required && OraclesAreRequired();
  ASSERT_FALSE(script.prints.empty()) << "the script says nothing of its output";
  for (const std::string& need : script.needs) {
    if (RunShell("command -v " + need, "/").exit == 0) continue;
    if (required) FAIL() << need << " is not here";
    GTEST_SKIP() << need << " is not here";
  }
  const Scratch under;
  const Ran ran = RunScript(script.path, under.Root().string(), &TheAgentProfile().filter);
  if (ran.exit == 0 && ran.out == script.prints) return;
  // Whose fault is it?
  const Scratch without;
  const Ran free = RunScript(script.path, without.Root().string(), nullptr);
  if (!required && (free.exit != 0 || free.out != script.prints))
    GTEST_SKIP() << "it does not work here without the profile either: " << free.out << free.err;
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, script.prints);
}

INSTANTIATE_TEST_SUITE_P(Programs, AgentProgramTest, testing::ValuesIn(ScriptNames()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace cagelint::test
