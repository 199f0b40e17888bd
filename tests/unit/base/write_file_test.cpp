#include "linter/base/write_file.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/program.h"
#include "tests/support/scratch.h"

namespace cagelint::base {
namespace {

namespace fs = std::filesystem;
using test::ReadBytes;
using test::Scratch;

const std::string kOld = "docker run alpine\n";
const std::string kNew = "docker run --read-only alpine\n";

class WriteFileTest : public ::testing::Test {
 protected:
  std::string Root() const { return fs::canonical(scratch_.Root()).string(); }
  std::string Replace(const std::string& path, WriteHook hook = nullptr) const {
    const auto error = ReplaceFile(path, kOld, kNew, Root(), hook);
    return error ? error->message : "";
  }
  // Whatever stands in the folder.
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(scratch_.Root()))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  const std::vector<std::string> only_{"run.sh"};
  Scratch scratch_;
};

// Runs `body` in a process of its own; its exit code, or 128 + N after signal N.
template <typename Body>
int InChild(Body body) {
  const pid_t child = fork();
  if (child == 0) _exit(body());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

TEST_F(WriteFileTest, ReplacesTheBytes) {
  const std::string path = scratch_.Write("run.sh", kOld);
  EXPECT_EQ(Replace(path), "");
  EXPECT_EQ(ReadBytes(path), kNew);
  EXPECT_EQ(Names(), only_);
  scratch_.Write("sub/run.sh", kOld);
  EXPECT_EQ(Replace("sub/run.sh"), "") << "relative to the working directory";
  EXPECT_EQ(ReadBytes(scratch_.At("sub/run.sh")), kNew);
}

TEST_F(WriteFileTest, KeepsModeAndOwner) {
  const std::string path = scratch_.Write("run.sh", kOld);
  const bool root = geteuid() == 0;
  if (root) {
    ASSERT_EQ(chown(path.c_str(), 1234, 2345), 0);
  }
  for (const mode_t mode : {0755U, 0640U, 0444U, 02750U}) {
    scratch_.Write("run.sh", kOld);
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    ASSERT_EQ(Replace(path), "");
    struct stat info {};
    ASSERT_EQ(stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 07777U, mode);
    if (root) {
      EXPECT_EQ(info.st_uid, 1234u);
      EXPECT_EQ(info.st_gid, 2345u);
    }
    ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  }
}

TEST_F(WriteFileTest, RefusesWhatChanged) {
  for (const char* bytes :
       {"docker run other\n", "docker run alpine", "docker run alpine\n\n", ""}) {
    const std::string path = scratch_.Write("run.sh", bytes);
    EXPECT_EQ(Replace(path), "has changed since it was read");
    EXPECT_EQ(ReadBytes(path), bytes);
  }
  EXPECT_EQ(Names(), only_);
}

TEST_F(WriteFileTest, FollowsALinkInsideTheTreeOnly) {
  const std::string path = scratch_.Write("run.sh", kOld);
  fs::create_symlink("run.sh", scratch_.Root() / "link");
  EXPECT_EQ(Replace(scratch_.At("link")), "");
  EXPECT_TRUE(fs::is_symlink(scratch_.Root() / "link"));
  EXPECT_EQ(ReadBytes(path), kNew);

  const Scratch other;
  const std::string outside = other.Write("run.sh", kOld);
  fs::create_symlink(outside, scratch_.Root() / "out");
  EXPECT_EQ(Replace(scratch_.At("out")), "is a symlink that leads out of the working tree");
  fs::create_directory_symlink(other.Root(), scratch_.Root() / "folder");
  EXPECT_EQ(Replace(scratch_.Root() / "folder/run.sh"),
            "is a symlink that leads out of the working tree");
  EXPECT_EQ(ReadBytes(outside), kOld);
  EXPECT_EQ(Replace(outside), "") << "no link, named by who knows where it is";
}

TEST_F(WriteFileTest, RefusesASecondName) {
  const std::string path = scratch_.Write("run.sh", kOld);
  fs::create_hard_link(path, scratch_.Root() / "second");
  EXPECT_EQ(Replace(path), "has a second name (a hard link), which would not follow");
  EXPECT_EQ(ReadBytes(path), kOld);
}

TEST_F(WriteFileTest, RefusesWhatIsNoFile) {
  EXPECT_EQ(Replace(scratch_.At("gone")), "cannot be found: no such file or directory");
  ASSERT_EQ(mkfifo(scratch_.At("pipe").c_str(), 0600), 0);
  EXPECT_EQ(Replace(scratch_.At("pipe")), "is not a regular file");
}

TEST_F(WriteFileTest, AReadOnlyFolderLeavesTheOldFile) {
  const std::string path = scratch_.Write("run.sh", kOld);
  ASSERT_EQ(chmod(scratch_.Root().c_str(), 0555), 0);
  const int exit = InChild([&] {
    // Root may write everywhere.
    if (geteuid() == 0 && setuid(65534) != 0) return 2;
    return Replace(path) == "no file can be made beside it: permission denied" ? 0 : 1;
  });
  ASSERT_EQ(chmod(scratch_.Root().c_str(), 0755), 0);
  EXPECT_EQ(exit, 0);
  EXPECT_EQ(ReadBytes(path), kOld);
  EXPECT_EQ(Names(), only_);
}

TEST_F(WriteFileTest, NoRoomLeavesTheOldFile) {
  const std::string path = scratch_.Write("run.sh", kOld);
  const int exit = InChild([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit few{4, 4};
    if (setrlimit(RLIMIT_FSIZE, &few) != 0) return 2;
    return Replace(path) == "cannot be written: file too large" ? 0 : 1;
  });
  EXPECT_EQ(exit, 0);
  EXPECT_EQ(ReadBytes(path), kOld);
  EXPECT_EQ(Names(), only_);
}

TEST_F(WriteFileTest, AnOwnerThatCannotBeKeptLeavesTheOldFile) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root, to become somebody else";
  const std::string path = scratch_.Write("run.sh", kOld);
  ASSERT_EQ(chmod(scratch_.Root().c_str(), 0777), 0);
  const int exit = InChild([&] {
    if (setuid(65534) != 0) return 2;
    return Replace(path) == "its owner cannot be kept: operation not permitted" ? 0 : 1;
  });
  EXPECT_EQ(exit, 0);
  EXPECT_EQ(ReadBytes(path), kOld);
  EXPECT_EQ(Names(), only_);
}

WriteStep last_step;
std::string path_to_change;

TEST_F(WriteFileTest, AnEditorThatIsFasterWins) {
  const std::string path = scratch_.Write("run.sh", kOld);
  path_to_change = path;
  const auto change = [](WriteStep step) {
    if (step != WriteStep::kSynced) return;
    const std::string other = path_to_change + ".new";
    std::FILE* file = std::fopen(other.c_str(), "w");
    std::fwrite(kOld.data(), 1, kOld.size(), file);
    std::fclose(file);
    // The same bytes, and yet another file: somebody else replaced it.
    std::rename(other.c_str(), path_to_change.c_str());
  };
  EXPECT_EQ(Replace(path, change), "has changed since it was read");
  EXPECT_EQ(ReadBytes(path), kOld);
  EXPECT_EQ(Names(), only_);
}

// Killed behind each step, the file is the old one or the new one.
TEST_F(WriteFileTest, KilledAnywhereTheFileIsWhole) {
  for (int step = 0; step <= static_cast<int>(WriteStep::kFolderSynced); ++step) {
    const std::string path = scratch_.Write("run.sh", kOld);
    last_step = static_cast<WriteStep>(step);
    const int exit = InChild([&] {
      const auto die = [](WriteStep at) {
        if (at == last_step) raise(SIGKILL);
      };
      return Replace(path, die).empty() ? 0 : 1;
    });
    EXPECT_EQ(exit, 128 + SIGKILL) << "step " << step << " was not reached";
    EXPECT_EQ(ReadBytes(path), last_step < WriteStep::kRenamed ? kOld : kNew) << "step " << step;
  }
}

}  // namespace
}  // namespace cagelint::base
