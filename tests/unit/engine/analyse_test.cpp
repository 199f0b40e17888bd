#include "linter/engine/analyse.h"

#include <gtest/gtest.h>

namespace cagelint::engine {
namespace {

using diagnostic::Severity;

RuleInfo InfoOf(std::string_view id, std::vector<Parameter> parameters = {}) {
  return {.id = id,
          .title = "t",
          .why = "w",
          .rationale = "r",
          .references = {},
          .cis = {},
          .bad = "",
          .good = "",
          .parameters = std::move(parameters)};
}

void OnContainer(const model::Container& container, Reporter& reporter) {
  reporter.Add({.span = container.anchor, .message = "here"});
}
void Lowered(const model::Container& container, Reporter& reporter) {
  reporter.Add({.span = container.anchor, .message = "i", .weight = Weight::kAtMostInfo});
  reporter.Add({.span = container.anchor, .message = "w", .weight = Weight::kAtMostWarning});
}
void OnDocument(const model::Document&, Reporter& reporter) {
  reporter.Add({.span = base::Span{0, 8, 9}, .message = "in the second"});
  reporter.Add({.span = base::Span{0, 1, 2}, .message = "outside"});
}
void OnProfile(const seccomp::Judgement& judgement, Reporter& reporter) {
  reporter.Add({.span = judgement.profile->anchor,
                .message = judgement.container == nullptr ? "alone" : "named"});
}
void Parameters(const model::Container& container, Reporter& reporter) {
  for (const std::string& value : reporter.Parameter("allowed"))
    reporter.Add({.span = container.anchor, .message = value});
}
void OnTty(const model::Container& container, Reporter& reporter) {
  reporter.Add({.span = container.anchor, .message = container.tty.IsAbsent() ? "absent" : "set"});
}

class AnalyseTest : public ::testing::Test {
 protected:
  AnalyseTest() {
    sources_.Add("x.sh", "0123456789");
    for (const std::uint32_t begin : {4u, 7u}) {
      model::Container container;
      container.anchor = {0, begin, begin + 1};
      container.extent = {0, begin, begin + 3};
      container.name = model::Setting<std::string>::Known("n", {}, {});
      document_.containers.push_back(container);
    }
    policy_.severities = {{"r", Severity::kError}};
  }
  std::vector<diagnostic::Diagnostic> Run(const Rule& rule, AnalyseOptions options = {}) {
    options.policy = &policy_;
    const Rule* const rules[] = {&rule};
    return Analyse(document_, rules, options, sources_);
  }

  base::SourceSet sources_;
  model::Document document_;
  Policy policy_;
};

TEST_F(AnalyseTest, RunsOnEveryContainerWithItsSubject) {
  const auto found = Run({.info = InfoOf("r"), .on_container = OnContainer});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].rule, "r");
  EXPECT_EQ(found[0].severity, Severity::kError);
  EXPECT_EQ(found[0].why, "w");
  ASSERT_TRUE(found[1].subject);
  EXPECT_EQ(found[1].subject->span, (base::Span{0, 7, 8}));
  EXPECT_EQ(found[1].subject->id, "n");
}

TEST_F(AnalyseTest, ThePolicyDecidesWhetherARuleRuns) {
  policy_.severities.clear();
  EXPECT_TRUE(Run({.info = InfoOf("r"), .on_container = OnContainer}).empty());
  policy_.severities = {{"r", Severity::kOff}};
  EXPECT_TRUE(Run({.info = InfoOf("r"), .on_container = OnContainer}).empty());
}

TEST_F(AnalyseTest, WeightLowersAndNeverRaises) {
  auto found = Run({.info = InfoOf("r"), .on_container = Lowered});
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].severity, Severity::kInfo);
  EXPECT_EQ(found[1].severity, Severity::kWarning);
  policy_.severities = {{"r", Severity::kInfo}};
  found = Run({.info = InfoOf("r"), .on_container = Lowered});
  EXPECT_EQ(found[1].severity, Severity::kInfo);
}

TEST_F(AnalyseTest, TheLeastSeverityCounts) {
  AnalyseOptions options;
  options.selection.min_severity = Severity::kWarning;
  EXPECT_EQ(Run({.info = InfoOf("r"), .on_container = Lowered}, options).size(), 2u);
  options.selection.ignore = {"r"};
  EXPECT_TRUE(Run({.info = InfoOf("r"), .on_container = Lowered}, options).empty());
}

TEST_F(AnalyseTest, AFindingOfADocumentIsFiledUnderItsContainer) {
  const auto found = Run({.info = InfoOf("r"), .on_document = OnDocument});
  ASSERT_EQ(found.size(), 2u);
  ASSERT_TRUE(found[0].subject);
  EXPECT_EQ(found[0].subject->span, (base::Span{0, 7, 8}));
  EXPECT_FALSE(found[1].subject);
}

TEST_F(AnalyseTest, AProfileIsJudgedOnceInEachEnvironmentThatItMeets) {
  document_.profiles.resize(2);
  for (auto& profile : document_.profiles) profile.anchor = {0, 0, 1};
  for (auto& container : document_.containers)
    container.seccomp = model::SeccompReference{"p", {0, 4, 5}, 0};
  const Rule rule{.info = InfoOf("r"), .on_profile = OnProfile};
  const auto same = Run(rule);
  ASSERT_EQ(same.size(), 2u);
  EXPECT_EQ(same[0].message, "named");
  EXPECT_EQ(same[1].message, "alone");
  document_.containers[1].engine = model::Engine::kNerdctl;
  const auto different = Run(rule);
  ASSERT_EQ(different.size(), 3u);
  EXPECT_EQ(different[0].message, "named");
  EXPECT_EQ(different[1].message, "named");
  EXPECT_EQ(different[2].message, "alone");
}

TEST_F(AnalyseTest, AParameterComesFromThePolicyOrFallsBack) {
  const Rule rule{.info = InfoOf("r", {{"allowed", "m", {"one"}}}), .on_container = Parameters};
  document_.containers.resize(1);
  EXPECT_EQ(Run(rule)[0].message, "one");
  policy_.parameters["r"]["allowed"] = {"two", "three"};
  EXPECT_EQ(Run(rule).size(), 2u);
  EXPECT_EQ(Run(rule)[0].message, "two");
}

TEST_F(AnalyseTest, StrictTakesDynamicForAbsent) {
  for (auto& container : document_.containers)
    container.tty = model::Setting<bool>::Dynamic("$T", {0, 4, 5}, {0, 4, 5});
  EXPECT_EQ(Run({.info = InfoOf("r"), .on_container = OnTty})[0].message, "set");
  AnalyseOptions options;
  options.strict = true;
  EXPECT_EQ(Run({.info = InfoOf("r"), .on_container = OnTty}, options)[0].message, "absent");
}

}  // namespace
}  // namespace cagelint::engine
