#include "linter/model/image_name.h"

#include <gtest/gtest.h>

namespace cagelint::model {
namespace {

TEST(ImageName, PartsOfAName) {
  const ImageName whole = SplitImage("registry.example:5000/tools/agent:1.4@sha256:ab");
  EXPECT_EQ(whole.repository, "registry.example:5000/tools/agent");
  EXPECT_EQ(whole.tag, "1.4");
  EXPECT_EQ(whole.digest, "sha256:ab");
}

TEST(ImageName, APortIsNoTag) {
  const ImageName name = SplitImage("registry.example:5000/agent");
  EXPECT_EQ(name.repository, "registry.example:5000/agent");
  EXPECT_EQ(name.tag, "");
}

TEST(ImageName, ShortNames) {
  EXPECT_EQ(SplitImage("alpine").repository, "alpine");
  EXPECT_EQ(SplitImage("alpine:3.22").tag, "3.22");
  EXPECT_EQ(SplitImage("alpine@sha256:ab").digest, "sha256:ab");
  EXPECT_EQ(SplitImage("").repository, "");
  EXPECT_EQ(SplitImage("a/").repository, "a/");
}

TEST(ImageName, OfficialImagesHaveSeveralNames) {
  for (const char* name : {"python", "library/python", "docker.io/python",
                           "docker.io/library/python", "index.docker.io/library/python"})
    EXPECT_EQ(OfficialName(name), "python") << name;
  EXPECT_EQ(OfficialName("mine/python"), "mine/python");
  EXPECT_EQ(OfficialName("registry.example/library/python"), "registry.example/library/python");
}

TEST(ImageName, Keys) {
  EXPECT_EQ(ImageKey("agent"), "agent:latest");
  EXPECT_EQ(ImageKey("docker.io/library/agent:latest"), "agent:latest");
  EXPECT_EQ(ImageKey("localhost/agent"), "agent:latest");
  EXPECT_EQ(ImageKey("registry:5000/agent:1"), "registry:5000/agent:1");
  EXPECT_EQ(ImageKey("agent@sha256:0123"), "");
}

TEST(ImageName, Ids) {
  EXPECT_TRUE(IsImageId("sha256:0123"));
  EXPECT_TRUE(IsImageId("0123456789ab"));
  EXPECT_FALSE(IsImageId("0123456789a"));
  EXPECT_FALSE(IsImageId("0123456789ag"));
  EXPECT_FALSE(
      IsImageId(std::string_view("0123456789abcdef0123456789abcdef"
                                 "0123456789abcdef0123456789abcdef0")));
}

}  // namespace
}  // namespace cagelint::model
