#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

nlohmann::json Issues(const Sample& sample) {
  return nlohmann::json::parse(FindWriter("gitlab")->write(sample.report, {}));
}

TEST(Gitlab, Issues) {
  Sample sample;
  EXPECT_EQ(Issues(sample), nlohmann::json::array());
  const auto& file = sample.File("a.sh", "x\nbad\nworse\n");
  sample.Find("r", Severity::kError, Sample::At(file, "bad\n"), "m\u202e").help = "h";
  sample.Find("r", Severity::kWarning, Sample::At(file, "bad\nworse"), "m");
  sample.Find("r", Severity::kInfo, Sample::At(file, "bad"), "m");
  sample.Find("r", Severity::kError, Sample::At(file, "bad"), "m").suppressed =
      diagnostic::Suppressed{"comment", "so"};
  sample.Gap("missing-file", "m", {}, "b.sh", true);
  const auto issues = Issues(sample);
  ASSERT_EQ(issues.size(), 4U);
  EXPECT_EQ(issues.at(0).at("description"), "m\\u{202e}; fix: h");
  EXPECT_EQ(issues.at(0).at("location").at("lines"), nlohmann::json({{"begin", 2}, {"end", 2}}));
  EXPECT_EQ(issues.at(1).at("location").at("lines"), nlohmann::json({{"begin", 2}, {"end", 3}}));
  EXPECT_EQ(issues.at(0).at("severity"), "critical");
  EXPECT_EQ(issues.at(1).at("severity"), "major");
  EXPECT_EQ(issues.at(2).at("severity"), "info");
  EXPECT_EQ(issues.at(3).at("check_name"), "missing-file");
  EXPECT_EQ(issues.at(3).at("severity"), "critical");
  EXPECT_EQ(issues.at(3).at("location"),
            nlohmann::json({{"path", "b.sh"}, {"lines", {{"begin", 1}, {"end", 1}}}}));
}

}  // namespace
}  // namespace cagelint::output
