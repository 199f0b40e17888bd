#include "tests/unit/input/carrier_sample.h"

namespace cagelint::input {
namespace {

bool Accepts(std::string_view path, std::string_view bytes) {
  return !kDockerfileReader.accepts(path, bytes).empty();
}

TEST_F(CarrierTest, DockerfilesAreThoseOfInterest) {
  const std::string shown = "# docker run x\nFROM a\n";
  EXPECT_TRUE(Accepts("a/Dockerfile", shown));
  EXPECT_TRUE(Accepts("app.Dockerfile", shown));
  EXPECT_TRUE(Accepts("Dockerfile.dev", shown));
  EXPECT_TRUE(Accepts("Dockerfile-dev", shown));
  EXPECT_TRUE(Accepts("Dockerfile_x", shown));
  EXPECT_TRUE(Accepts("my-Dockerfile", shown));
  EXPECT_FALSE(Accepts("mydockerfile", shown));
  EXPECT_FALSE(Accepts("dockerfile-x.sh", shown));
  EXPECT_TRUE(Accepts("Containerfile", "FROM a\nRUN podman run x"));
  EXPECT_TRUE(Accepts("Dockerfile", "FROM a\nRUN <<E\ndocker run x\nE\n"));
  EXPECT_FALSE(Accepts("Dockerfile", "FROM docker:27\nCOPY docker-entrypoint.sh /\n"));
  EXPECT_FALSE(Accepts("Dockerfile", "# uses docker\nFROM a\n"));
  EXPECT_FALSE(Accepts("Dockerfile.md", shown));
  EXPECT_FALSE(Accepts("file", shown));
  EXPECT_FALSE(kDockerfileReader.accepts_fence("dockerfile", shown).empty());
  EXPECT_TRUE(kDockerfileReader.accepts_fence("", shown).empty());
}

TEST_F(CarrierTest, CommentsShowCommands) {
  const auto images = [&](const std::string& text) {
    return Images(kDockerfileReader, "Dockerfile", text);
  };
  EXPECT_EQ(images("# docker run -it a\n#docker run -it b\n\t# sudo docker run -it c\n"
                   "# A=b docker run -it d\n# $ docker run -it e"),
            (Strings{"a", "b", "c", "d", "e"}));
  EXPECT_EQ(images("# docker run \\\n#\t-it \\ # why\n#   a"), Strings{"a"});
  EXPECT_EQ(images("# docker run a\nFROM x\n#\n# Run:\n# docker run b"), (Strings{"a", "b"}));
  EXPECT_EQ(images("# docker run -it \\\n\n# a"), Strings{});
  EXPECT_EQ(
      images("# It says that\n# docker run fails\n# `docker run -it a`\n# x docker run -it a"),
      Strings{});
  EXPECT_EQ(images("# docker run -it it's\n# docker run -it a"), Strings{"a"});
}

TEST_F(CarrierTest, InstructionsRunCommands) {
  const auto images = [&](const std::string& text) {
    return Images(kDockerfileReader, "Dockerfile", text);
  };
  EXPECT_EQ(images("RUN docker run a\nRUN docker \\\n\n # c\n run b\nCMD docker run c"),
            (Strings{"a", "b", "c"}));
  EXPECT_EQ(images("RUN [\"docker\",\"run\",\"a\"]\nRUN ['docker','run','b']"), Strings{"a"});
  EXPECT_EQ(images("RUN <<E <<F\ndocker run a\nE\ndocker run b\nF\n"), Strings{});
  EXPECT_EQ(images("RUN --network=host <<E\ndocker run a\nE\nRUN sh <<E\ndocker run b\nE"),
            (Strings{"a", "b"}));
  EXPECT_EQ(images("SHELL [\"pwsh\"]\nRUN docker run a\nFROM x\nRUN docker run b"), Strings{"b"});
  EXPECT_EQ(images("COPY docker run a\nENV X=docker run a\nHEALTHCHECK NONE docker run a"),
            Strings{});
}

TEST_F(CarrierTest, PlacesOfADockerfile) {
  Read(kDockerfileReader, "Dockerfile", "# docker run \\\r\n#\t--privileged \\\r\n#\ta\r\n");
  ASSERT_EQ(document_.containers.size(), 1u);
  EXPECT_EQ(Shown(document_.containers[0].privileged.whole), "--privileged");
  EXPECT_EQ(Shown(document_.containers[0].image.whole), "a");
}

}  // namespace
}  // namespace cagelint::input
