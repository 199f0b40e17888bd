#include <gtest/gtest.h>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

TEST(Jsonl, PartsAndTheEndAreTheWhole) {
  const Writer& writer = *FindWriter("jsonl");
  ASSERT_NE(writer.write_part, nullptr);
  ASSERT_NE(writer.write_end, nullptr);
  Sample sample;
  const auto& file = sample.File("a\n.sh", "bad");
  sample.Find("r", Severity::kError, Sample::At(file, "bad"), "m");
  sample.Gap("missing-file", "m", {}, "b.sh");
  sample.report.fixed = {{"q", "a.sh", "web", "00", 2}};
  const std::string part = writer.write_part(sample.report, {});
  const std::string end = writer.write_end(sample.report, {});
  EXPECT_EQ(writer.write(sample.report, {}), part + end);
  EXPECT_TRUE(part.starts_with(R"({"finding":{"rule":"r",)")) << part;
  EXPECT_NE(part.find("\n{\"gap\":{"), std::string::npos);
  EXPECT_EQ(end,
            R"({"fixed":{"rule":"q","path":"a.sh","container":"web","count":2}})"
            "\n"
            R"({"summary":{"files":1,"containers":0,"profiles":0,"error":1,"warning":0,"info":0,)"
            R"("suppressed":0,"gaps":1}})"
            "\n");
}

}  // namespace
}  // namespace cagelint::output
