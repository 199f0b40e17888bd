// Which files of a tree are looked at.
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

constexpr std::string_view kRun = "docker run --privileged alpine\n";

std::string Names(const Ran& ran) {
  std::string out;
  std::size_t begin = 0;
  for (std::size_t end; (end = ran.out.find('\n', begin)) != std::string::npos; begin = end + 1) {
    const std::string line = ran.out.substr(begin, end - begin);
    if (line.find("[privileged]") == std::string::npos) continue;
    const std::string name = line.substr(0, line.find(':'));
    if (!out.ends_with(name + " ")) out += name + " ";
  }
  return out;
}

class WalkOptionsTest : public testing::Test {
 protected:
  std::string Check(const std::string& words) {
    const Ran ran =
        program_.Shell("HOME=$PWD/home cagelint check --select privileged --no-config -q " + words);
    last_ = ran;
    return Names(ran);
  }

  Program program_;
  Ran last_;
};

TEST_F(WalkOptionsTest, WhatGitIgnoresIsPassedBy) {
  for (const char* name : {"a.sh", "build/b.sh", "kept/build/c.sh", "d.sh", "node/e.sh"})
    program_.Write(name, kRun);
  program_.Write(".gitignore", "/build/\nd.sh\n");
  program_.Write("kept/.gitignore", "!build/\n");
  program_.Write("node/.cagelintignore", "*.sh\n");
  EXPECT_EQ(Check("."), "a.sh build/b.sh d.sh kept/build/c.sh ");  // is no repository
  ASSERT_EQ(program_.Shell("git init -q").exit, 0);
  EXPECT_EQ(Check("."), "a.sh kept/build/c.sh ");
  EXPECT_EQ(Check("--no-ignore-vcs"), "a.sh build/b.sh d.sh kept/build/c.sh ");
  EXPECT_EQ(Check("build d.sh"), "build/b.sh d.sh ");  // was asked for
  ASSERT_EQ(program_.Shell("git add -f build/b.sh").exit, 0);
  EXPECT_EQ(Check("."), "a.sh build/b.sh kept/build/c.sh ");  // is tracked
}

TEST_F(WalkOptionsTest, NothingThatTheTreeNamesIsRun) {
  program_.Write("a.sh", kRun);
  program_.Write("b.sh", kRun);
  program_.Write(".gitignore", "b.sh\n");
  program_.Write("evil", "#!/bin/sh\ntouch ran\n");
  ASSERT_EQ(
      program_
          .Shell("chmod +x evil; git init -q && git add -f a.sh && "
                 "git config core.fsmonitor ./evil && git config core.hooksPath . && "
                 "git config core.sshCommand ./evil && cp evil post-index-change && rm -f ran")
          .exit,
      0);
  EXPECT_EQ(Check("."), "a.sh ");
  EXPECT_EQ(program_.Shell("test -e ran").exit, 1);
}

TEST_F(WalkOptionsTest, HiddenFoldersOnDemand) {
  program_.Write(".hidden/a.sh", kRun);
  program_.Write(".git/b.sh", kRun);
  program_.Write("c.sh", kRun);
  EXPECT_EQ(Check("."), "c.sh ");
  EXPECT_EQ(Check("--hidden"), ".hidden/a.sh c.sh ");
}

TEST_F(WalkOptionsTest, ListsOfFiles) {
  program_.Write("a.sh", kRun);
  program_.Write("b c.sh", kRun);
  program_.Write("x.txt", "docker run alpine\n");
  EXPECT_EQ(Check("--files-from list"), "");
  EXPECT_EQ(last_.exit, 2);
  program_.Write("list", "a.sh\r\nb c.sh\nx.txt\n");
  EXPECT_EQ(Check("--files-from list"), "a.sh b c.sh ");
  EXPECT_EQ(last_.exit, 1);
  EXPECT_EQ(last_.err, "");
  program_.Write("list", std::string("b c.sh\0x.txt\0", 13));
  EXPECT_EQ(Check("--files-from - < list"), "b c.sh ");
  EXPECT_EQ(Check("--files-from list a.sh"), "");
  EXPECT_EQ(last_.exit, 2);
  program_.Write("list", "");
  EXPECT_EQ(Check("--files-from list"), "");
  EXPECT_EQ(last_.exit, 0);
}

TEST_F(WalkOptionsTest, ShardsHaveEachFileOnce) {
  std::string all;
  for (int i = 10; i < 40; ++i) {
    const std::string name = "f" + std::to_string(i) + "/a.sh";
    program_.Write(name, kRun);
    all += name + " ";
  }
  EXPECT_EQ(Check("."), all);
  std::string found;
  for (const char* shard : {"1/3", "2/3", "3/3"}) {
    const std::string part = Check(std::string("--shard ") + shard);
    EXPECT_FALSE(part.empty() || part == all) << shard;
    found += part;
  }
  EXPECT_EQ(found.size(), all.size());
  for (const char* bad : {"0/3", "4/3", "1", "1/0", "a/b", "1/3x"}) {
    Check(std::string("--shard ") + bad);
    EXPECT_EQ(last_.exit, 2) << bad;
  }
}

TEST_F(WalkOptionsTest, ThreadsFindTheSameInTheSameOrder) {
  for (int i = 0; i < 300; ++i)
    program_.Write("d" + std::to_string(i % 17) + "/e" + std::to_string(i % 5) + "/f" +
                       std::to_string(i) + ".sh",
                   kRun);
  Check("--jobs 1");
  const std::string one = last_.out;
  EXPECT_NE(one, "");
  for (const char* jobs : {"2", "8", "64"}) {
    Check(std::string("--jobs ") + jobs);
    EXPECT_EQ(last_.out, one) << jobs;
  }
  Check("--jobs 0");
  EXPECT_EQ(last_.exit, 2);
}

TEST_F(WalkOptionsTest, LinksOutOfTheTreeAreNotFollowed) {
  program_.Write("outside/a.sh", kRun);
  program_.Write("outside/notes.md", "```sh\ndocker run --privileged alpine\n```\n");
  program_.Write("tree/b.sh", kRun);
  ASSERT_EQ(program_
                .Shell("cd tree; ln -s ../outside/a.sh out.sh; ln -s ../outside/notes.md n.md; "
                       "ln -s b.sh in.sh; ln -s ../outside folder")
                .exit,
            0);
  EXPECT_EQ(Check("tree"), "tree/b.sh tree/in.sh ");
  EXPECT_EQ(last_.exit, 1);
  EXPECT_NE(last_.out.find("tree/out.sh: gap[unreadable-file]: a symlink that leads out of the "
                           "tree: name it to have it looked at"),
            std::string::npos)
      << last_.out;
  EXPECT_EQ(last_.out.find("n.md"), std::string::npos);
  EXPECT_EQ(Check("tree/out.sh"), "tree/out.sh ");
}

TEST_F(WalkOptionsTest, BinaryFilesArePassedBy) {
  program_.Write("tool", std::string("\x7f"
                                     "ELF\0docker run\n",
                                     16));
  program_.Write("run.sh", std::string("docker run --privileged alpine\n\0", 32));
  program_.Write("shebang", std::string("#!/bin/sh\ndocker run --privileged alpine\n\0", 42));
  EXPECT_EQ(Check("."), "");
  EXPECT_EQ(last_.out.find("tool"), std::string::npos) << last_.out;
  EXPECT_NE(last_.out.find("run.sh: gap[unreadable-file]"), std::string::npos) << last_.out;
  EXPECT_NE(last_.out.find("shebang: gap[unreadable-file]"), std::string::npos) << last_.out;
}

TEST_F(WalkOptionsTest, SaysWhenThereWasNothing) {
  program_.Write("a.txt", "x");
  EXPECT_EQ(Check("."), "");
  EXPECT_EQ(last_.exit, 0);
  EXPECT_EQ(last_.err,
            "cagelint: warning: nothing to lint was found (`--list` shows what was passed by)\n");
}

TEST_F(WalkOptionsTest, ACacheChangesNothingButTheTime) {
  program_.Write("tree/a.sh", kRun);
  program_.Write("tree/b.md", "nothing\n");
  ASSERT_EQ(program_.Shell("touch -d '1 hour ago' tree/*").exit, 0);
  EXPECT_EQ(Check("--cache cache tree"), "tree/a.sh ");
  EXPECT_EQ(Check("--cache cache tree"), "tree/a.sh ");
  program_.Write("tree/b.md", "```sh\ndocker run --privileged alpine\n```\n");
  EXPECT_EQ(Check("--cache cache tree"), "tree/a.sh tree/b.md ");
  EXPECT_EQ(Check("--cache /proc/no/cache tree"), "");
  EXPECT_EQ(last_.exit, 2);
}

// Escapes in strings are no place to hide.
TEST_F(WalkOptionsTest, EscapedWordsAreFound) {
  program_.Write(
      ".mcp.json",
      R"({"mcpServers":{"x":{"command":"\u0064ocker","args":["run","--privileged","x"]}}})");
  program_.Write("package.json", R"({"\u0073cripts": {"x": "\u0064ocker run --privileged x"}})");
  program_.Write(".vscode/tasks.json",
                 R"({"tasks": [{"type": "shell", "command": "\u0064ocker run --privileged x"}]})");
  program_.Write(".gitlab-ci.yml", "a:\n  script: [\"\\x64ocker run --privileged x\"]\n");
  program_.Write(".github/workflows/a.yml",
                 "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
                 "      - run: \"\\x64ocker run --privileged x\"\n");
  program_.Write("stack.yaml", "\"servic\\u0065s\":\n  a:\n    image: x\n    privileged: true\n");
  EXPECT_EQ(Check("."),
            ".github/workflows/a.yml .gitlab-ci.yml .mcp.json .vscode/tasks.json package.json "
            "stack.yaml ");
}

TEST_F(WalkOptionsTest, WhatIsTooLargeAndSpeaksOfContainersIsAGap) {
  const std::string much(9 << 20, '#');
  program_.Write("Makefile", "a:\n\tdocker run --privileged alpine\n" + much);
  program_.Write("data.json", "{}" + much);
  Check(".");
  EXPECT_EQ(last_.exit, 3);
  EXPECT_EQ(last_.out, "Makefile: gap[limit-reached]: is larger than the limit of 8 MiB\n");
  EXPECT_NE(program_("check --list .").out.find("data.json: - (larger than 8 MiB)"),
            std::string::npos);
}

TEST_F(WalkOptionsTest, ARepositoryInsideHidesNothingThatTheOuterOneTracks) {
  program_.Write("sub/a.sh", kRun);
  ASSERT_EQ(program_.Shell("git init -q . && git add . && git init -q sub").exit, 0);
  program_.Write("sub/.gitignore", "*\n");
  program_.Write("sub/b.sh", kRun);
  EXPECT_EQ(Check("."), "sub/a.sh ");
}

TEST_F(WalkOptionsTest, ARepositoryMayNameAnotherFileThanTheUser) {
  program_.Write("a.sh", kRun);
  program_.Write("b.sh", kRun);
  program_.Write("home/.gitconfig", "[core]\nexcludesFile = ~/all\n");
  program_.Write("home/all", "*.sh\n");
  program_.Write("own", "b.sh\n");
  ASSERT_EQ(program_.Shell("git init -q .").exit, 0);
  EXPECT_EQ(Check("."), "");
  ASSERT_EQ(program_.Shell("git config core.excludesFile ''").exit, 0);
  EXPECT_EQ(Check("."), "a.sh b.sh ");
  ASSERT_EQ(program_.Shell("git config core.excludesFile own").exit, 0);
  EXPECT_EQ(Check("."), "a.sh ");
  ASSERT_EQ(program_.Shell("mkdir sub && git config --unset core.excludesFile").exit, 0);
  EXPECT_EQ(Check("."), "");
  // What holds somewhere only is not asked: then nothing is hidden, where it says something.
  program_.Write("home/work", "[core]\nexcludesFile = ~/none\n");
  program_.Write("home/.gitconfig",
                 "[core]\nexcludesFile = ~/all\n[includeIf \"gitdir:~/\"]\npath = work\n");
  EXPECT_EQ(Check("."), "a.sh b.sh ");
  program_.Write("home/work", "[user]\nname = x\n");
  EXPECT_EQ(Check("."), "");
}

TEST_F(WalkOptionsTest, AFileNamedByTheRepositoryIsLookedForFromItsTop) {
  program_.Write("sub/b.sh", kRun);
  program_.Write("own", "b.sh\n");
  ASSERT_EQ(program_.Shell("git init -q . && git config core.excludesFile own").exit, 0);
  EXPECT_EQ(Check("."), "");
  program_.Shell("cd sub && HOME=$PWD cagelint check --select privileged -q . >../found");
  EXPECT_EQ(program_.Read("found").find("privileged"), std::string::npos);
}

TEST_F(WalkOptionsTest, WhatIsNamedAsWalkedIsIgnoredAsIfMet) {
  for (const char* name : {"a.sh", "legacy/b.sh", ".hidden/c.sh"}) program_.Write(name, kRun);
  program_.Write(".cagelintignore", "legacy/\n");
  EXPECT_EQ(Check("--as-walked a.sh legacy/b.sh .hidden/c.sh"), "a.sh ");
  program_.Write("list", "a.sh\nlegacy/b.sh\n.hidden/c.sh\n");
  EXPECT_EQ(Check("--files-from list"), "a.sh ");
  const Ran listed = program_("check --list --files-from list");
  EXPECT_NE(listed.out.find("legacy/b.sh: - (ignored by git or a .cagelintignore)"),
            std::string::npos)
      << listed.out;
  EXPECT_NE(listed.out.find(".hidden/c.sh: - (in a folder that a walk passes by)"),
            std::string::npos)
      << listed.out;
}

TEST_F(WalkOptionsTest, AWorkflowIsOneWhereverTheWalkBegins) {
  for (const std::string engine : {".github", ".gitea", ".forgejo"}) {
    program_.Write(engine + "/workflows/a.yml",
                   "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n"
                   "      - run: docker run --privileged x\n");
    EXPECT_EQ(Check(engine), engine + "/workflows/a.yml ");
    const Ran inside = program_.Shell("cd " + engine + "/workflows && cagelint check -q .");
    EXPECT_EQ(inside.exit, 1) << engine;
  }
}

TEST_F(WalkOptionsTest, AFileThatIsNamedAndMetIsInOneShard) {
  for (const char* name : {"a.sh", "b/c.sh", "d/e.sh"}) program_.Write(name, kRun);
  std::string found;
  for (const char* shard : {"1/3", "2/3", "3/3"})
    found += Check(std::string(". a.sh --shard ") + shard);
  EXPECT_EQ(found.size(), std::string("a.sh b/c.sh d/e.sh ").size()) << found;
}

TEST_F(WalkOptionsTest, ShardsAddUpWhereFilesLoadOthers) {
  program_.Write("a/compose.yaml",
                 "services:\n  web:\n    extends: {file: ../b/compose.yaml, service: base}\n"
                 "    user: '1000:1000'\n");
  program_.Write("b/compose.yaml", "services:\n  base:\n    image: nginx:1.27\n");
  program_.Write("c/run.sh", "docker run --security-opt seccomp=../p/prof.json x\n");
  program_.Write("d/run.sh", "docker run --security-opt seccomp=../p/prof.json x\n");
  program_.Write("p/prof.json", R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": []})");
  program_.Write("q/broken.sh", "docker run 'x\n");
  const auto lines = [&](const std::string& options) {
    const Ran ran = program_("check --no-config --format gcc --fail-on info " + options);
    std::multiset<std::string> out;
    for (const std::string_view line : base::Split(ran.out, '\n'))
      if (!line.empty()) out.emplace(line);
    return out;
  };
  const auto whole = lines(".");
  ASSERT_GT(whole.size(), 20U);
  std::multiset<std::string> parts;
  for (const char* shard : {"1/3", "2/3", "3/3"})
    for (const std::string& line : lines(std::string(". --shard ") + shard)) parts.insert(line);
  EXPECT_EQ(parts, whole);
  const auto streamed = [&](const std::string& options) {
    const Ran ran = program_("check --no-config --format jsonl " + options);
    std::multiset<std::string> out;
    for (const std::string_view line : base::Split(ran.out, '\n'))
      if (line.find("\"finding\"") != std::string_view::npos ||
          line.find("\"gap\"") != std::string_view::npos)
        out.emplace(line);
    return out;
  };
  parts.clear();
  for (const char* shard : {"1/2", "2/2"})
    for (const std::string& line : streamed(std::string(". --shard ") + shard)) parts.insert(line);
  EXPECT_EQ(parts, streamed("."));
}

TEST_F(WalkOptionsTest, WhatIsNamedAsWalkedAndIsNoTextIsPassedBy) {
  const std::string program("\177ELF\2\1\1\0docker run", 18);
  program_.Write("tool", program);
  program_.Write("tool.yml", program);
  program_.Write("x.md", program);
  program_.Write("large", program + std::string(std::size_t{9} << 20, '\0'));
  for (const char* words : {".", "--as-walked tool tool.yml x.md large"}) {
    Check(words);
    EXPECT_EQ(last_.exit, 0) << words << last_.out;
  }
}

TEST_F(WalkOptionsTest, AWorkingDirectoryThatIsGoneIsAnError) {
  const Ran ran = program_.Shell("mkdir gone && cd gone && rmdir ../gone && cagelint check .");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_NE(ran.err.find("the working directory: no such file"), std::string::npos) << ran.err;
}

TEST_F(WalkOptionsTest, AReportInTheTreeIsWrittenAgain) {
  program_.Write("a.sh", kRun);
  for (int i = 0; i < 3; ++i) {
    Check(". --format markdown --output report.md");
    EXPECT_EQ(last_.exit, 1);
  }
  EXPECT_EQ(program_.Read("report.md").find("report.md"), std::string::npos);
}

TEST_F(WalkOptionsTest, ReportsReplaceNothingThatWasLinted) {
  program_.Write("a.sh", kRun);
  ASSERT_EQ(program_.Shell("ln -s a.sh link.json && ln a.sh same.json").exit, 0);
  for (const char* name : {"link.json", "same.json"}) {
    Check(std::string("a.sh --format json --output ") + name);
    EXPECT_EQ(last_.exit, 2);
    EXPECT_EQ(program_.Read("a.sh"), kRun);
  }
  Check(". --format json --output a.sh");
  EXPECT_EQ(last_.exit, 2);
  EXPECT_EQ(program_.Read("a.sh"), kRun);
  Check(". --format json --output x --format gcc --output ./x");
  EXPECT_EQ(last_.exit, 2);
  EXPECT_EQ(program_.Shell("test -e x").exit, 1);  // nothing was written
}

}  // namespace
}  // namespace cagelint::test
