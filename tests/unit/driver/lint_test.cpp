#include "linter/driver/lint.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

using test::MemoryFiles;

class LintTest : public ::testing::Test {
 protected:
  LintTest() { request_.policy = LoadPolicy("agent").Value(); }
  Outcome LintPaths(std::vector<std::string> paths) {
    request_.paths = std::move(paths);
    return Lint(request_, files_.System());
  }

  MemoryFiles files_;
  Request request_;
};

TEST_F(LintTest, AMissingFileIsAnErrorAndTheRestIsLinted) {
  files_.Add("run.sh", "docker run alpine\n");
  const Outcome outcome = LintPaths({"gone.sh", "run.sh"});
  EXPECT_EQ(outcome.report.errors, (std::vector<std::string>{"gone.sh: no such file"}));
  ASSERT_EQ(outcome.inputs.size(), 1u);
  EXPECT_EQ(outcome.inputs[0].path, "run.sh");
  EXPECT_EQ(outcome.inputs[0].carrier, "shell");
  EXPECT_EQ(outcome.report.containers, 1u);
}

TEST_F(LintTest, ATextThatNobodyNamedIsNoGap) {
  request_.text = Text{"notes.txt", "hello\n"};
  EXPECT_EQ(LintPaths({}).report.gaps.size(), 1u);
  request_.walk.as_walked = true;
  EXPECT_TRUE(LintPaths({}).report.gaps.empty());
  request_.text = Text{"run.sh", "docker run alpine\n"};
  EXPECT_EQ(LintPaths({}).report.containers, 1u);
}

TEST_F(LintTest, ANamedFifoIsAnErrorAndAMetOneIsNot) {
  files_.AddSpecial("x/pipe");
  EXPECT_EQ(LintPaths({"x/pipe"}).report.errors,
            (std::vector<std::string>{"x/pipe: is a FIFO, not a regular file"}));
  const Outcome walked = LintPaths({"x"});
  EXPECT_TRUE(walked.report.errors.empty());
  EXPECT_TRUE(walked.report.gaps.empty());
}

TEST_F(LintTest, AScriptThatCannotBeReadIsAGapWhenMet) {
  files_.AddFailing("x/run.sh", base::ReadFailure::kDenied, "permission denied");
  const Outcome outcome = LintPaths({"x"});
  EXPECT_TRUE(outcome.report.errors.empty());
  ASSERT_EQ(outcome.report.gaps.size(), 1u);
  EXPECT_EQ(outcome.report.gaps[0].kind, "unreadable-file");
  EXPECT_EQ(outcome.report.gaps[0].path, "x/run.sh");
}

TEST_F(LintTest, WhatMayMatterAndCannotBeReadIsAGapWhenMet) {
  files_.AddFailing("x/profile.json", base::ReadFailure::kDenied, "permission denied");
  files_.AddFailing("x/run", base::ReadFailure::kIo, "input/output error");
  files_.AddFailing("x/photo.png", base::ReadFailure::kDenied, "permission denied");
  EXPECT_EQ(LintPaths({"x"}).report.gaps.size(), 2u);
}

TEST_F(LintTest, WhatIsTooLargeIsAGapEvenWhenNamed) {
  files_.AddFailing("run.sh", base::ReadFailure::kTooLarge, "is larger than the limit of 8 MiB");
  const Outcome outcome = LintPaths({"run.sh"});
  EXPECT_TRUE(outcome.report.errors.empty());
  ASSERT_EQ(outcome.report.gaps.size(), 1u);
  EXPECT_EQ(outcome.report.gaps[0].kind, "limit-reached");
}

TEST_F(LintTest, BytesThatAreNoTextAreAGap) {
  files_.Add("run.sh", "docker run a\xFF\n");
  files_.Add("nul.sh", std::string("docker\0", 7));
  const Outcome outcome = LintPaths({"run.sh", "nul.sh"});
  EXPECT_EQ(outcome.report.files, 0u);
  ASSERT_EQ(outcome.report.gaps.size(), 2u);
  EXPECT_EQ(outcome.report.gaps[0].path, "nul.sh");
  EXPECT_EQ(outcome.report.gaps[0].message, "holds a NUL byte: not a text file at byte 6");
  EXPECT_EQ(outcome.report.gaps[1].message, "is not UTF-8: byte 0xff at byte 12");
}

TEST_F(LintTest, AFileNobodyReadsIsAGapOnlyWhenNamed) {
  files_.Add("x/notes", "just text\n");
  EXPECT_TRUE(LintPaths({"x"}).report.gaps.empty());
  const Outcome outcome = LintPaths({"x/notes"});
  ASSERT_EQ(outcome.report.gaps.size(), 1u);
  EXPECT_EQ(outcome.report.gaps[0].kind, "unsupported-construct");
}

TEST_F(LintTest, ATextIsLintedUnderItsName) {
  request_.text = Text{"dir/from-editor.sh", "docker run alpine\n"};
  const Outcome outcome = Lint(request_, files_.System());
  ASSERT_EQ(outcome.inputs.size(), 1u);
  EXPECT_EQ(outcome.inputs[0].path, "dir/from-editor.sh");
  EXPECT_EQ(outcome.report.containers, 1u);
}

TEST_F(LintTest, ACarrierCanBeForced) {
  files_.Add("notes", "docker run alpine\n");
  request_.carrier = "shell";
  EXPECT_EQ(LintPaths({"notes"}).report.containers, 1u);
}

TEST_F(LintTest, AnArgumentVectorIsAnInput) {
  request_.arguments = {"docker", "run", "a b"};
  const Outcome outcome = Lint(request_, files_.System());
  ASSERT_EQ(outcome.documents.size(), 1u);
  EXPECT_EQ(outcome.sources->Get(0).Bytes(), "docker run 'a b'");
  EXPECT_EQ(outcome.report.containers, 1u);
  request_.arguments = {"docker", "run", "\xFF"};
  EXPECT_EQ(Lint(request_, files_.System()).report.errors.size(), 1u);
}

constexpr std::string_view kOpenProfile =
    R"({"defaultAction":"SCMP_ACT_ERRNO","syscalls":[{"names":["keyctl"],"action":"SCMP_ACT_ALLOW"},
{"names":["mount"],"action":"SCMP_ACT_ALLOW","includes":{"caps":["CAP_SYS_ADMIN"]}}]})";

// The rules about single calls that found something in `path`.
std::vector<std::string> RulesFound(const Outcome& outcome, std::string_view path) {
  std::vector<std::string> rules;
  for (const diagnostic::Diagnostic& finding : outcome.report.findings)
    if (outcome.sources->Get(finding.span.file).Path() == path &&
        finding.rule != "seccomp-wider-than-default")
      rules.push_back(finding.rule);
  return rules;
}

TEST_F(LintTest, AProfileThatScriptsNameAndThatIsLintedItselfIsOne) {
  files_.Add("p.json", std::string(kOpenProfile));
  files_.Add("a.sh", "docker run --security-opt seccomp=p.json alpine\n");
  files_.Add("b.sh", "docker run --security-opt seccomp=/project/p.json alpine\n");
  for (const auto& paths :
       {std::vector<std::string>{"a.sh", "b.sh", "p.json"}, {"p.json", "a.sh"}}) {
    const Outcome outcome = LintPaths(paths);
    EXPECT_EQ(outcome.report.profiles, 1u);
    EXPECT_EQ(RulesFound(outcome, "p.json"), (std::vector<std::string>{"seccomp-allows-keyctl"}));
    EXPECT_EQ(outcome.report.findings.back().labels.size(), 1u);  // the container
    request_.paths.clear();
  }
}

TEST_F(LintTest, EachEngineReadsAProfileInItsOwnWay) {
  files_.Add("p.json", std::string(kOpenProfile));
  const std::string line = " run --security-opt seccomp=p.json alpine\n";
  files_.Add("docker.sh", "docker" + line);
  files_.Add("nerdctl.sh", "nerdctl" + line);
  EXPECT_EQ(RulesFound(LintPaths({"docker.sh"}), "p.json"),
            (std::vector<std::string>{"seccomp-allows-keyctl"}));
  EXPECT_EQ(RulesFound(LintPaths({"nerdctl.sh"}), "p.json"),
            (std::vector<std::string>{"seccomp-allows-keyctl", "seccomp-allows-mount",
                                      "seccomp-ignored-field"}));
}

TEST_F(LintTest, AProfileThatDoesNotLoadIsAGapWhateverRulesRun) {
  files_.Add("p.json", R"({"defaultAction":"SCMP_ACT_DENY","syscalls":[]})");
  files_.Add("run.sh", "docker run --security-opt seccomp=p.json alpine\n");
  request_.policy = {};
  for (const char* path : {"p.json", "run.sh"}) {
    const Outcome outcome = LintPaths({path});
    EXPECT_TRUE(outcome.report.findings.empty());
    ASSERT_EQ(outcome.report.gaps.size(), 1u) << path;
    EXPECT_EQ(outcome.report.gaps[0].kind, "seccomp-invalid-profile");
    EXPECT_EQ(outcome.sources->Text(outcome.report.gaps[0].span), "SCMP_ACT_DENY");
    EXPECT_TRUE(outcome.report.gaps[0].refused);
  }
}

TEST_F(LintTest, AProfileInManySurroundingsIsBounded) {
  std::string caps;
  std::string script;
  for (int i = 0; i < 20; ++i) {
    const std::string name = "CAP_" + std::to_string(i);
    caps += (i == 0 ? "\"" : ", \"") + name + "\"";
    script += "docker run --cap-add " + name + " --security-opt seccomp=p.json alpine\n";
  }
  files_.Add("p.json", R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": ["read"],
      "action": "SCMP_ACT_ALLOW", "excludes": {"caps": [)" +
                           caps + "]}}]}");
  files_.Add("run.sh", script);
  const Outcome outcome = LintPaths({"run.sh"});
  std::size_t left_out = 0;
  for (const diagnostic::Gap& gap : outcome.report.gaps)
    if (gap.kind == "limit-reached") ++left_out;
  EXPECT_EQ(left_out, 4u);
}

TEST_F(LintTest, PathsAreShownRelativeHoweverTheyAreGiven) {
  files_.Add("c.yaml", "services: {a: {image: alpine}}\n");
  request_.compose_files = {"/project/./c.yaml"};
  EXPECT_EQ(Lint(request_, files_.System()).sources->Get(0).Path(), "c.yaml");
  request_.compose_files.clear();
  request_.text = Text{"/project/x/../run.sh", "docker run alpine\n"};
  EXPECT_EQ(Lint(request_, files_.System()).sources->Get(0).Path(), "run.sh");
}

TEST_F(LintTest, AnArgumentVectorThatRunsNoContainerIsAGap) {
  const std::vector<std::string> silent[] = {
      {"ls"}, {"docker run alpine"}, {"docker", "compose", "up"}, {"docker-compose", "up"}, {""}};
  for (const auto& words : silent) {
    request_.arguments = words;
    const Outcome outcome = Lint(request_, files_.System());
    ASSERT_EQ(outcome.report.gaps.size(), 1u) << words.front();
    EXPECT_EQ(outcome.report.gaps[0].kind, "unsupported-construct");
  }
  request_.arguments = {"docker", "ps"};
  EXPECT_TRUE(Lint(request_, files_.System()).report.gaps.empty());
}

TEST_F(LintTest, AnArgumentVectorMayBeginWithAWrapper) {
  const std::vector<std::string> wrapped[] = {
      {"sudo", "-u", "x", "docker", "run", "--privileged", "alpine"},
      {"env", "A=b", "docker", "run", "--privileged", "alpine"},
      {"sh", "-c", "docker run --privileged alpine"}};
  for (const auto& words : wrapped) {
    request_.arguments = words;
    const Outcome outcome = Lint(request_, files_.System());
    ASSERT_EQ(outcome.report.containers, 1u) << words.front();
    const base::Span& place = outcome.documents[0].containers[0].privileged.whole;
    EXPECT_EQ(outcome.sources->Text(place), "--privileged");
  }
}

TEST(PoliciesTest, EveryBuiltInPolicyLoads) {
  ASSERT_FALSE(PolicyNames().empty());
  for (const std::string& name : PolicyNames()) {
    const auto policy = LoadPolicy(name);
    ASSERT_TRUE(policy.Ok()) << name << ": " << policy.Message();
    EXPECT_EQ(policy.Value().name, name);
    EXPECT_FALSE(policy.Value().description.empty()) << name;
    EXPECT_FALSE(policy.Value().severities.empty()) << name;
  }
}

TEST(PoliciesTest, AnUnknownNameGetsAHint) {
  const auto policy = LoadPolicy("agnet");
  ASSERT_FALSE(policy.Ok());
  EXPECT_EQ(policy.Message(), "unknown policy `agnet`; did you mean `agent`?");
  EXPECT_EQ(LoadPolicy("").Message(),
            "unknown policy ``; there are: agent, baseline, cis-docker, service");
}

// Whether it is handed on in parts or not, what is found is the same, each once.
TEST_F(LintTest, PartsAreTheWholeInPieces) {
  files_.Add("p.json", R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []})");
  files_.Add("a.sh", "docker run --security-opt seccomp=p.json alpine\ndocker run $X alpine\n");
  files_.Add("compose.yaml",
             "services:\n  web:\n    image: alpine\n    security_opt: [\"seccomp=p.json\"]\n");
  const auto said = [](const engine::Report& report, std::vector<std::string>& out) {
    for (const diagnostic::Diagnostic& finding : report.findings)
      out.push_back(report.sources->Get(finding.span.file).Path() + " " +
                    std::to_string(finding.span.begin) + " " + finding.rule + " " +
                    std::to_string(finding.labels.size()));
    for (const diagnostic::Gap& gap : report.gaps) out.push_back(gap.kind);
    std::sort(out.begin(), out.end());
  };
  std::vector<std::string> whole, pieces;
  const Outcome once = LintPaths({"."});
  said(once.report, whole);
  std::size_t parts = 0;
  request_.on_part = [&](const engine::Report& part) {
    ++parts;
    said(part, pieces);
  };
  const Outcome streamed = LintPaths({"."});
  EXPECT_EQ(pieces, whole);
  EXPECT_EQ(parts, 3U);  // two files, and what both say of the profile
  EXPECT_TRUE(streamed.report.findings.empty());
  for (const auto severity :
       {diagnostic::Severity::kInfo, diagnostic::Severity::kWarning, diagnostic::Severity::kError})
    EXPECT_EQ(streamed.report.Count(severity), once.report.Count(severity));
  EXPECT_EQ(streamed.report.Gaps(), once.report.Gaps());
}

}  // namespace
}  // namespace cagelint::driver
