#include <gtest/gtest.h>

#include "linter/engine/report.h"

namespace cagelint::engine {
namespace {

diagnostic::Diagnostic Of(const char* name, base::Span anchor, base::Span place) {
  diagnostic::Diagnostic out;
  out.rule = "privileged";
  out.message = "runs privileged";
  out.span = place;
  out.subject = std::make_shared<diagnostic::Subject>(diagnostic::Subject{name, name, anchor});
  return out;
}

TEST(SharedFinding, IsSaidOnceWithAllWhoHaveIt) {
  base::SourceSet sources;
  const base::FileId file = sources.Add("compose.yaml", "shared one two").Id();
  const base::Span place{file, 0, 6}, one{file, 7, 10}, two{file, 11, 14};
  Report report;
  report.sources = &sources;
  report.findings = {Of("one", one, place), Of("one", one, place), Of("two", two, place)};
  Finish(report);
  ASSERT_EQ(report.findings.size(), 1u);
  ASSERT_EQ(report.findings[0].labels.size(), 1u);
  EXPECT_EQ(report.findings[0].labels[0].span, two);
}

}  // namespace
}  // namespace cagelint::engine
