// The documentation says what the program does: what is generated is generated again, what is shown
// is run, what is linked is there. CAGELINT_UPDATE=1 writes what is generated.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "tests/support/memory_files.h"
#include "tests/support/program.h"

namespace cagelint {
namespace {

const std::filesystem::path kRoot = CAGELINT_SOURCE_DIR;

std::string Read(std::string_view name) { return test::ReadBytes((kRoot / name).string()); }

bool Updating() {
  const char* value = std::getenv("CAGELINT_UPDATE");
  return value != nullptr && std::string_view(value) == "1";
}

// The whole texts would bury the one line that differs.
void Compare(std::string_view name, const std::string& expected) {
  if (Updating()) std::ofstream(kRoot / name, std::ios::binary) << expected;
  const std::string text = Read(name);
  if (text == expected) return;
  const auto have = base::Split(text, '\n');
  const auto want = base::Split(expected, '\n');
  std::size_t line = 0;
  while (line < have.size() && line < want.size() && have[line] == want[line]) ++line;
  ADD_FAILURE() << name << " is out of date from line " << line + 1
                << " on:\n  has:   " << (line < have.size() ? have[line] : "(ends)")
                << "\n  wants: " << (line < want.size() ? want[line] : "(ends)")
                << "\nrun: CAGELINT_UPDATE=1 build/test/tests/docs_test";
}

TEST(Docs, RulesReadmeIsGenerated) {
  const test::Ran ran = test::RunShell("cagelint rules --format markdown", kRoot.string());
  ASSERT_EQ(ran.exit, 0) << ran.err;
  Compare("rules/README.md", ran.out);
}

// A ```console block is one command behind `$ ` and what it prints; it is run at the root.
TEST(Docs, ReadmeShowsWhatIsPrinted) {
  const std::string readme = Read("README.md");
  constexpr std::string_view kOpen = "```console\n$ ";
  constexpr std::string_view kClose = "\n```\n";
  std::string expected;
  std::vector<std::string> commands;
  std::size_t at = 0;
  for (;;) {
    const std::size_t open = readme.find(kOpen, at);
    if (open == std::string::npos) break;
    const std::size_t line_end = readme.find('\n', open + kOpen.size());
    const std::size_t close = readme.find(kClose, line_end);
    ASSERT_NE(close, std::string::npos) << "a block is not closed";
    const std::size_t begin = open + kOpen.size();
    commands.push_back(readme.substr(begin, line_end - begin));
    const test::Ran ran = test::RunShell(commands.back() + " 2>&1", kRoot.string());
    EXPECT_LE(ran.exit, 3) << commands.back();
    expected += readme.substr(at, line_end + 1 - at) + ran.out;
    at = close + 1;
  }
  expected += readme.substr(at);
  const auto shows = [&](std::string_view part) {
    for (const std::string& command : commands)
      if (command.find(part) != std::string::npos) return true;
    return false;
  };
  EXPECT_TRUE(shows("cagelint --help")) << "the README shows the commands";
  EXPECT_TRUE(shows("fixtures/demo")) << "the README shows an example";
  Compare("README.md", expected);
}

// What the README shows is cut at errors: here is all that must be found in that service.
TEST(Demo, EveryHoleIsNamed) {
  driver::Request request;
  const std::string folder = CAGELINT_SOURCE_DIR "/fixtures/demo/";
  request.paths = {folder + "compose.yaml"};
  request.no_config = true;
  request.policy = driver::LoadPolicy("agent").Value();
  const driver::Outcome outcome = driver::Lint(request, base::RealFiles());
  std::set<std::pair<std::string, std::string>> found;
  for (const diagnostic::Diagnostic& finding : outcome.report.findings)
    found.emplace(finding.rule, outcome.sources->Text(finding.span));
  const std::pair<std::string, std::string> holes[] = {
      {"writable-project-mount", "."},
      {"writable-git-mount", "./.git"},
      {"credential-mount", "~/.gitconfig"},
      {"writable-host-executed-path", "~/.gitconfig"},
      {"terminal-attached", "true"},
      {"restart-policy", "unless-stopped"},
      {"network-access", "agent"},
      {"unbounded-tmpfs", "/tmp"},
      {"root-user", "00"},
      {"host-cgroup", "host"},
      {"host-device", "/dev/kvm"},
      {"seccomp-allows-clone", "clone"},
      {"seccomp-allows-keyctl", "keyctl"},
      {"seccomp-allows-mount", "mount"},
      {"seccomp-allows-unshare", "unshare"},
      {"seccomp-allows-userfaultfd", "userfaultfd"}};
  for (const auto& [rule, place] : holes)
    EXPECT_TRUE(found.contains({rule, place})) << rule << " at " << place;
}

// An example of a rule is linted with this rule alone, by policy agent or, where that turns the
// rule off, by the first that does not.
driver::Outcome LintExample(const engine::Rule& rule, std::string_view bytes) {
  const engine::RuleInfo& info = rule.info;
  const bool hides = rule.on_suppression != nullptr;
  driver::Request request;
  test::MemoryFiles files;
  constexpr std::string_view kNext = "\n# --- ";
  std::size_t at = bytes.find(kNext);
  request.text = driver::Text{std::string(info.example_name), std::string(bytes.substr(0, at))};
  while (at != std::string_view::npos) {
    const std::size_t name = at + kNext.size(), text = bytes.find('\n', name);
    at = bytes.find(kNext, text);
    files.Add(bytes.substr(name, text - name), std::string(bytes.substr(text, at - text)));
  }
  std::vector<std::string> policies = driver::PolicyNames();
  policies.insert(policies.begin(), "agent");
  for (const std::string& name : policies) {
    auto policy = driver::LoadPolicy(name);
    EXPECT_TRUE(policy.Ok()) << policy.Message();
    if (policy.Value().SeverityOf(info.id) == diagnostic::Severity::kOff) continue;
    request.policy = std::move(policy).Value();
    break;
  }
  if (request.policy.name.empty()) {
    // One that says nothing before somebody gives it a parameter.
    EXPECT_FALSE(info.parameters.empty()) << "no policy turns it on";
    request.policy = driver::LoadPolicy("agent").Value();
    request.policy.severities[std::string(info.id)] = diagnostic::Severity::kWarning;
  }
  request.selection.select = {std::string(info.id)};
  // A suppression needs something to hide.
  if (hides) request.selection.select.push_back("privileged");
  request.today = [] { return std::string("2026-11-25"); };
  driver::Outcome outcome = driver::Lint(request, files.System());
  std::erase_if(outcome.report.findings,
                [&](const diagnostic::Diagnostic& finding) { return finding.rule != info.id; });
  return outcome;
}

class RuleExample : public testing::TestWithParam<const engine::Rule*> {};

TEST_P(RuleExample, BadIsReported) {
  const driver::Outcome outcome = LintExample(*GetParam(), GetParam()->info.bad);
  EXPECT_EQ(outcome.report.files, 1u) << "not read as anything";
  EXPECT_FALSE(outcome.report.findings.empty());
}

TEST_P(RuleExample, GoodIsNot) {
  const driver::Outcome outcome = LintExample(*GetParam(), GetParam()->info.good);
  EXPECT_EQ(outcome.report.files, 1u) << "not read as anything";
  for (const diagnostic::Diagnostic& finding : outcome.report.findings)
    ADD_FAILURE() << finding.message;
}

TEST_P(RuleExample, IsExplained) {
  const engine::RuleInfo& info = GetParam()->info;
  EXPECT_FALSE(info.title.empty());
  EXPECT_FALSE(info.why.empty());
  EXPECT_EQ(info.why.find('\n'), std::string_view::npos) << "one line";
  EXPECT_GE(info.rationale.size(), 80u) << "says what the engine really does, and for whom";
  EXPECT_FALSE(info.references.empty());
  EXPECT_TRUE(info.bad.ends_with('\n') && info.good.ends_with('\n')) << "whole lines";
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleExample,
                         testing::ValuesIn(driver::Rules().begin(), driver::Rules().end()),
                         [](const auto& rule) {
                           std::string name(rule.param->info.id);
                           for (char& c : name)
                             if (c == '-') c = '_';
                           return name;
                         });

std::vector<std::string> Documents() {
  return {"README.md",          "rules/README.md",         "linter/README.md",
          "fixtures/README.md", ".github/CONTRIBUTING.md", ".github/CHANGELOG.md"};
}

TEST(Docs, LinksLeadSomewhere) {
  const std::regex link(R"(\]\(([^)#]+)(#[^)]*)?\))");
  for (const std::string& name : Documents()) {
    const std::string text = Read(name);
    EXPECT_FALSE(text.empty()) << name;
    const std::filesystem::path folder = (kRoot / name).parent_path();
    for (std::sregex_iterator at(text.begin(), text.end(), link), end; at != end; ++at) {
      const std::string target = (*at)[1];
      if (target.find("://") != std::string::npos) continue;
      EXPECT_TRUE(std::filesystem::exists(folder / target)) << name << ": " << target;
    }
  }
}

TEST(Docs, EveryModuleHasItsLine) {
  const std::string text = Read("linter/README.md");
  for (const auto& entry : std::filesystem::directory_iterator(kRoot / "linter")) {
    if (!entry.is_directory()) continue;
    const std::string name = entry.path().filename().string();
    EXPECT_NE(text.find("\n| `" + name + "/` |"), std::string::npos) << name;
  }
}

TEST(Docs, ContributingIsShort) {
  EXPECT_LE(base::Split(Read(".github/CONTRIBUTING.md"), '\n').size(), 81u);
}

}  // namespace
}  // namespace cagelint
