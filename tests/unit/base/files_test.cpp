#include "linter/base/files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linter/base/byte_gate.h"
#include "tests/support/scratch.h"

namespace cagelint::base {
namespace {

using test::Scratch;

// What `ask` answers to a user whom file modes bind: root asks in a child that dropped its rights.
std::string AsOrdinaryUser(const Scratch& scratch, const std::function<std::string()>& ask) {
  if (geteuid() != 0) return ask();
  chmod(scratch.Root().c_str(), 0755);
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    const std::string answer = seteuid(kNobody) == 0 ? ask() : "rights were not dropped";
    _exit(write(ends[1], answer.data(), answer.size()) < 0 ? 1 : 0);
  }
  close(ends[1]);
  std::string answer(256, '\0');
  const ssize_t size = child < 0 ? 0 : read(ends[0], answer.data(), answer.size());
  close(ends[0]);
  waitpid(child, nullptr, 0);
  answer.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
  return answer;
}

TEST(RealFilesTest, ReadsAWholeFile) {
  const Scratch scratch;
  const std::string bytes = std::string("a\0b", 3) + std::string(200'000, 'x');
  const ReadResult read = RealFiles().read(scratch.Write("a", bytes));
  EXPECT_TRUE(read.Ok());
  EXPECT_EQ(read.bytes, bytes);
  EXPECT_EQ(RealFiles().read(scratch.Write("empty", "")).bytes, "");
}

TEST(RealFilesTest, ReadsFilesThatSayTheyAreEmpty) {
  const ReadResult read = RealFiles().read("/proc/self/status");
  EXPECT_TRUE(read.Ok()) << read.message;
  EXPECT_GT(read.bytes.size(), 100u);
}

TEST(RealFilesTest, NeverWaitsForAFifo) {
  const Scratch scratch;
  const std::string fifo = scratch.At("fifo");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  const ReadResult read = RealFiles().read(fifo);
  EXPECT_EQ(read.failure, ReadFailure::kNotRegular);
  EXPECT_EQ(read.message, "is a FIFO, not a regular file");
  EXPECT_EQ(RealFiles().kind(fifo), FileKind::kOther);
}

TEST(RealFilesTest, RefusesDevicesDirectoriesAndSockets) {
  const Scratch scratch;
  EXPECT_EQ(RealFiles().read("/dev/zero").message, "is a device, not a regular file");
  EXPECT_EQ(RealFiles().read("/dev/zero").failure, ReadFailure::kNotRegular);
  EXPECT_EQ(RealFiles().read(scratch.Root().string()).message,
            "is a directory, not a regular file");
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = scratch.At("socket");
  ASSERT_LT(path.size(), sizeof(address.sun_path));
  path.copy(address.sun_path, path.size());
  ASSERT_EQ(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  close(fd);
  EXPECT_EQ(RealFiles().read(path).message, "is a socket, not a regular file");
}

TEST(RealFilesTest, SaysWhatIsMissingOrDenied) {
  const Scratch scratch;
  EXPECT_EQ(RealFiles().read(scratch.At("nothing")).failure, ReadFailure::kMissing);
  EXPECT_EQ(RealFiles().read(scratch.Write("file", "") + "/below").failure, ReadFailure::kMissing);
  EXPECT_EQ(RealFiles().kind(scratch.At("nothing")), FileKind::kMissing);
  const std::string secret = scratch.Write("secret", "x");
  ASSERT_EQ(chmod(secret.c_str(), 0), 0);
  EXPECT_EQ(AsOrdinaryUser(scratch,
                           [&] {
                             const ReadResult read = RealFiles().read(secret);
                             const bool denied = read.failure == ReadFailure::kDenied;
                             return denied ? read.message : "not denied";
                           }),
            "permission denied");
}

TEST(RealFilesTest, SaysWhichFoldersAreClosed) {
  const Scratch scratch;
  const std::string file = scratch.Write("closed/file", "x");
  ASSERT_EQ(chmod(scratch.At("closed").c_str(), 0644), 0);
  EXPECT_EQ(AsOrdinaryUser(scratch,
                           [&] {
                             const FileSystem files = RealFiles();
                             const bool denied = files.kind(file) == FileKind::kDenied;
                             return denied ? files.read(file).message : "not denied";
                           }),
            "permission denied");
  ASSERT_EQ(chmod(scratch.At("closed").c_str(), 0), 0);
  EXPECT_EQ(
      AsOrdinaryUser(scratch, [&] { return RealFiles().list(scratch.At("closed")).Message(); }),
      "permission denied");
  ASSERT_EQ(chmod(scratch.At("closed").c_str(), 0755), 0);
}

TEST(RealFilesTest, RefusesWhatIsTooLarge) {
  const Scratch scratch;
  const std::string path = scratch.Write("large", "");
  std::filesystem::resize_file(path, kLargestFile);
  EXPECT_TRUE(RealFiles().read(path).Ok());
  std::filesystem::resize_file(path, kLargestFile + 1);
  EXPECT_EQ(RealFiles().read(path).failure, ReadFailure::kTooLarge);
  EXPECT_TRUE(RealFiles().read(path).bytes.empty());
}

TEST(RealFilesTest, FollowsLinksAndSeesLoops) {
  const Scratch scratch;
  scratch.Write("file", "x");
  std::filesystem::create_symlink("file", scratch.At("link"));
  std::filesystem::create_symlink("loop", scratch.At("loop"));
  std::filesystem::create_symlink("gone", scratch.At("dangling"));
  const FileSystem files = RealFiles();
  EXPECT_EQ(files.read(scratch.At("link")).bytes, "x");
  EXPECT_TRUE(files.is_link(scratch.At("link")));
  EXPECT_FALSE(files.is_link(scratch.At("file")));
  EXPECT_EQ(files.kind(scratch.At("link")), FileKind::kRegular);
  EXPECT_EQ(files.read(scratch.At("loop")).message, "too many symbolic links");
  EXPECT_EQ(files.read(scratch.At("dangling")).failure, ReadFailure::kMissing);
  EXPECT_EQ(files.kind(scratch.At("dangling")), FileKind::kMissing);
}

TEST(RealFilesTest, ListsSorted) {
  const Scratch scratch;
  for (const char* name : {"b", "a", ".hidden", "Z", "c/d"}) scratch.Write(name, "");
  const auto names = RealFiles().list(scratch.Root().string());
  ASSERT_TRUE(names.Ok());
  EXPECT_EQ(names.Value(), (std::vector<std::string>{".hidden", "Z", "a", "b", "c"}));
  EXPECT_FALSE(RealFiles().list(scratch.At("nothing")).Ok());
}

TEST(RealFilesTest, KnowsWhereItStands) {
  EXPECT_EQ(RealFiles().working_directory, std::filesystem::current_path().string());
}

// What Go's path.Clean gives for the same.
TEST(RelativePathTest, GoesUpWhereItMust) {
  EXPECT_EQ(RelativePath("/a/b", "/a/b/c/d"), "c/d");
  EXPECT_EQ(RelativePath("/a/b", "/a/bc/d"), "../bc/d");
  EXPECT_EQ(RelativePath("/a/b", "/x"), "../../x");
  EXPECT_EQ(RelativePath("/", "/x/y"), "x/y");
  EXPECT_EQ(RelativePath("/a/b", "/a/b"), ".");
}

TEST(CleanPathTest, IsGos) {
  const std::pair<std::string_view, std::string_view> cases[] = {{"", "."},
                                                                 {".", "."},
                                                                 {"/", "/"},
                                                                 {"a", "a"},
                                                                 {"a/", "a"},
                                                                 {"a//b", "a/b"},
                                                                 {"./a", "a"},
                                                                 {"a/./b/.", "a/b"},
                                                                 {"a/..", "."},
                                                                 {"a/../b", "b"},
                                                                 {"..", ".."},
                                                                 {"../a", "../a"},
                                                                 {"../../a", "../../a"},
                                                                 {"a/../..", ".."},
                                                                 {"/..", "/"},
                                                                 {"/../a", "/a"},
                                                                 {"/a/../..", "/"},
                                                                 {"//a", "/a"},
                                                                 {"/a/b/../c/", "/a/c"},
                                                                 {"...", "..."},
                                                                 {"a/b/../../../c", "../c"}};
  for (const auto& [path, expected] : cases) EXPECT_EQ(CleanPath(path), expected) << path;
}

TEST(JoinPathTest, AbsoluteWins) {
  EXPECT_EQ(JoinPath("/a/b", "c/../d"), "/a/b/d");
  EXPECT_EQ(JoinPath("/a/b", "/c"), "/c");
  EXPECT_EQ(JoinPath("", "c"), "c");
  EXPECT_EQ(JoinPath("/", "c"), "/c");
  EXPECT_EQ(JoinPath("a", ".."), ".");
}

TEST(ShownPathTest, IsRelativeBelowTheWorkingDirectory) {
  EXPECT_EQ(ShownPath("/project/a/x.sh", "/project"), "a/x.sh");
  EXPECT_EQ(ShownPath("/project", "/project"), ".");
  EXPECT_EQ(ShownPath("/projects/x", "/project"), "/projects/x");
  EXPECT_EQ(ShownPath("./a//b", "/project"), "a/b");
  EXPECT_EQ(ShownPath("../x", "/project"), "../x");
  EXPECT_EQ(ShownPath("/a", "/"), "a");
  EXPECT_EQ(ShownPath("/", "/"), ".");
}

TEST(PathPartsTest, SplitAtTheLastSlash) {
  EXPECT_EQ(DirectoryOf("a/b/c"), "a/b");
  EXPECT_EQ(DirectoryOf("c"), "");
  EXPECT_EQ(DirectoryOf("/c"), "/");
  EXPECT_EQ(NameOf("a/b/c"), "c");
  EXPECT_EQ(NameOf("c"), "c");
  EXPECT_EQ(NameOf("a/"), "");
}

}  // namespace
}  // namespace cagelint::base
