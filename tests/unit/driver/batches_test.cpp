// Documents that nobody keeps are judged while others are read: the same must come out.
#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "linter/driver/lint.h"
#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

test::MemoryFiles ManyFiles() {
  test::MemoryFiles files;
  constexpr int kFolders = 300;  // several batches, and a rest
  for (int i = 0; i < kFolders; ++i) {
    const std::string folder = "d" + std::to_string(i) + "/";
    files.Add(folder + "run.sh", "docker run --privileged alpine\ndocker run --pid host $X\n");
    files.Add(folder + "compose.yaml",
              i % 50 == 7
                  ? "x-cagelint: {policy: nobody}\nservices: {a: {image: alpine:3.22}}\n"
                  : "services: {a: {image: alpine:3.22, security_opt: [seccomp=p.json]}}\n");
    if (i % 3 == 0) files.Add(folder + "p.json", R"({"defaultAction": "SCMP_ACT_ALLOW"})");
    if (i % 7 == 0) files.Add(folder + ".cagelint.yaml", "rules: {privileged: info}\n");
    if (i % 60 == 11) files.Add(folder + ".cagelint.yaml", "rules: {privilege: info}\n");
  }
  return files;
}

auto Said(const Outcome& outcome) {
  std::vector<std::string> findings, gaps;
  for (const auto& finding : outcome.report.findings)
    findings.push_back(outcome.sources->Get(finding.span.file).Path() + " " + finding.rule + " " +
                       std::to_string(static_cast<int>(finding.severity)) + " " + finding.message);
  for (const auto& gap : outcome.report.gaps) gaps.push_back(gap.path + " " + gap.message);
  const engine::Report& report = outcome.report;
  // Those of documents come as these are judged, among those of configurations.
  std::vector<std::string> errors = report.errors;
  std::sort(errors.begin(), errors.end());
  return std::tuple(findings, gaps, errors, report.configurations, report.containers, report.files,
                    report.profiles);
}

TEST(Batches, WhatIsJudgedMeanwhileIsJudgedAlike) {
  const test::MemoryFiles files = ManyFiles();
  Request request;
  request.policy = LoadPolicy("agent").Value();
  request.paths = {"."};
  const Outcome kept = Lint(request, files.System());
  // In five folders the configuration is broken; two profiles are named by nobody.
  EXPECT_EQ(kept.documents.size(), 592u);
  EXPECT_EQ(kept.report.errors.size(), 11u);
  request.keeps_documents = false;
  std::vector<std::string> errors;
  for (const unsigned jobs : {1U, 2U, 7U}) {
    request.walk.jobs = jobs;
    const Outcome dropped = Lint(request, files.System());
    EXPECT_TRUE(dropped.documents.size() < 64);
    // Not printed: there are thousands.
    EXPECT_TRUE(Said(dropped) == Said(kept)) << jobs << " threads";
    if (errors.empty()) errors = dropped.report.errors;
    EXPECT_EQ(dropped.report.errors, errors);
  }
}

// The rules of one document on several threads.
TEST(Batches, ADocumentOfManyContainersIsJudgedAlike) {
  test::MemoryFiles files;
  files.Add("p.json", R"({"defaultAction": "SCMP_ACT_ALLOW"})");
  std::string script;
  for (int i = 0; i < 40; ++i)
    script += "docker run --name c" + std::to_string(i) +
              (i % 3 == 0 ? " --security-opt seccomp=p.json" : " --privileged") + " alpine\n";
  Request request;
  request.policy = LoadPolicy("agent").Value();
  request.text = Text{"run.sh", script};
  request.outlines = true;
  request.walk.jobs = 1;
  const Outcome alone = Lint(request, files.System());
  EXPECT_GT(alone.report.findings.size(), 300u);
  for (const unsigned jobs : {2U, 5U}) {
    request.walk.jobs = jobs;
    EXPECT_TRUE(Said(Lint(request, files.System())) == Said(alone)) << jobs << " threads";
  }
}

}  // namespace
}  // namespace cagelint::driver
