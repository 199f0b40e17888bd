// What a walk remembers must never hide what is there now.
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/driver/scan_cache.h"
#include "linter/driver/walk.h"
#include "tests/support/scratch.h"

namespace cagelint::driver {
namespace {

namespace fs = std::filesystem;

struct Seen {
  std::vector<std::string> files, passed_by, gaps;
  bool operator==(const Seen&) const = default;
};

class WalkCacheTest : public testing::Test {
 protected:
  // A tree that has not changed for longer than a clock's tick.
  void SetUp() override {
    tree_.Write("t/.git/HEAD", "ref: refs/heads/main\n");
    tree_.Write("t/.gitignore", "ignored/\n*.log.sh\n");
    tree_.Write("t/a/compose.yaml", "services: {a: {image: x}}\n");
    tree_.Write("t/a/notes.md", "of no interest\n");
    tree_.Write("t/a/x.log.sh", "docker run x\n");
    tree_.Write("t/a/picture", "\0\0");
    tree_.Write("t/b/deep/run.sh", "docker run x\n");
    tree_.Write("t/b/deep/other.json", "{}\n");
    tree_.Write("t/ignored/run.sh", "docker run x\n");
    fs::create_directory(tree_.At("t/empty"));
    fs::create_symlink("compose.yaml", tree_.At("t/a/link.yaml"));
    std::this_thread::sleep_for(std::chrono::milliseconds(2100));
    ScanCache cache = Open();
    ASSERT_EQ(cache.MakeFolder(), "");
    Walked(&cache);
    ASSERT_EQ(cache.Save(), "");
  }

  std::string Root() const { return tree_.At("t"); }
  ScanCache Open() const { return ScanCache(tree_.At("cache"), {Root()}); }

  Seen Walked(ScanCache* cache) const {
    WalkOptions options;
    options.lists_passed_by = true;
    options.cache = cache;
    engine::Report report;
    const driver::Walked walked = Walk({Root()}, options, base::RealFiles(), report);
    Seen out;
    for (const WalkedFile& file : walked.files) out.files.push_back(file.path);
    for (const PassedBy& file : walked.passed_by) out.passed_by.push_back(file.path);
    for (const diagnostic::Gap& gap : report.gaps) out.gaps.push_back(gap.path + gap.message);
    return out;
  }
  // With what is remembered and without.
  void ExpectSame() {
    ScanCache cache = Open();
    const Seen plain = Walked(nullptr);
    const Seen cached = Walked(&cache);
    EXPECT_EQ(cached.files, plain.files);
    EXPECT_EQ(cached.passed_by, plain.passed_by);
    EXPECT_EQ(cached.gaps, plain.gaps);
  }

  test::Scratch tree_;
};

TEST_F(WalkCacheTest, EveryFolderIsKnownAgain) {
  ScanCache cache = Open();
  for (const char* folder : {"t", "t/a", "t/b", "t/b/deep", "t/empty"}) {
    const auto stamp = base::StampOfFolder(tree_.At(folder));
    ASSERT_TRUE(stamp) << folder;
    EXPECT_NE(cache.Find(tree_.At(folder), *stamp), nullptr) << folder;
  }
  ExpectSame();
}

TEST_F(WalkCacheTest, EveryChangeIsSeen) {
  const std::string docker = "docker run x\n";
  const std::vector<std::pair<const char*, std::function<void()>>> changes{
      {"written in place", [&] { tree_.Write("t/a/notes.md", "```sh\n" + docker + "```\n"); }},
      {"new in an empty folder", [&] { tree_.Write("t/empty/new.sh", docker); }},
      {"new folder", [&] { tree_.Write("t/c/compose.yaml", "services: {}\n"); }},
      {"gone", [&] { fs::remove(tree_.At("t/b/deep/run.sh")); }},
      {"another kind",
       [&] {
         fs::remove(tree_.At("t/b/deep/other.json"));
         tree_.Write("t/b/deep/other.json/run.sh", docker);
       }},
      {"renamed over",
       [&] {
         fs::rename(tree_.Write("t/a/fresh", "of no interest again\n"), tree_.At("t/a/notes.md"));
       }},
      {"a name that matters", [&] { fs::rename(tree_.At("t/a/picture"), tree_.At("t/a/p.sh")); }},
      {"rules written in place", [&] { tree_.Write("t/.gitignore", "b/\n"); }},
      {"new rules", [&] { tree_.Write("t/a/.cagelintignore", "*.yaml\n"); }},
      {"a folder in the place of another",
       [&] {
         fs::rename(tree_.At("t/a"), tree_.At("t/old"));
         fs::rename(tree_.At("t/b"), tree_.At("t/a"));
       }},
      {"a link that leads elsewhere",
       [&] {
         fs::remove(tree_.At("t/old/link.yaml"));
         fs::create_symlink("/etc/compose.yaml", tree_.At("t/old/link.yaml"));
       }},
  };
  Seen before = Walked(nullptr);
  for (const auto& [what, change] : changes) {
    SCOPED_TRACE(what);
    change();
    const Seen after = Walked(nullptr);
    EXPECT_NE(after, before) << "the change shows nothing";
    before = after;
    ExpectSame();
  }
}

}  // namespace
}  // namespace cagelint::driver
