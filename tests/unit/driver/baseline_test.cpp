// Recorded findings: what they survive, and what they do not hide.
#include <gtest/gtest.h>

#include "linter/driver/baseline_file.h"
#include "linter/driver/lint.h"
#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

using Strings = std::vector<std::string>;

class BaselineTest : public ::testing::Test {
 protected:
  BaselineTest() {
    request_.policy = LoadPolicy("agent").Value();
    request_.selection.select = {"privileged", "writable-root", "sensitive-host-path"};
    request_.paths = {"."};
  }
  void Record() {
    request_.baseline = "";
    const Outcome outcome = Lint(request_, files_.System());
    const engine::Baseline baseline =
        RecordBaseline(outcome.report, PathsFrom("known/b.json", files_.System()));
    files_.Add("known/b.json", BaselineJson(baseline));
    request_.baseline = "known/b.json";
  }
  Outcome Do() { return Lint(request_, files_.System()); }
  // What is new, then "fixed: …".
  Strings Changes() {
    const Outcome outcome = Do();
    Strings out = outcome.report.errors;
    for (const diagnostic::Diagnostic& finding : outcome.report.findings)
      if (!finding.suppressed) out.push_back(finding.rule);
    for (const engine::BaselineEntry& entry : outcome.report.fixed)
      out.push_back("fixed: " + entry.path + " " + entry.rule + " " + std::to_string(entry.count));
    return out;
  }

  test::MemoryFiles files_;
  Request request_;
};

TEST_F(BaselineTest, MovedLinesAndReorderedKeysChangeNothing) {
  files_.Add("compose.yaml",
             "services:\n  a: {image: alpine, privileged: true}\n  b: {image: alpine}\n");
  files_.Add("run.sh", "docker run --privileged alpine\n");
  Record();
  EXPECT_EQ(Changes(), Strings{});
  files_.Add("compose.yaml",
             "# moved\nservices:\n  b:\n    image: alpine\n  a:\n    privileged: true\n"
             "    image: alpine\n");
  files_.Add("run.sh", "\n\nif true; then\n  docker run --privileged alpine\nfi\n");
  EXPECT_EQ(Changes(), Strings{});
}

TEST_F(BaselineTest, OneMoreOfTheSameKindIsNew) {
  files_.Add("run.sh", "docker run alpine\n");
  Record();
  files_.Add("run.sh", "docker run alpine\ndocker run alpine\n");
  EXPECT_EQ(Changes(), Strings{"writable-root"});
}

TEST_F(BaselineTest, AnotherValueImageFileOrServiceIsNew) {
  files_.Add("run.sh", "docker run --read-only -v /etc:/x alpine\n");
  Record();
  files_.Add("run.sh", "docker run --read-only -v /usr:/x alpine\n");
  EXPECT_EQ(Changes(), (Strings{"sensitive-host-path", "fixed: ../run.sh sensitive-host-path 1"}));
  files_.Add("run.sh", "docker run --read-only -v /etc:/x debian\n");
  EXPECT_EQ(Changes().size(), 2u);
  files_.Add("run.sh", "docker run --read-only -v /etc:/x alpine\n");
  files_.Add("other.sh", "docker run --read-only -v /etc:/x alpine\n");
  EXPECT_EQ(Changes(), Strings{"sensitive-host-path"});
}

TEST_F(BaselineTest, WhatIsFixedIsSaidAndCanBePruned) {
  files_.Add("run.sh", "docker run alpine\ndocker run alpine\ndocker run --privileged alpine\n");
  Record();
  files_.Add("run.sh", "docker run alpine\ndocker run --read-only alpine\n");
  EXPECT_EQ(Changes(),
            (Strings{"fixed: ../run.sh privileged 1", "fixed: ../run.sh writable-root 2"}));
  Strings errors;
  const auto known = ReadBaseline("known/b.json", files_.System(), errors);
  EXPECT_EQ(errors, Strings{});
  files_.Add("known/b.json", BaselineJson(Pruned(known, Do().report)));
  EXPECT_EQ(Changes(), Strings{});
  files_.Add("run.sh", "docker run alpine\ndocker run alpine\n");
  EXPECT_EQ(Changes(), Strings{"writable-root"});
}

TEST_F(BaselineTest, WhatWasNotAskedIsNotFixed) {
  files_.Add("run.sh", "docker run --privileged alpine\n");
  files_.Add("other.sh", "docker run --privileged alpine\n");
  Record();
  request_.paths = {"other.sh"};
  EXPECT_EQ(Changes(), Strings{});
  request_.selection.select = {"writable-root"};
  EXPECT_EQ(Changes(), Strings{});
  request_.honours_suppressions = false;
  EXPECT_EQ(Changes(), Strings{"writable-root"});
}

TEST_F(BaselineTest, ASecretIsNotInIt) {
  files_.Add("run.sh", "docker run --read-only -v /etc/hunter2:/x alpine\n");
  Record();
  EXPECT_EQ(files_.System().read("known/b.json").bytes.find("hunter2"), std::string::npos);
}

TEST_F(BaselineTest, WhatIsNotUnderstoodIsAnError) {
  files_.Add("run.sh", "docker run alpine\n");
  request_.baseline = "b.json";
  EXPECT_EQ(Do().report.errors, Strings{"baseline b.json: no such file"});
  for (const auto& [text, message] : std::map<std::string, std::string>{
           {"[]", "b.json:1:1: no baseline of version 1"},
           {"{\"version\": 2}", "b.json:1:1: no baseline of version 1"},
           {"{\"version\": 1}", "b.json:1:1: there is no list `findings`"},
           {"{\"version\": 1, \"findings\": [1]}", "b.json:1:29: not a finding of a baseline"},
           {"{\"version\": 1, \"findings\": [{\"rule\": \"x\", \"path\": \"y\", \"container\": "
            "\"\", \"fingerprint\": \"z\", \"count\": -1}]}",
            "b.json:1:29: not a finding of a baseline"}}) {
    files_.Add("b.json", text);
    EXPECT_EQ(Do().report.errors, Strings{message}) << text;
  }
  files_.Add("b.json", "{");
  EXPECT_EQ(Do().report.errors.size(), 1u);
}

TEST_F(BaselineTest, AConfigurationNamesOne) {
  files_.Add("run.sh", "docker run alpine\n");
  Record();
  request_.baseline = "";
  files_.Add(".git/HEAD", "");
  files_.Add(".cagelint.yaml", "baseline: known/b.json\n");
  EXPECT_EQ(Changes(), Strings{});
  request_.no_baseline = true;
  EXPECT_EQ(Changes(), Strings{"writable-root"});
}

}  // namespace
}  // namespace cagelint::driver
