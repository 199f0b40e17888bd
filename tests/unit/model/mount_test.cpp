// What mounts amount to: what can be written through them, and what they show.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/model/effective.h"
#include "tests/unit/model/model_sample.h"

namespace cagelint::model {
namespace {

using Names = std::vector<std::string>;

Mount MakeMount(const char* type, const char* target) {
  Mount mount;
  mount.type = Literal(type);
  mount.target = Literal(target);
  return mount;
}

TEST(Mounts, WritablePathsAreTheRootAndWritableMounts) {
  Container container;
  Mount open = MakeMount("bind", "/open/../data");
  Mount closed = MakeMount("bind", "/closed");
  closed.read_only = Known(true);
  Mount tmpfs = MakeMount("tmpfs", "/ro");
  tmpfs.options.Add(Literal("rw"));
  tmpfs.options.Add(Literal("ro"));
  for (const Mount& mount : {open, closed, tmpfs}) container.mounts.Add(Known(mount));
  EXPECT_EQ(Compute(container).writable_paths, (Names{"/", "/data"}));
  container.read_only = Known(true);
  EXPECT_EQ(Compute(container).writable_paths, Names{"/data"});
}

TEST(Mounts, TheInnermostMountDecidesWhatIsWritable) {
  Container container;
  container.read_only = Known(true);
  EXPECT_EQ(WritableAt(container, "/tmp"), Tri::kNo);
  const auto add = [&](const char* target, bool read_only) {
    Mount mount = MakeMount("bind", target);
    mount.read_only = Known(read_only);
    container.mounts.Add(Known(mount));
  };
  add("/work/", false);
  add("/work/.git", true);
  add("/work/.git/out", false);
  EXPECT_EQ(WritableAt(container, "/work"), Tri::kYes);
  EXPECT_EQ(WritableAt(container, "/workshop"), Tri::kNo);
  EXPECT_EQ(WritableAt(container, "/work/src"), Tri::kYes);
  EXPECT_EQ(WritableAt(container, "/work/.git/hooks"), Tri::kNo);
  EXPECT_EQ(WritableAt(container, "/work/.git/out/x"), Tri::kYes);
  container.volumes_from.Add(Literal("other"));
  EXPECT_EQ(WritableAt(container, "/work"), Tri::kUnknown);
}

TEST(Mounts, WhatMayLieAnywhereMakesItUnknown) {
  Container container;
  EXPECT_EQ(WritableAt(container, "/tmp"), Tri::kYes);
  container.read_only = Setting<bool>::Dynamic("$RO", {}, {});
  EXPECT_EQ(WritableAt(container, "/tmp"), Tri::kUnknown);
  container.read_only = Known(true);
  container.mounts.Add(Setting<Mount>::Dynamic("$MOUNT", {}, {}));
  EXPECT_EQ(WritableAt(container, "/tmp"), Tri::kUnknown);
}

bool IsProject(PathBase base, const char* path, bool exact = true, const char* type = "bind") {
  Mount mount = MakeMount(type, "/x");
  mount.host = {base, path, exact};
  return IsProjectBind(mount);
}

TEST(Mounts, TheProjectIsTheFolderOrOneAbove) {
  EXPECT_TRUE(IsProject(PathBase::kWorkingDirectory, "."));
  EXPECT_TRUE(IsProject(PathBase::kProject, "."));
  EXPECT_TRUE(IsProject(PathBase::kProject, ""));
  EXPECT_TRUE(IsProject(PathBase::kProject, "../.."));
  EXPECT_FALSE(IsProject(PathBase::kProject, "../sibling"));
  EXPECT_FALSE(IsProject(PathBase::kProject, "..hidden"));
  EXPECT_FALSE(IsProject(PathBase::kWorkingDirectory, "out"));
  EXPECT_FALSE(IsProject(PathBase::kWorkingDirectory, ".", false));
  EXPECT_FALSE(IsProject(PathBase::kHome, "."));
  EXPECT_FALSE(IsProject(PathBase::kAbsolute, "/"));
  EXPECT_TRUE(IsProject(PathBase::kWorkingDirectory, ".", true, "volume"));  // its driver binds it
  EXPECT_FALSE(IsProject(PathBase::kNone, ".", true, "volume"));
  EXPECT_FALSE(IsProject(PathBase::kWorkingDirectory, ".", true, "tmpfs"));
}

Mount Tmpfs(const std::vector<Setting<std::string>>& options) {
  Mount mount = MakeMount("tmpfs", "/tmp");
  for (const auto& option : options) mount.options.Add(option);
  return mount;
}

TEST(Mounts, TheLastFlagOfATmpfsCounts) {
  EXPECT_EQ(FindTmpfsFlag(Tmpfs({}), "exec").value, std::nullopt);
  EXPECT_EQ(FindTmpfsFlag(Tmpfs({Literal("noexec"), Literal("exec")}), "exec").value, Tri::kYes);
  EXPECT_EQ(FindTmpfsFlag(Tmpfs({Literal("exec"), Literal("noexec")}), "exec").value, Tri::kNo);
  EXPECT_EQ(FindTmpfsFlag(Tmpfs({Literal("exec"), Unknown("$O")}), "exec").value, Tri::kUnknown);
  const TmpfsFlag flag = FindTmpfsFlag(Tmpfs({Unknown("$O"), Literal("exec")}), "exec");
  EXPECT_EQ(flag.value, Tri::kYes);
  EXPECT_EQ(flag.index, 1u);
}

TEST(Mounts, ATmpfsIsLimitedByASizeOrByBlocks) {
  EXPECT_EQ(TmpfsLimited(Tmpfs({})), Tri::kNo);
  EXPECT_EQ(TmpfsLimited(Tmpfs({Literal("size=50%")})), Tri::kNo);
  EXPECT_EQ(TmpfsLimited(Tmpfs({Literal("nr_blocks=0")})), Tri::kNo);
  EXPECT_EQ(TmpfsLimited(Tmpfs({Literal("nr_blocks=10")})), Tri::kYes);
  EXPECT_EQ(TmpfsLimited(Tmpfs({Unknown("size=$S")})), Tri::kUnknown);
  EXPECT_EQ(TmpfsLimited(Tmpfs({Literal("size=64m")})), Tri::kYes);
  EXPECT_EQ(TmpfsLimited(Tmpfs({Literal("nr_blocks=10"), Literal("size=0")})), Tri::kNo);
  EXPECT_EQ(TmpfsLimited(Tmpfs({Literal("size=0"), Literal("nr_blocks=10"), Literal("ro")})),
            Tri::kYes);
  Mount sized = Tmpfs({});
  sized.size = Known<std::int64_t>(64 << 20);
  EXPECT_EQ(TmpfsLimited(sized), Tri::kYes);
  sized.size = Known<std::int64_t>(0);
  EXPECT_EQ(TmpfsLimited(sized), Tri::kNo);
}

std::string Tail(const char* source, const char* type = "bind") {
  Mount mount = MakeMount(type, "/x");
  mount.source = Unknown(source);
  mount.host = {PathBase::kUnknown, "", false};
  std::string out;
  for (const std::string_view part : KnownTail(mount)) out += "/" + std::string(part);
  return out;
}

TEST(Mounts, TheEndOfAnUnknownPathIsKnown) {
  EXPECT_EQ(Tail("$DIR/.git/hooks"), "/.git/hooks");
  EXPECT_EQ(Tail("\"$DIR/docker.sock\""), "/docker.sock");
  EXPECT_EQ(Tail("/run/user/$(id -u)/docker.sock"), "/docker.sock");
  EXPECT_EQ(Tail("$DIR/.git/.."), "");
  EXPECT_EQ(Tail("$DIR/../x"), "");
  EXPECT_EQ(Tail("${S:-/run/docker.sock}"), "");
  EXPECT_EQ(Tail("$DIR"), "");
  EXPECT_EQ(Tail("$DIR/.git", "volume"), "");
}

}  // namespace
}  // namespace cagelint::model
