#include "linter/driver/scan_cache.h"

#include <ctime>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "linter/base/hash.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

namespace cagelint::driver {
namespace {

using test::Scratch;

ScanCache::Entry Old(std::uint64_t inode, std::string_view name) {
  return {{10, 1, 1, inode, 7}, base::HashOf(name)};
}

class ScanCacheTest : public testing::Test {
 protected:
  ScanCache Open(const std::string& root = "/tree") {
    return ScanCache(scratch_.At("cache"), {root});
  }
  void Remember(const std::vector<ScanCache::Entry>& entries) {
    ScanCache cache = Open();
    ASSERT_EQ(cache.MakeFolder(), "");
    cache.Remember(entries);
    ASSERT_EQ(cache.Save(), "");
  }
  std::string File() {
    for (const auto& entry : std::filesystem::directory_iterator(scratch_.At("cache")))
      return entry.path().string();
    return "";
  }

  Scratch scratch_;
};

TEST_F(ScanCacheTest, KnowsAFileByAllThatChangesWithIt) {
  Remember({Old(1, "a.md"), Old(2, "b.md")});
  const ScanCache cache = Open();
  const base::FileStamp same = Old(2, "").stamp;
  EXPECT_TRUE(cache.IsOfNoInterest(same, "b.md"));
  EXPECT_FALSE(cache.IsOfNoInterest(same, "compose.yaml"));
  for (std::uint64_t base::FileStamp::*field :
       {&base::FileStamp::size, &base::FileStamp::modified, &base::FileStamp::changed,
        &base::FileStamp::inode, &base::FileStamp::device}) {
    base::FileStamp other = same;
    other.*field += 100;
    EXPECT_FALSE(cache.IsOfNoInterest(other, "b.md"));
  }
}

TEST_F(ScanCacheTest, ForgetsWhatIsToldNoMore) {
  Remember({Old(1, "a.md"), Old(2, "b.md")});
  Remember({Old(2, "b.md")});
  EXPECT_FALSE(Open().IsOfNoInterest(Old(1, "").stamp, "a.md"));
  EXPECT_TRUE(Open().IsOfNoInterest(Old(2, "").stamp, "b.md"));
}

TEST_F(ScanCacheTest, AnotherTreeHasAnotherMemory) {
  Remember({Old(1, "a.md")});
  EXPECT_FALSE(Open("/other").IsOfNoInterest(Old(1, "").stamp, "a.md"));
}

// Within the same tick of the clock it may change once more, and look the same.
TEST_F(ScanCacheTest, WhatChangedAMomentAgoIsNotRemembered) {
  ScanCache::Entry now = Old(1, "a.md");
  now.stamp.changed = static_cast<std::uint64_t>(std::time(nullptr)) * 1'000'000'000U;
  Remember({now, Old(2, "b.md")});
  EXPECT_FALSE(Open().IsOfNoInterest(now.stamp, "a.md"));
  EXPECT_TRUE(Open().IsOfNoInterest(Old(2, "").stamp, "b.md"));
}

TEST_F(ScanCacheTest, ADamagedOneSaysNothing) {
  Remember({Old(1, "a.md"), Old(2, "b.md")});
  const std::string path = File();
  const std::string whole = test::ReadBytes(path);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string broken = whole;
    broken[at] = static_cast<char>(broken[at] ^ 1);
    std::ofstream(path, std::ios::binary) << broken;
    EXPECT_FALSE(Open().IsOfNoInterest(Old(1, "").stamp, "a.md")) << at;
    std::ofstream(path, std::ios::binary) << whole.substr(0, at);
    EXPECT_FALSE(Open().IsOfNoInterest(Old(1, "").stamp, "a.md")) << at;
  }
  std::ofstream(path, std::ios::binary) << whole;
  EXPECT_TRUE(Open().IsOfNoInterest(Old(1, "").stamp, "a.md"));
}

TEST_F(ScanCacheTest, SaysWhereItCannotBeWritten) {
  EXPECT_EQ(ScanCache("/proc/no/folder", {"/tree"}).MakeFolder(), "no such file or directory");
  EXPECT_EQ(ScanCache("/dev/null", {"/tree"}).MakeFolder(), "not a directory");
  EXPECT_EQ(ScanCache(scratch_.At("cache"), {"/tree"}).MakeFolder(), "");
  ScanCache gone("/proc/no/folder", {"/tree"});
  gone.Remember({Old(1, "a.md")});
  EXPECT_EQ(gone.Save(), "no such file or directory");
}

}  // namespace
}  // namespace cagelint::driver
