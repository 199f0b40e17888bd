// What stays although a fix is known, and files with several names.
#include <gtest/gtest.h>

#include "linter/driver/fix.h"
#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

using Lines = std::vector<std::string>;

class UnmadeTest : public ::testing::Test {
 protected:
  UnmadeTest() {
    request_.policy = LoadPolicy("agent").Value();
    options_.unsafe = true;
  }

  Fixing FixAll(std::vector<std::string> paths, std::vector<std::string> rules) {
    request_.paths = std::move(paths);
    request_.selection.select = std::move(rules);
    return Fix(request_, files_.System(), options_);
  }
  Lines Unmade(const std::string& bytes, const std::string& rule) {
    files_.Add("run.sh", bytes);
    return Shown(FixAll({"run.sh"}, {rule}));
  }
  static Lines Shown(const Fixing& fixing) {
    Lines out;
    for (const LeftOut& one : fixing.unmade) out.push_back(one.path + ": " + one.message);
    return out;
  }

  test::MemoryFiles files_;
  Request request_;
  FixOptions options_;
};

const std::string kPrivileged =
    " privileged stays: run it unprivileged: several values come out of this word";

TEST_F(UnmadeTest, WhatAVariableBringsIsNamed) {
  EXPECT_EQ(Unmade("args=(-v \"$PWD:/app\" --privileged)\ndocker run \"${args[@]}\" alpine\n"
                   "docker run \"${args[@]}\" alpine\n",
                   "privileged"),
            (Lines{"run.sh: line 2:" + kPrivileged, "run.sh: line 3:" + kPrivileged}));
  EXPECT_EQ(Unmade("OPTS=\"-v $PWD:/app --privileged\"; docker run $OPTS alpine\n", "privileged"),
            (Lines{"run.sh: line 1:" + kPrivileged}));
  EXPECT_EQ(Unmade("set -- --privileged alpine; docker run \"$@\"\n", "privileged"),
            (Lines{"run.sh: line 1:" + kPrivileged}));
}

TEST_F(UnmadeTest, WhatIsFixedOrNeedsAWordIsNot) {
  EXPECT_EQ(Unmade("docker run --privileged alpine\n", "privileged"), Lines{});
  EXPECT_EQ(Unmade("#!/bin/sh\n", "privileged"), Lines{});
  options_.unsafe = false;
  EXPECT_EQ(Unmade("docker run --privileged alpine\n", "privileged"), Lines{});
  options_.unsafe = true;
  EXPECT_EQ(Unmade("set -- --privileged alpine\n"
                   "# cagelint: ignore[privileged] it is a test\ndocker run \"$@\"\n",
                   "privileged"),
            Lines{});
}

TEST_F(UnmadeTest, AFileOfOthersIsNamed) {
  files_.Add("/project/compose.yaml",
             "services:\n  a:\n    extends: {file: ../shared/base.yaml, service: base}\n");
  files_.Add("/shared/base.yaml",
             "services:\n  base:\n    image: alpine:3.22\n    privileged: true\n"
             "    restart: always\n");
  const Lines lines = Shown(FixAll({"compose.yaml"}, {"privileged"}));
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_NE(lines[0].find("privileged stays: run it unprivileged: "), std::string::npos)
      << lines[0];
  // A key of the service's own is enough for this.
  const Fixing restart = FixAll({"compose.yaml"}, {"restart-policy"});
  EXPECT_EQ(Shown(restart), Lines{});
  ASSERT_EQ(restart.files.size(), 1u);
  EXPECT_EQ(restart.files[0].after,
            "services:\n  a:\n    extends: {file: ../shared/base.yaml, service: base}\n"
            "    restart: \"no\"\n");
}

TEST_F(UnmadeTest, AnAliasGoesBeforeItsAnchor) {
  files_.Add("compose.yaml",
             "services:\n  c:\n    image: x\n"
             "    volumes: [\".:/app\", &s \"/var/run/docker.sock:/var/run/docker.sock\"]\n"
             "  d:\n    image: x\n    volumes: [*s]\n");
  const Fixing fixing = FixAll({"compose.yaml"}, {"engine-socket"});
  EXPECT_EQ(Shown(fixing), Lines{});
  ASSERT_EQ(fixing.files.size(), 1u);
  EXPECT_EQ(fixing.files[0].after,
            "services:\n  c:\n    image: x\n    volumes: [\".:/app\"]\n  d:\n    image: x\n");
}

TEST_F(UnmadeTest, AFileWithSeveralNamesIsFixedOnce) {
  files_.Add("real.sh", "docker run alpine:3.22\n");
  files_.AddLink("link.sh", "real.sh");
  files_.AddLink("z.sh", "real.sh");
  files_.Add("twin.sh", "docker run alpine:3.22\n");
  options_.identity = [](const std::string& path) { return path == "twin.sh" ? "2" : "1"; };
  const auto paths_of = [](const Fixing& fixing) {
    Lines out;
    for (const FixedFile& file : fixing.files) out.push_back(file.path);
    return out;
  };
  EXPECT_EQ(paths_of(FixAll({"."}, {"unlimited-pids"})), (Lines{"real.sh", "twin.sh"}));
  EXPECT_EQ(paths_of(FixAll({"link.sh", "real.sh"}, {"unlimited-pids"})), (Lines{"real.sh"}));
  EXPECT_EQ(paths_of(FixAll({"link.sh"}, {"unlimited-pids"})), (Lines{"link.sh"}));
  EXPECT_EQ(FixAll({"."}, {"unlimited-pids"}).fixes, 2u);
}

}  // namespace
}  // namespace cagelint::driver
