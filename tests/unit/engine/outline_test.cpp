#include "linter/engine/outline.h"

#include <gtest/gtest.h>

namespace cagelint::engine {
namespace {

using diagnostic::Severity;
using Words = std::vector<std::string>;

constexpr base::Span kAnchor{0, 0, 10};

class OutlineTest : public ::testing::Test {
 protected:
  OutlineTest() {
    model::Container container;
    container.anchor = kAnchor;
    document_.containers.push_back(container);
  }
  model::Container& Container() { return document_.containers[0]; }
  diagnostic::Diagnostic& Find(const std::string& rule, base::Span span = kAnchor,
                               Severity severity = Severity::kError) {
    diagnostic::Diagnostic finding;
    finding.rule = rule;
    finding.span = span;
    finding.severity = severity;
    finding.subject =
        std::make_shared<diagnostic::Subject>(diagnostic::Subject{"`docker run`", "", kAnchor});
    return findings_.emplace_back(finding);
  }
  std::vector<Outline> Outlines() const { return OutlinesOf(document_, findings_, sources_); }

  base::SourceSet sources_;
  model::Document document_;
  std::vector<diagnostic::Diagnostic> findings_;
};

TEST_F(OutlineTest, ACommandGetsFlags) {
  Find("network-access");
  Find("default-capabilities");
  Find("persistent-container");
  Find("root-user");
  Find("image-user");
  const auto outlines = Outlines();
  ASSERT_EQ(outlines.size(), 1u);
  EXPECT_EQ(outlines[0].command, "docker run");
  EXPECT_EQ(outlines[0].settings,
            (Words{"--rm", "--user=1000:1000", "--network=none", "--cap-drop=ALL"}));
  EXPECT_TRUE(outlines[0].changes.empty());
}

TEST_F(OutlineTest, AServiceGetsKeys) {
  Container().carrier = model::Carrier::kCompose;
  for (const char* rule : {"image-user", "new-privileges", "unbounded-log", "persistent-container"})
    Find(rule);
  ASSERT_EQ(Outlines().size(), 1u);
  EXPECT_EQ(Outlines()[0].command, "");
  EXPECT_EQ(Outlines()[0].settings,
            (Words{"user: \"1000:1000\"", "security_opt: [no-new-privileges]",
                   "logging: {options: {max-size: 10m}}"}));
}

TEST_F(OutlineTest, LimitsGoWhereTheServiceHasThem) {
  sources_.Add("compose.yaml", "web: {deploy: {resources: {limits: {memory: 1g}}}}");
  Container().carrier = model::Carrier::kCompose;
  Container().extent = {0, 0, 50};
  for (const char* rule : {"unlimited-cpu", "unlimited-pids"}) Find(rule);
  EXPECT_EQ(Outlines()[0].settings,
            Words{"deploy: {resources: {limits: {cpus: \"1\", pids: 256}}}"});
}

TEST_F(OutlineTest, SwapIsAsMuchAsThereIsMemory) {
  Container().memory = model::Setting<std::int64_t>::Known(1 << 30, {}, {});
  Find("unlimited-swap");
  EXPECT_EQ(Outlines()[0].settings, Words{"--memory-swap=1073741824"});
}

TEST_F(OutlineTest, AReadOnlyRootNeedsATmpOnlyWhereNoneIs) {
  Find("writable-root");
  EXPECT_EQ(Outlines()[0].settings,
            (Words{"--read-only", "--tmpfs=/tmp:rw,noexec,nosuid,size=512m"}));
  model::Mount tmp;
  tmp.type = model::Setting<std::string>::Known("tmpfs", {}, {});
  tmp.target = model::Setting<std::string>::Known("/tmp/", {}, {});
  Container().mounts.Add(model::Setting<model::Mount>::Known(tmp, {}, {}));
  EXPECT_EQ(Outlines()[0].settings, Words{"--read-only"});
}

TEST_F(OutlineTest, WhatIsWrittenIsToBeChanged) {
  Find("privileged", {0, 20, 30});
  Find("all-capabilities", {0, 20, 30});
  Find("fat-image", {0, 40, 45}, Severity::kInfo);
  Find("seccomp-allows-clone", {1, 3, 4});
  EXPECT_TRUE(Outlines().empty()) << "nothing to set";
  Find("unlimited-pids");
  ASSERT_EQ(Outlines().size(), 1u);
  EXPECT_EQ(Outlines()[0].changes, (std::vector<base::Span>{{0, 20, 30}}));
}

TEST_F(OutlineTest, WhatIsSuppressedIsNotAnswered) {
  Find("unlimited-pids").suppressed = {"comment", "measured"};
  EXPECT_TRUE(Outlines().empty());
}

TEST_F(OutlineTest, WaysToOneCommandHaveOneOutline) {
  document_.containers.push_back(document_.containers[0]);
  Find("unlimited-pids");
  EXPECT_EQ(Outlines().size(), 1u);
}

}  // namespace
}  // namespace cagelint::engine
