#include "linter/output/fingerprints.h"

#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

// Two findings that differ, one that is the same as the first, and two gaps.
void Fill(Sample& sample, const std::string& path, const std::string& above) {
  const auto& file = sample.File(path, above + "bad worse bad");
  const auto begin = static_cast<std::uint32_t>(above.size());
  sample.Find("r", Severity::kError, {file.Id(), begin, begin + 3}, "m");
  sample.Find("r", Severity::kError, {file.Id(), begin + 4, begin + 9}, "m");
  sample.Find("r", Severity::kError, {file.Id(), begin + 10, begin + 13}, "m");
  sample.Gap("missing-file", "m", {file.Id(), begin, begin + 3});
  sample.Gap("missing-file", "m", {file.Id(), begin + 10, begin + 13});
}

std::vector<std::string> GitlabFingerprints(const Sample& sample) {
  std::vector<std::string> out;
  for (const auto& issue : nlohmann::json::parse(FindWriter("gitlab")->write(sample.report, {})))
    out.push_back(issue.at("fingerprint"));
  return out;
}

TEST(Fingerprints, EqualFindingsAreNumbered) {
  Sample sample;
  Fill(sample, "a.sh", "");
  const auto names = FindingFingerprints(sample.report);
  EXPECT_NE(names[0], names[1]);
  EXPECT_EQ(names[2], names[0] + ":2");
  const auto gaps = GapFingerprints(sample.report);
  EXPECT_EQ(gaps[1], gaps[0] + ":2");
}

TEST(Fingerprints, LinesAboveChangeNothing) {
  Sample before, after;
  Fill(before, "a.sh", "");
  Fill(after, "a.sh", "# a line\n\n");
  EXPECT_EQ(FindingFingerprints(before.report), FindingFingerprints(after.report));
  EXPECT_EQ(GapFingerprints(before.report), GapFingerprints(after.report));
  EXPECT_EQ(GitlabFingerprints(before), GitlabFingerprints(after));
}

TEST(Fingerprints, AnotherFileChangesNothing) {
  Sample one, two;
  Fill(one, "b.sh", "");
  Fill(two, "a.sh", "");
  Fill(two, "b.sh", "");
  const auto alone = FindingFingerprints(one.report);
  const auto both = FindingFingerprints(two.report);
  EXPECT_EQ(std::vector<std::string>(both.begin() + 3, both.end()), alone);
}

TEST(Fingerprints, GitlabsAreUnique) {
  Sample sample;
  Fill(sample, "a.sh", "");
  Fill(sample, "b.sh", "");
  const auto names = GitlabFingerprints(sample);
  EXPECT_EQ(names.size(), 10U);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
}

TEST(Fingerprints, OfWhatIsSaidOtherwiseAreOthers) {
  Sample sample;
  const auto& file = sample.File("a.sh", "bad");
  sample.Find("r", Severity::kError, Sample::At(file, "bad"), "m");
  sample.Find("q", Severity::kError, Sample::At(file, "bad"), "m");
  sample.Find("r", Severity::kError, Sample::At(file, "bad"), "m").subject =
      std::make_shared<diagnostic::Subject>(
          diagnostic::Subject{"service `web`", "web", Sample::At(file, "bad")});
  const auto names = FindingFingerprints(sample.report);
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 3U);
}

}  // namespace
}  // namespace cagelint::output
