#include "linter/driver/walk.h"

#include <gtest/gtest.h>

#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

using test::MemoryFiles;
using Paths = std::vector<std::string>;

class WalkTest : public ::testing::Test {
 protected:
  Paths Walked(const Paths& paths, bool as_walked = false) {
    Paths walked;
    WalkOptions options;
    options.as_walked = as_walked;
    for (const WalkedFile& file : Walk(paths, options, files_.System(), report_).files)
      walked.push_back(file.path + (file.named ? "!" : ""));
    return walked;
  }

  MemoryFiles files_;
  engine::Report report_;
};

TEST_F(WalkTest, GoesInAFixedOrder) {
  for (const char* name : {"b.sh", "a/z.sh", "a/b/c.sh", "a.sh", "Z.sh"}) files_.Add(name, "");
  EXPECT_EQ(Walked({"."}), (Paths{"Z.sh", "a/b/c.sh", "a/z.sh", "a.sh", "b.sh"}));
  EXPECT_EQ(Walked({"a"}), (Paths{"a/b/c.sh", "a/z.sh"}));
  EXPECT_EQ(Walked({"./a/"}), (Paths{"a/b/c.sh", "a/z.sh"}));
}

TEST_F(WalkTest, PassesHiddenFoldersByButThoseOfContainers) {
  for (const char* name :
       {".git/hooks/x.sh", ".cache/x.sh", ".github/x.yml", ".devcontainer/x.json", ".vscode/x.json",
        "node_modules/a/x.sh", ".env.sh", "a/.git/x.sh"})
    files_.Add(name, "docker run alpine");
  EXPECT_EQ(Walked({"."}),
            (Paths{".devcontainer/x.json", ".env.sh", ".github/x.yml", ".vscode/x.json"}));
  EXPECT_EQ(Walked({".git"}), (Paths{".git/hooks/x.sh"}));  // it was asked for
}

TEST_F(WalkTest, LinksToFoldersAreNotFollowed) {
  files_.Add("a/x.sh", "");
  files_.AddLink("a/up", "..");
  files_.AddLink("a/self", ".");
  files_.AddLink("a/link.sh", "x.sh");
  files_.AddLink("a/dangling.sh", "gone");
  files_.AddLink("a/loop.sh", "loop.sh");
  EXPECT_EQ(Walked({"."}), (Paths{"a/link.sh", "a/x.sh"}));
  files_.AddLink("named", "a");
  EXPECT_EQ(Walked({"named"}), (Paths{"named/link.sh", "named/x.sh"}));  // it was asked for
}

TEST_F(WalkTest, AFileReachedTwiceIsLintedOnce) {
  files_.Add("a/x.sh", "");
  EXPECT_EQ(Walked({"a", ".", "a/x.sh", "./a/../a/x.sh"}), (Paths{"a/x.sh!"}));
}

TEST_F(WalkTest, WhatIsMissingStaysNamed) { EXPECT_EQ(Walked({"gone.sh"}), (Paths{"gone.sh!"})); }

TEST_F(WalkTest, WhatIsNamedAsWalkedIsWhatAWalkWouldMeet) {
  for (const char* name : {"a.sh", "a/b.sh", "a/.venv/c.sh", ".github/d.yml", ".env.sh",
                           "node_modules/e.sh", "/else/.where/f.sh"})
    files_.Add(name, "");
  EXPECT_EQ(Walked({"a.sh", "./a/b.sh", "a/.venv/c.sh", ".github/d.yml", ".env.sh",
                    "node_modules/e.sh", "/else/.where/f.sh", "gone.sh"},
                   true),
            (Paths{"a.sh", "a/b.sh", ".github/d.yml", ".env.sh", "/else/.where/f.sh", "gone.sh!"}));
  EXPECT_EQ(Walked({"a/.venv", "a"}, true), (Paths{"a/b.sh"}));
  EXPECT_EQ(Walked({"."}, true), Walked({"."}));
}

TEST_F(WalkTest, EndsInAVeryDeepTree) {
  std::string deep;
  for (int i = 0; i < 80; ++i) deep += "d/";
  files_.Add(deep + "x.sh", "");
  files_.Add("a.sh", "");
  EXPECT_EQ(Walked({"."}), (Paths{"a.sh"}));
  ASSERT_EQ(report_.gaps.size(), 1u);
  EXPECT_EQ(report_.gaps[0].kind, "limit-reached");
}

TEST(MayMatterTest, GoesByTheName) {
  for (const char* name : {"run.sh", "a/compose.yaml", "x.yml", "seccomp.json", "Makefile", "run",
                           ".envrc", "x.jsonc", "README.md"})
    EXPECT_TRUE(MayMatter(name)) << name;
  for (const char* name : {"x.png", "x.cpp", "a.tar.gz", "README.rst"})
    EXPECT_FALSE(MayMatter(name)) << name;
}

TEST(IsLikelyInputTest, GoesByNameOrContent) {
  EXPECT_TRUE(IsLikelyInput("a/run.sh", ""));
  EXPECT_TRUE(IsLikelyInput("docker-compose.prod.yml", ""));
  EXPECT_FALSE(IsLikelyInput("values.yml", ""));
  EXPECT_TRUE(IsLikelyInput("values.yml", "\xFFservices:"));
  EXPECT_FALSE(IsLikelyInput("picture", "\x89PNG"));
  const std::string_view wide(
      "\xFF\xFE"
      "d\0o\0c\0k\0e\0r\0",
      14);
  EXPECT_TRUE(IsLikelyInput("stack.yml", wide));
}

}  // namespace
}  // namespace cagelint::driver
