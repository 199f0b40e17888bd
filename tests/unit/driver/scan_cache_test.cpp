#include "linter/driver/scan_cache.h"

#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/program.h"
#include "tests/support/scratch.h"

namespace cagelint::driver {
namespace {

using test::Scratch;

constexpr std::size_t kA = 0, kB = 1;  // of the entries

base::FileStamp Old(std::uint64_t inode) { return {10, 1, 1, inode, 7}; }

std::uint64_t NowInNanoseconds() {
  return static_cast<std::uint64_t>(std::time(nullptr)) * 1'000'000'000U;
}

class ScanCacheTest : public testing::Test {
 protected:
  const std::vector<base::FolderEntry> kEntries{{"a.md", base::EntryKind::kRegular},
                                                {"b.md", base::EntryKind::kRegular},
                                                {"c", base::EntryKind::kDirectory}};

  ScanCache Open(const std::string& root = "/tree") {
    return ScanCache(scratch_.At("cache"), {root});
  }
  // A walk that finds `path` for the first time, and a.md in it of no interest.
  void Remember(const std::string& path, const base::FileStamp& folder,
                const base::FileStamp& file) {
    ScanCache cache = Open();
    ASSERT_EQ(cache.MakeFolder(), "");
    cache.Begin(path, folder, kEntries)->SetNoInterest(kA, file);
    ASSERT_EQ(cache.Save(), "");
  }
  // Whether the next walk knows a.md in /tree, whose stamp is Old(1).
  bool KnowsA(const base::FileStamp& file) {
    ScanCache cache = Open();
    const auto memory = cache.Find("/tree", Old(1));
    return memory != nullptr && memory->IsOfNoInterest(kA, file);
  }
  std::string File() {
    for (const auto& entry : std::filesystem::directory_iterator(scratch_.At("cache")))
      return entry.path().string();
    return "";
  }

  Scratch scratch_;
};

TEST_F(ScanCacheTest, KnowsAFolderByAllThatChangesWithIt) {
  Remember("/tree", Old(1), Old(2));
  ScanCache cache = Open();
  const auto memory = cache.Find("/tree", Old(1));
  ASSERT_NE(memory, nullptr);
  const auto entries = ScanCache::EntriesOf(*memory);
  ASSERT_EQ(entries.size(), kEntries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(entries[i].name, kEntries[i].name);
    EXPECT_EQ(entries[i].kind, kEntries[i].kind);
  }
  EXPECT_EQ(cache.Find("/other", Old(1)), nullptr);
  for (std::uint64_t base::FileStamp::*field :
       {&base::FileStamp::size, &base::FileStamp::modified, &base::FileStamp::changed,
        &base::FileStamp::inode, &base::FileStamp::device}) {
    base::FileStamp other = Old(1);
    other.*field += 100;
    EXPECT_EQ(cache.Find("/tree", other), nullptr);
  }
}

TEST_F(ScanCacheTest, KnowsAFileByAllThatChangesWithIt) {
  Remember("/tree", Old(1), Old(2));
  EXPECT_TRUE(KnowsA(Old(2)));
  for (std::uint64_t base::FileStamp::*field :
       {&base::FileStamp::size, &base::FileStamp::modified, &base::FileStamp::changed,
        &base::FileStamp::inode, &base::FileStamp::device}) {
    base::FileStamp other = Old(2);
    other.*field += 100;
    EXPECT_FALSE(KnowsA(other));
  }
  ScanCache cache = Open();
  EXPECT_FALSE(cache.Find("/tree", Old(1))->IsOfNoInterest(kB, Old(2)));
}

TEST_F(ScanCacheTest, TakesInWhatItIsToldLater) {
  Remember("/tree", Old(1), Old(2));
  {
    ScanCache cache = Open();
    const auto memory = cache.Find("/tree", Old(1));
    memory->SetNoInterest(kA, Old(3));
    memory->SetNeverMatters(kB);
    ASSERT_EQ(cache.Save(), "");
  }
  EXPECT_FALSE(KnowsA(Old(2)));
  EXPECT_TRUE(KnowsA(Old(3)));
  ScanCache cache = Open();
  EXPECT_EQ(cache.Find("/tree", Old(1))->What(kB), Remembered::kNeverMatters);
}

// Another file system may use the same numbers.
TEST_F(ScanCacheTest, WhatIsMountedOverAFileIsNotRemembered) {
  base::FileStamp mounted = Old(2);
  mounted.device = 8;
  Remember("/tree", Old(1), mounted);
  EXPECT_FALSE(KnowsA(mounted));
  EXPECT_FALSE(KnowsA(Old(2)));
}

TEST_F(ScanCacheTest, ForgetsAFolderThatNobodyFinds) {
  Remember("/tree", Old(1), Old(2));
  Remember("/tree/below", Old(3), Old(4));
  ScanCache cache = Open();
  EXPECT_EQ(cache.Find("/tree", Old(1)), nullptr);
  EXPECT_NE(cache.Find("/tree/below", Old(3)), nullptr);
}

TEST_F(ScanCacheTest, AnotherTreeHasAnotherMemory) {
  Remember("/tree", Old(1), Old(2));
  ScanCache other = Open("/other");
  EXPECT_EQ(other.Find("/tree", Old(1)), nullptr);
}

// Within the same tick of the clock it may change once more, and look the same.
TEST_F(ScanCacheTest, WhatChangedAMomentAgoIsNotRemembered) {
  base::FileStamp now = Old(2);
  now.changed = NowInNanoseconds();
  Remember("/tree", Old(1), now);
  EXPECT_FALSE(KnowsA(now));
  base::FileStamp folder = Old(1);
  folder.changed = NowInNanoseconds();
  Remember("/tree", folder, Old(2));
  ScanCache cache = Open();
  EXPECT_EQ(cache.Find("/tree", folder), nullptr);
}

TEST_F(ScanCacheTest, ADamagedOneSaysNothing) {
  Remember("/tree", Old(1), Old(2));
  const std::string path = File();
  const std::string whole = test::ReadBytes(path);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string broken = whole;
    broken[at] = static_cast<char>(broken[at] ^ 1);
    std::ofstream(path, std::ios::binary) << broken;
    EXPECT_FALSE(KnowsA(Old(2))) << at;
    std::ofstream(path, std::ios::binary) << whole.substr(0, at);
    EXPECT_FALSE(KnowsA(Old(2))) << at;
  }
  std::ofstream(path, std::ios::binary) << whole;
  EXPECT_TRUE(KnowsA(Old(2)));
}

TEST_F(ScanCacheTest, SaysWhereItCannotBeWritten) {
  EXPECT_EQ(ScanCache("/proc/no/folder", {"/tree"}).MakeFolder(), "no such file or directory");
  EXPECT_EQ(ScanCache("/dev/null", {"/tree"}).MakeFolder(), "not a directory");
  EXPECT_EQ(ScanCache(scratch_.At("cache"), {"/tree"}).MakeFolder(), "");
  ScanCache gone("/proc/no/folder", {"/tree"});
  gone.Begin("/tree", Old(1), kEntries);
  EXPECT_EQ(gone.Save(), "no such file or directory");
}

}  // namespace
}  // namespace cagelint::driver
