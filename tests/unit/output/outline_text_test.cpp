#include "linter/output/outline_text.h"

#include <gtest/gtest.h>

namespace cagelint::output {
namespace {

TEST(OutlineText, LongCommandsAreContinued) {
  base::SourceSet sources;
  engine::Outline outline;
  outline.command = "podman run";
  outline.settings = {std::string(40, 'a'), std::string(40, 'b'), std::string(40, 'c')};
  const std::string text = OutlineText(outline, sources, {});
  EXPECT_EQ(text, "  hardened: podman run " + std::string(40, 'a') + " \\\n              " +
                      std::string(40, 'b') + " " + std::string(40, 'c') + " \\\n" +
                      "              IMAGE\n");
}

TEST(OutlineText, QuotesAreShortAndEscaped) {
  base::SourceSet sources;
  const std::string text = "a\x1b[1m " + std::string(60, 'x') + "\nsecond";
  const base::FileId file = sources.Add("x", text).Id();
  engine::Outline outline;
  outline.settings = {"read_only: true", "cap_drop: [ALL]"};
  const auto size = static_cast<std::uint32_t>(text.size());
  outline.changes = {{file, 0, 1}, {file, 0, 5}, {file, 7, size}, {file, size - 6, size}};
  const std::string out = OutlineText(outline, sources, {});
  EXPECT_EQ(out.find('\x1b'), std::string::npos);
  EXPECT_TRUE(out.starts_with("  hardened: read_only: true\n            cap_drop: [ALL]\n"));
  EXPECT_NE(out.find("`a`, "), std::string::npos);
  EXPECT_NE(out.find("`" + std::string(39, 'x')), std::string::npos) << out;
  EXPECT_NE(out.find("…`, `second`\n"), std::string::npos) << out;
}

TEST(OutlineText, ManyChangesAreCounted) {
  base::SourceSet sources;
  const base::FileId file = sources.Add("x", "abcdefghijkl").Id();
  engine::Outline outline;
  outline.settings = {"x"};
  for (std::uint32_t i = 0; i < 10; ++i) outline.changes.push_back({file, i, i + 1});
  EXPECT_NE(OutlineText(outline, sources, {}).find("`h` and 2 more\n"), std::string::npos);
}

}  // namespace
}  // namespace cagelint::output
