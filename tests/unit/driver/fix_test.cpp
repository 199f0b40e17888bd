#include "linter/driver/fix.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

using test::MemoryFiles;

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

class FixTest : public ::testing::Test {
 protected:
  FixTest() { request_.policy = LoadPolicy("agent").Value(); }

  Fixing FixAll(std::vector<std::string> paths) {
    request_.paths = std::move(paths);
    return Fix(request_, files_.System(), options_);
  }
  // What becomes of a script.
  std::string Fixed(std::string bytes) {
    files_.Add("run.sh", bytes);
    const Fixing fixing = FixAll({"run.sh"});
    return fixing.files.empty() ? bytes : fixing.files[0].after;
  }
  static bool Finds(const Outcome& outcome, std::string_view rule) {
    const auto& all = outcome.report.findings;
    return std::any_of(all.begin(), all.end(), [&](const auto& finding) {
      return finding.rule == rule && !finding.suppressed;
    });
  }

  MemoryFiles files_;
  Request request_;
  FixOptions options_;
};

TEST_F(FixTest, MakesTheSafeOnesOnly) {
  files_.Add("run.sh", "docker run alpine:3.22\n");
  const Fixing fixing = FixAll({"run.sh"});
  ASSERT_EQ(fixing.files.size(), 1u);
  EXPECT_EQ(fixing.files[0].path, "run.sh");
  EXPECT_EQ(fixing.files[0].before, "docker run alpine:3.22\n");
  EXPECT_TRUE(Has(fixing.files[0].after, "--pids-limit")) << fixing.files[0].after;
  EXPECT_FALSE(Has(fixing.files[0].after, "--read-only")) << fixing.files[0].after;
  EXPECT_GE(fixing.files[0].fixes, 2u);
  EXPECT_EQ(fixing.files[0].fixes, fixing.fixes);
  EXPECT_FALSE(Finds(fixing.after, "unlimited-pids"));
  EXPECT_EQ(fixing.safe_left, 0u);
  EXPECT_GT(fixing.unsafe_left, 0u);
  EXPECT_TRUE(fixing.left_out.empty()) << fixing.left_out[0].message;
}

TEST_F(FixTest, MakesTheUnsafeOnesWhereAsked) {
  options_.unsafe = true;
  files_.Add("run.sh", "docker run alpine:3.22\n");
  const Fixing fixing = FixAll({"run.sh"});
  ASSERT_EQ(fixing.files.size(), 1u);
  for (const char* flag : {"--read-only", "--cap-drop", "--user", "--pids-limit", "--tmpfs"})
    EXPECT_TRUE(Has(fixing.files[0].after, flag)) << fixing.files[0].after;
  EXPECT_EQ(fixing.unsafe_left, 0u) << fixing.files[0].after;
}

TEST_F(FixTest, TheSecondTimeNothingChanges) {
  options_.unsafe = true;
  const std::string once = Fixed("docker run --privileged -p 80:80 -v /:/host alpine:3.22\n");
  EXPECT_EQ(Fixed(once), once);
}

TEST_F(FixTest, OnlyWhatIsSelectedOnEveryContainer) {
  request_.selection.select = {"unlimited-pids"};
  const std::string fixed =
      Fixed("# first\ndocker run a:1\n\n# second\ndocker run b:1  # the end\n");
  std::string rest = fixed;
  int flags = 0;
  for (std::size_t at = 0; (at = rest.find(" --pids-limit")) != std::string::npos; ++flags)
    rest.erase(at, std::string(" --pids-limit=256").size());
  EXPECT_EQ(flags, 2) << fixed;
  EXPECT_EQ(rest, "# first\ndocker run a:1\n\n# second\ndocker run b:1  # the end\n");
}

TEST_F(FixTest, WhatIsMeantToBeThereStays) {
  request_.selection.select = {"unlimited-pids"};
  const std::string meant =
      "# cagelint: ignore[unlimited-pids] it forks, and is meant to\ndocker run alpine:3.22\n";
  EXPECT_EQ(Fixed(meant), meant);
}

TEST_F(FixTest, StandardInputAndOneCommandAreTextsToo) {
  request_.selection.select = {"unlimited-pids"};
  request_.text = Text{"run.sh", "docker run alpine:3.22\n"};
  const Fixing text = Fix(request_, files_.System(), options_);
  ASSERT_EQ(text.files.size(), 1u);
  EXPECT_TRUE(Has(text.files[0].after, "--pids-limit"));
  request_.text.reset();
  request_.arguments = {"docker", "run", "alpine:3.22", "sh", "-c", "echo 'a  b' $x"};
  const Fixing command = Fix(request_, files_.System(), options_);
  ASSERT_EQ(command.files.size(), 1u);
  EXPECT_EQ(command.files[0].path, kCommandLine);
  const auto words = WordsOf(command.files[0].after);
  ASSERT_TRUE(words.has_value());
  EXPECT_TRUE(Has((*words)[2], "--pids-limit")) << command.files[0].after;
  EXPECT_EQ(words->back(), "echo 'a  b' $x");
}

TEST_F(FixTest, WhatMakesThingsWorseIsTakenBackAndTheRestIsMade) {
  options_.unsafe = true;
  options_.lint = [](const Request& request, const base::FileSystem& files) {
    Outcome outcome = Lint(request, files);
    const base::Source* source = outcome.sources->FindPath("run.sh");
    if (source != nullptr && Has(source->Bytes(), "--pids-limit"))
      outcome.report.gaps.push_back({"syntax-error", "this is odd", {}, "run.sh"});
    return outcome;
  };
  files_.Add("run.sh", "docker run alpine:3.22\n");
  files_.Add("other.sh", "docker run alpine:3.22\n");
  const Fixing fixing = FixAll({"run.sh", "other.sh"});
  ASSERT_EQ(fixing.files.size(), 2u);
  EXPECT_TRUE(Has(fixing.files[0].after, "--pids-limit")) << "other.sh has nothing to do with it";
  EXPECT_FALSE(Has(fixing.files[1].after, "--pids-limit")) << fixing.files[1].after;
  EXPECT_TRUE(Has(fixing.files[1].after, "--read-only")) << fixing.files[1].after;
  ASSERT_EQ(fixing.left_out.size(), 1u);
  EXPECT_EQ(fixing.left_out[0].path, "run.sh");
  EXPECT_TRUE(
      Has(fixing.left_out[0].message, "(unlimited-pids), because of a new gap: this is odd"))
      << fixing.left_out[0].message;
}

TEST_F(FixTest, WhatLeavesItsFindingIsTakenBack) {
  // A linter that does not see what is edited.
  request_.selection.select = {"unlimited-pids"};
  options_.lint = [](const Request& request, const base::FileSystem&) {
    MemoryFiles blind;
    blind.Add("run.sh", "docker run alpine:3.22\n");
    return Lint(request, blind.System());
  };
  files_.Add("run.sh", "docker run alpine:3.22\n");
  const Fixing fixing = FixAll({"run.sh"});
  EXPECT_TRUE(fixing.files.empty());
  EXPECT_EQ(fixing.fixes, 0u);
  ASSERT_EQ(fixing.left_out.size(), 1u);
  EXPECT_TRUE(Has(fixing.left_out[0].message, "the finding, which would stay"));
}

TEST_F(FixTest, WhatALaterFixMakesGoodIsMade) {
  options_.unsafe = true;
  // Without --privileged, `no-new-privileges` is missed: that has a fix as well.
  files_.Add("run.sh", "docker run --privileged alpine:3.22\n");
  const Fixing fixing = FixAll({"run.sh"});
  ASSERT_EQ(fixing.files.size(), 1u);
  EXPECT_FALSE(Has(fixing.files[0].after, "--privileged")) << fixing.files[0].after;
  EXPECT_TRUE(Has(fixing.files[0].after, "no-new-privileges")) << fixing.files[0].after;
  EXPECT_TRUE(fixing.left_out.empty());
}

TEST_F(FixTest, WhatNobodyMakesGoodIsTakenBackWithWhatFollowed) {
  options_.unsafe = true;
  // Everything but the user is fixed, and `--cpus` makes a finding whose fix is then refused.
  options_.lint = [](const Request& request, const base::FileSystem& files) {
    Outcome outcome = Lint(request, files);
    const base::Source* source = outcome.sources->FindPath("run.sh");
    const bool has_cpus = source != nullptr && Has(source->Bytes(), "--cpus");
    auto& all = outcome.report.findings;
    std::erase_if(all, [&](const auto& one) { return one.rule == "root-user" && !has_cpus; });
    if (source != nullptr && Has(source->Bytes(), "--user 1000"))
      outcome.report.gaps.push_back({"syntax-error", "this is odd", {}, "run.sh"});
    return outcome;
  };
  files_.Add("run.sh", "docker run --user 0 --log-opt max-size=1m alpine:3.22\n");
  const Fixing fixing = FixAll({"run.sh"});
  ASSERT_EQ(fixing.files.size(), 1u);
  EXPECT_FALSE(Has(fixing.files[0].after, "--cpus")) << fixing.files[0].after;
  EXPECT_TRUE(Has(fixing.files[0].after, "--user 0")) << fixing.files[0].after;
  EXPECT_TRUE(Has(fixing.files[0].after, "--read-only")) << fixing.files[0].after;
  EXPECT_TRUE(Has(fixing.files[0].after, "--pids-limit")) << fixing.files[0].after;
  EXPECT_FALSE(fixing.left_out.empty());
}

TEST_F(FixTest, FilesOfOthersAreNotEdited) {
  files_.Add("/elsewhere/run.sh", "docker run alpine:3.22\n");
  files_.Add("main.sh", ". /elsewhere/run.sh\n");
  EXPECT_TRUE(FixAll({"main.sh"}).files.empty());
  EXPECT_EQ(FixAll({"/elsewhere/run.sh"}).files.size(), 1u) << "it was named";
}

TEST_F(FixTest, AFolderElsewhereMayBeNamed) {
  files_.Add("/elsewhere/a.sh", "docker run alpine:3.22\n");
  files_.Add("/elsewhere/sub/b.sh", "docker run alpine:3.22\n");
  EXPECT_EQ(FixAll({"/elsewhere"}).files.size(), 2u);
}

TEST_F(FixTest, InputsOfOneTreeAreFixedAsIfAlone) {
  options_.unsafe = true;
  const std::string compose = "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n";
  files_.Add("a/compose.yaml", compose);
  files_.Add("a/compose.override.yaml", "services:\n  web:\n    user: root\n");
  files_.Add("b/compose.yaml", compose);
  files_.Add("b/docker-compose.yml", compose);
  files_.Add("run.sh", "docker run --privileged alpine:3.22\n");
  const Fixing all = FixAll({"."});
  std::vector<std::string> paths;
  std::size_t fixes = 0;
  for (const FixedFile& file : all.files) {
    paths.push_back(file.path);
    fixes += file.fixes;
    const Fixing alone = FixAll({file.path});
    for (const FixedFile& other : alone.files)
      if (other.path == file.path) {
        EXPECT_EQ(file.after, other.after);
      }
  }
  const std::vector<std::string> some{"a/compose.yaml", "b/compose.yaml", "run.sh"};
  EXPECT_TRUE(std::includes(paths.begin(), paths.end(), some.begin(), some.end()));
  EXPECT_EQ(std::count(paths.begin(), paths.end(), "b/docker-compose.yml"), 0)
      << "compose does not load it";
  EXPECT_GE(fixes, all.fixes);
  EXPECT_EQ(all.unsafe_left, 0u);
}

TEST_F(FixTest, OneFileOnly) {
  options_.only = "a.sh";
  files_.Add("a.sh", "docker run alpine:3.22\n");
  files_.Add("b.sh", "docker run alpine:3.22\n");
  const Fixing fixing = FixAll({"."});
  ASSERT_EQ(fixing.files.size(), 1u);
  EXPECT_EQ(fixing.files[0].path, "a.sh");
}

TEST_F(FixTest, ManyOfAKindEndInTime) {
  options_.unsafe = true;
  std::string script;
  for (int i = 0; i < 150; ++i) script += "docker run -p 80:80 -p 81:81 alpine:3.22\n";
  const std::string fixed = Fixed(script);
  EXPECT_EQ(std::count(fixed.begin(), fixed.end(), '\n'), 150);
  EXPECT_TRUE(Has(fixed, "--read-only"));
}

TEST(WordsOf, ReadsWordsAndNothingElse) {
  EXPECT_EQ(WordsOf("docker run 'a b' \"c\" d\\ e ''"),
            (std::vector<std::string>{"docker", "run", "a b", "c", "d e", ""}));
  for (const char* not_words :
       {"docker run $x", "docker run a; b", "docker run >x", "docker run `x`", "x=1 docker",
        "docker run 'a", "", "docker # x", "a\nb"})
    EXPECT_FALSE(WordsOf(not_words).has_value()) << not_words;
}

}  // namespace
}  // namespace cagelint::driver
