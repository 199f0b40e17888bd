#include "linter/engine/fold.h"

#include <gtest/gtest.h>

namespace cagelint::engine {
namespace {

using diagnostic::Diagnostic;

constexpr base::Span kAnchor{0, 0, 10};
constexpr base::Span kFlag{0, 11, 23};

Diagnostic About(std::string rule, base::Span span, base::Span anchor = kAnchor) {
  Diagnostic out;
  out.rule = std::move(rule);
  out.span = span;
  out.message = "m";
  out.subject =
      std::make_shared<diagnostic::Subject>(diagnostic::Subject{"`docker run`", "", anchor});
  return out;
}

std::vector<std::string> Rules(const std::vector<Diagnostic>& findings) {
  std::vector<std::string> out;
  for (const Diagnostic& finding : findings) out.push_back(finding.rule);
  return out;
}

using Strings = std::vector<std::string>;

TEST(FoldTest, WhatIsAbsentUnderItsCauseBecomesALabel) {
  std::vector<Diagnostic> findings{About("default-capabilities", kAnchor),
                                   About("privileged", kFlag), About("writable-root", kAnchor)};
  Fold(findings);
  ASSERT_EQ(Rules(findings), (Strings{"privileged", "writable-root"}));
  ASSERT_EQ(findings[0].labels.size(), 1u);
  EXPECT_EQ(findings[0].labels[0].span, kAnchor);
}

TEST(FoldTest, WhatTheAuthorWroteStays) {
  std::vector<Diagnostic> findings{About("privileged", kFlag),
                                   About("new-privileges", {0, 30, 40})};
  Fold(findings);
  EXPECT_EQ(findings.size(), 2u);
}

TEST(FoldTest, TheSameWordsAreOneFinding) {
  std::vector<Diagnostic> findings{About("host-network", kFlag), About("network-access", kFlag)};
  Fold(findings);
  ASSERT_EQ(Rules(findings), Strings{"host-network"});
  EXPECT_TRUE(findings[0].labels.empty());
}

TEST(FoldTest, AnotherContainerHasItsOwn) {
  std::vector<Diagnostic> findings{
      About("privileged", kFlag),
      About("default-capabilities", {0, 50, 60}, base::Span{0, 50, 60})};
  Fold(findings);
  EXPECT_EQ(findings.size(), 2u);
}

TEST(FoldTest, ACauseOfOneWayAloneFoldsNothing) {
  std::vector<Diagnostic> findings{About("privileged", kFlag),
                                   About("default-capabilities", kAnchor),
                                   About("default-capabilities", kAnchor)};
  Fold(findings);
  EXPECT_EQ(findings.size(), 3u);
}

TEST(FoldTest, WhatIsSuppressedStaysAsItIs) {
  std::vector<Diagnostic> findings{About("privileged", kFlag),
                                   About("default-capabilities", kAnchor)};
  findings[1].suppressed = diagnostic::Suppressed{"comment", "meant"};
  Fold(findings);
  EXPECT_EQ(findings.size(), 2u);
}

}  // namespace
}  // namespace cagelint::engine
