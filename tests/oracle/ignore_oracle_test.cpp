// What git ignores, and what it tracks, against git itself: random patterns and paths in real
// repositories, and indexes that it wrote.
#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/git_index.h"
#include "linter/base/text.h"
#include "linter/driver/ignored.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  std::size_t Below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_);
  }
  template <typename List>
  auto& Of(const List& list) {
    return list[Below(std::size(list))];
  }

 private:
  std::mt19937 engine_;
};

constexpr std::string_view kNames[] = {"a",   "b",  "ab", "a.b", "[a]",
                                       "a b", "b ", "!a", "#b",  "a\\b"};

std::string RandomPath(Random& random) {
  std::string out(random.Of(kNames));
  for (std::size_t deeper = random.Below(4); deeper > 0; --deeper)
    out += "/" + std::string(random.Of(kNames));
  return out;
}

std::string RandomLine(Random& random) {
  constexpr std::string_view kPieces[] = {
      "a",   "b",           ".",       "*",         "**",   "?",    "/",   "/",   "**/",
      "/**", "[ab]",        "[!a]",    "[^b-z]",    "[]",   "[",    "]",   "\\a", "\\",
      "\\*", " ",           "!",       "#",         "[a-]", "[]a]", "\\ ", "***", "a/b",
      "[/]", "[[:alpha:]]", "[[:x:]]", "[[:alpha]", "\\/",  "[\\]]"};
  std::string out;
  for (std::size_t pieces = 1 + random.Below(5); pieces > 0; --pieces) out += random.Of(kPieces);
  return out;
}

// A folder may not be a file as well.
std::vector<std::string> RandomTree(Random& random) {
  std::set<std::string> files, folders;
  for (int i = 0; i < 60; ++i) {
    const std::string path = RandomPath(random);
    bool fits = !folders.contains(path);
    for (std::size_t at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1))
      fits = fits && !files.contains(path.substr(0, at));
    if (!fits) continue;
    files.insert(path);
    for (std::size_t at = path.find('/'); at != std::string::npos; at = path.find('/', at + 1))
      folders.insert(path.substr(0, at));
  }
  return {files.begin(), files.end()};
}

// What a walk would take: the files below `folder`.
void Walk(const driver::Ignoring& ignoring, const base::FileSystem& files, const std::string& path,
          const std::shared_ptr<const driver::FolderRules>& rules, std::set<std::string>& out) {
  using Verdict = driver::FolderRules::Verdict;
  auto opened = base::OpenFolder(path, files);
  ASSERT_TRUE(opened.Ok());
  const std::unique_ptr<base::Folder> folder = std::move(opened).Value();
  for (const base::FolderEntry& entry : folder->Entries()) {
    if (entry.name == ".git") continue;
    const bool is_folder = entry.kind == base::EntryKind::kDirectory;
    const Verdict verdict = rules->Ask(entry.name, is_folder);
    if (verdict == Verdict::kIgnored) continue;
    const std::string child = base::JoinShown(path, entry.name);
    if (!is_folder) {
      out.insert(child);
      continue;
    }
    auto below = base::OpenFolder(child, files);
    ASSERT_TRUE(below.Ok());
    const std::unique_ptr<base::Folder> open = std::move(below).Value();
    Walk(ignoring, files, child,
         ignoring.Enter(rules, child, entry.name, *open, verdict == Verdict::kHoldsTracked), out);
  }
}

std::set<std::string> Taken(const std::string& root) {
  const base::FileSystem files = base::RealFiles();
  const driver::Ignoring ignoring({true, root + "/home", ""}, files);
  std::set<std::string> out;
  Walk(ignoring, files, root + "/tree", ignoring.Begin(root + "/tree"), out);
  std::set<std::string> relative;
  for (const std::string& path : out) relative.insert(path.substr(root.size() + 6));
  return relative;
}

const std::string kGit =
    "export HOME=$PWD/home XDG_CONFIG_HOME= GIT_CONFIG_NOSYSTEM=1; cd tree && git ";

std::set<std::string> TakenByGit(const Program& program) {
  // What is tracked, and what is neither tracked nor ignored.
  const Ran ran = program.Shell(kGit + "ls-files -z --cached --others --exclude-standard");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  std::set<std::string> out;
  for (const std::string_view path : base::Split(ran.out, '\0'))
    if (!path.empty()) out.emplace(path);
  return out;
}

void MakeRepository(const Program& program) {
  ASSERT_EQ(program.Shell("mkdir -p home tree && " + kGit + "init -q").exit, 0);
}

void Compare(unsigned seed, bool tracks) {
  Random random(seed);
  const Program program;
  MakeRepository(program);
  const std::vector<std::string> tree = RandomTree(random);
  for (const std::string& path : tree) program.Write("tree/" + path, "x");
  std::string all;
  const auto rules = [&](const std::string& path, std::size_t most) {
    std::string text;
    for (std::size_t lines = 1 + random.Below(most); lines > 0; --lines)
      text += RandomLine(random) + (random.Below(9) == 0 ? "\r\n" : "\n");
    program.Write(path, text);
    all += path + ":\n" + text;
  };
  if (tracks) {
    for (const std::string& path : tree)
      if (random.Below(4) == 0) {
        ASSERT_EQ(program.Shell(kGit + "--literal-pathspecs add -f -- '" + path + "'").exit, 0);
      }
  }
  rules("tree/.gitignore", 4);
  const std::string& deep = random.Of(tree);
  if (const std::size_t slash = deep.rfind('/'); slash != std::string::npos)
    rules("tree/" + deep.substr(0, slash) + "/.gitignore", 3);
  rules("tree/.git/info/exclude", 2);
  program.Write("home/.gitconfig", "[core]\n\texcludesFile = ~/global\n");
  rules("home/global", 2);
  EXPECT_EQ(Taken(program.Root()), TakenByGit(program)) << "seed " << seed << "\n" << all;
}

// `git` is installed by .ci/setup.
TEST(IgnoreOracleTest, TakesWhatGitDoesNotIgnore) {
  for (unsigned seed = 1; seed <= 100 && !HasFailure(); ++seed) Compare(seed, false);
}

TEST(IgnoreOracleTest, WhatIsTrackedIsNotIgnored) {
  for (unsigned seed = 1001; seed <= 1020 && !HasFailure(); ++seed) Compare(seed, true);
}

TEST(IgnoreOracleTest, ReadsIndexesOfEveryVersion) {
  for (const char* version : {"2", "3", "4"}) {
    for (const char* format : {"sha1", "sha256"}) {
      const Program program;
      const Ran made =
          program.Shell("mkdir -p home tree && " + kGit + "init -q --object-format=" + format +
                        " && mkdir -p a/b && touch a/b/c a/d 'e f' && git add . && git "
                        "update-index --index-version " +
                        version + " && touch g && git add -N g && git ls-files -z");
      ASSERT_EQ(made.exit, 0) << made.err;
      const auto index = base::GitIndex::Read(ReadBytes(program.Root() + "/tree/.git/index"));
      ASSERT_TRUE(index.Ok()) << version << format << index.Message();
      EXPECT_EQ(index.Value().Size(), 4U);
      for (const char* path : {"a/b/c", "a/d", "e f", "g"})
        EXPECT_TRUE(index.Value().Tracks(path)) << version << format << path;
      EXPECT_TRUE(index.Value().TracksBelow("a/b"));
      EXPECT_FALSE(index.Value().Tracks("a"));
      EXPECT_FALSE(index.Value().TracksBelow("e"));
    }
  }
}

TEST(IgnoreOracleTest, ASplitIndexSaysNothing) {
  const Program program;
  ASSERT_EQ(program
                .Shell("mkdir -p home tree && " + kGit +
                       "init -q && touch a && git add . && git update-index --split-index")
                .exit,
            0);
  EXPECT_FALSE(base::GitIndex::Read(ReadBytes(program.Root() + "/tree/.git/index")).Ok());
}

TEST(IgnoreOracleTest, NoBytesOfAnIndexAreTrusted) {
  const Program program;
  ASSERT_EQ(program
                .Shell("mkdir -p home tree && " + kGit +
                       "init -q && touch a b c && git add . && git update-index --index-version 4")
                .exit,
            0);
  const std::string whole = ReadBytes(program.Root() + "/tree/.git/index");
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(base::GitIndex::Read(whole.substr(0, size)).Ok()) << size;
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string broken = whole;
    for (int bytes = 0; bytes < 3; ++bytes)
      broken[random.Below(broken.size())] = static_cast<char>(random.Below(256));
    const auto read = base::GitIndex::Read(broken);  // neither crashes nor hangs
    if (read.Ok()) {
      EXPECT_LE(read.Value().Size(), whole.size());
    }
  }
}

}  // namespace
}  // namespace cagelint::test
