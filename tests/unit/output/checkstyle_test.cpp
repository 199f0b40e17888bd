#include <gtest/gtest.h>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

TEST(CheckstyleWriter, Document) {
  Sample sample;
  const auto& b = sample.File("b<.sh", "\nö docker\n");
  const auto& a = sample.File("a.sh", "x");
  sample.Find("r", Severity::kError, Sample::At(b, "docker"), "one").help = "leave it out";
  sample.Find("s", Severity::kInfo, Sample::At(b, "docker"), "two").suppressed = {"comment", "ok"};
  sample.Find("s", Severity::kInfo, Sample::At(a, "x"), "three");
  sample.Gap("unreadable-file", "four", {}, "b<.sh");
  sample.Gap("syntax-error", "five", Sample::At(a, "x"), "", true);
  sample.report.errors = {"c.sh: no such file"};
  EXPECT_EQ(FindWriter("checkstyle")->write(sample.report, {}),
            R"xml(<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
  <file name="cagelint">
    <error line="0" severity="error" message="c.sh: no such file" source="cagelint.run"/>
  </file>
  <file name="a.sh">
    <error line="1" column="1" severity="info" message="three" source="cagelint.s"/>
    <error line="1" column="1" severity="error" message="five (refused by the program that reads it)" source="cagelint.gap.syntax-error"/>
  </file>
  <file name="b&lt;.sh">
    <error line="2" column="3" severity="error" message="one; fix: leave it out" source="cagelint.r"/>
    <error line="0" severity="warning" message="four" source="cagelint.gap.unreadable-file"/>
  </file>
</checkstyle>
)xml");
}

TEST(CheckstyleWriter, NothingFound) {
  Sample sample;
  EXPECT_EQ(FindWriter("checkstyle")->write(sample.report, {}),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n"
            "</checkstyle>\n");
}

}  // namespace
}  // namespace cagelint::output
