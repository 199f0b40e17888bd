// Which files of a tree are looked at.
#include <cstdlib>
#include <string>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace cagelint::test
