#include "tests/support/fixture_run.h"

#include <gtest/gtest.h>

#include "tests/support/model_subset.h"
#include "tests/support/update.h"

namespace cagelint::test {
namespace {

using diagnostic::Diagnostic;
using diagnostic::Severity;

constexpr std::string_view kScript =
    "# expect: a `-t`\n"
    "#   label `img` the image\n"
    "docker run -t img\n";

class ComparisonTest : public ::testing::Test {
 protected:
  void Load(std::string_view bytes) {
    bytes_ = bytes;
    fixture_ = ParseFixture("fixtures/rules/x.sh", bytes_);
    outcome_.sources = std::make_unique<base::SourceSet>();
    outcome_.report = {};
    outcome_.report.sources = outcome_.sources.get();
    for (const VirtualFile& file : fixture_.files) outcome_.sources->Add(file.name, file.bytes);
  }
  base::Span SpanOf(std::string_view text) const {
    const std::size_t at = fixture_.files[0].searchable.find(text);
    return {0, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + text.size())};
  }
  Diagnostic& Add(std::string rule, std::string_view text) {
    Diagnostic finding;
    finding.rule = std::move(rule);
    finding.severity = Severity::kError;
    finding.span = SpanOf(text);
    finding.message = "has `" + std::string(text) + "`";
    outcome_.report.findings.push_back(finding);
    return outcome_.report.findings.back();
  }
  std::vector<std::string> Compare() const { return Differences(fixture_, outcome_); }

  std::string bytes_;
  Fixture fixture_;
  driver::Outcome outcome_;
};

TEST_F(ComparisonTest, AcceptsWhatIsExpected) {
  Load(kScript);
  Add("a", "-t").labels = {{SpanOf("img"), "the image"}};
  EXPECT_TRUE(Compare().empty());
}

TEST_F(ComparisonTest, SaysWhatIsMissingAndWhatIsTooMuch) {
  Load("# expect: a `-t`\ndocker run -t img\n");
  EXPECT_EQ(Compare(), (std::vector<std::string>{"fixtures/rules/x.sh:1: expected, not found: a at "
                                                 "fixtures/rules/x.sh:2:12 `-t`"}));
  Add("a", "-t");
  Add("a", "img");
  EXPECT_EQ(Compare(), (std::vector<std::string>{
                           "found, not expected: fixtures/rules/x.sh:2:15: a error `img`\n"
                           "    message has `img`"}));
}

TEST_F(ComparisonTest, AnotherSpanOrRuleIsAnotherFinding) {
  Load("# expect: a `-t`\ndocker run -t img\n");
  Add("b", "-t");
  EXPECT_EQ(Compare().size(), 2u);
  outcome_.report.findings.clear();
  Add("a", "-t img");
  EXPECT_EQ(Compare().size(), 2u);
}

TEST_F(ComparisonTest, OneFindingMeetsOneExpectation) {
  Load("# expect: a `-t`\n# expect: a `-t`\ndocker run -t img\n");
  Add("a", "-t");
  EXPECT_EQ(Compare().size(), 1u);
  Add("a", "-t");
  EXPECT_TRUE(Compare().empty());
}

TEST_F(ComparisonTest, ChecksSeverityMessageAndLabels) {
  Load("# expect: a info `-t`\n#   message x\n#   label `img`\ndocker run -t img\n");
  Add("a", "-t").labels = {{SpanOf("run"), "other"}};
  const auto differences = Compare();
  ASSERT_EQ(differences.size(), 4u);
  EXPECT_EQ(differences[0], "fixtures/rules/x.sh:1: a has severity error");
  EXPECT_EQ(differences[1], "fixtures/rules/x.sh:1: a says: has `-t`");
  EXPECT_EQ(differences[2],
            "fixtures/rules/x.sh:1: a lacks the label at fixtures/rules/x.sh:4:15: ");
  EXPECT_EQ(differences[3],
            "fixtures/rules/x.sh:1: a has a further label at fixtures/rules/x.sh:4:8: other");
}

TEST_F(ComparisonTest, OkMeansNoFindingUpToTheNextExpectation) {
  Load("# ok: a\none\n# expect: a `two`\ntwo\n");
  Add("a", "two");
  EXPECT_TRUE(Compare().empty());
  Add("a", "one");
  EXPECT_EQ(Compare().size(), 2u);  // not expected, and not ok
}

TEST_F(ComparisonTest, OkOfARuleThatDoesNotRunSaysNothing) {
  Load("# rules: b\n# ok: a\none\n");
  EXPECT_EQ(Compare(),
            (std::vector<std::string>{"fixtures/rules/x.sh:2: ok of a rule that does not run: a"}));
}

TEST_F(ComparisonTest, GapsMatchByKindPlaceAndRefusal) {
  Load("# gap: syntax-error refused `one`\none\n");
  diagnostic::Gap gap;
  gap.kind = "syntax-error";
  gap.span = SpanOf("one");
  gap.message = "m";
  outcome_.report.gaps = {gap};
  EXPECT_EQ(Compare().size(), 2u);
  outcome_.report.gaps[0].refused = true;
  EXPECT_TRUE(Compare().empty());
}

TEST_F(ComparisonTest, BrokenPromisesAreSaid) {
  Load("caf\xC3\xA9 x\n");
  EXPECT_TRUE(BrokenPromises(outcome_.report).empty());
  Add("a", "x").span = {0, 4, 5};
  EXPECT_EQ(BrokenPromises(outcome_.report).size(), 2u);  // cuts a character; UTF-16 cannot say it
  outcome_.report.findings[0].span = {0, 3, 3};
  EXPECT_EQ(BrokenPromises(outcome_.report), (std::vector<std::string>{"finding a is empty"}));
  outcome_.report.findings[0].span = {0, 3, 99};
  EXPECT_EQ(BrokenPromises(outcome_.report).size(), 1u);
  outcome_.report.findings[0].span = {};
  EXPECT_EQ(BrokenPromises(outcome_.report).size(), 1u);
  outcome_.report.findings[0].span = {0, 3, 5};
  EXPECT_TRUE(BrokenPromises(outcome_.report).empty());
}

TEST_F(ComparisonTest, UpdateDropsWhatIsGoneAndAddsWhatIsNew) {
  Load("# expect: a `gone`\n#   message x\n# ok: z\ngone\ntrue \\\n  run -t -t\n");
  Add("b", "-t").span = {0, SpanOf("-t").begin + 3, SpanOf("-t").begin + 5};
  EXPECT_EQ(UpdatedFixture(fixture_, bytes_, outcome_),
            "# ok: z\ngone\n# expect: b `-t` #2\ntrue \\\n  run -t -t\n");
}

TEST_F(ComparisonTest, UpdateKeepsWhatHolds) {
  Load(kScript);
  Add("a", "-t");
  EXPECT_EQ(UpdatedFixture(fixture_, bytes_, outcome_), kScript);
}

TEST(ModelDifferencesTest, ComparesGivenKeysOnly) {
  constexpr std::string_view kActual = R"({"a": {"b": 1, "c": [1, 2]}, "d": "x"})";
  EXPECT_TRUE(ModelDifferences(R"({"a": {"b": 1}})", kActual).empty());
  EXPECT_TRUE(ModelDifferences(R"({"a": {"c": [1, 2], "z": null}})", kActual).empty());
  EXPECT_EQ(ModelDifferences(R"({"a": {"b": 2}})", kActual),
            (std::vector<std::string>{"/a/b: is 1, expected 2"}));
  EXPECT_EQ(ModelDifferences(R"({"a": {"c": [1]}})", kActual).size(), 1u);
  EXPECT_EQ(ModelDifferences(R"({"z": 1, "d": null})", kActual).size(), 2u);
  EXPECT_EQ(ModelDifferences("{", kActual).size(), 1u);
}

}  // namespace
}  // namespace cagelint::test
