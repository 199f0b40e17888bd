#include "linter/input/docker_unknown.h"

#include <gtest/gtest.h>

#include "tests/unit/input/docker_sample.h"

namespace cagelint::input {
namespace {

TEST(DockerUnknown, AVariableIsTheImageWhereNothingSpeaksForFlags) {
  for (const char* command :
       {"docker run $IMAGE", "docker run \"$IMAGE\" sh -c x", "docker run $X", "docker run $TARGET",
        "docker run $ENVOY sh", "docker run --rm \"$X\" sh", "docker run $X npm test",
        "docker run $REG/app:$TAG", "docker run $BUILDER --no-server", "docker run $IMAGE --name x",
        "docker run --rm $IMAGE $ARGS", "docker run $X /app/run.sh"}) {
    Sample sample(command);
    EXPECT_TRUE(sample.Container().image.IsDynamic()) << command;
    EXPECT_EQ(sample.Unresolved(), "") << command;
    EXPECT_TRUE(sample.Container().privileged.IsAbsent()) << command;
  }
}

TEST(DockerUnknown, AListInFlagPositionIsAGap) {
  const struct {
    const char* command;
    const char* list;
    const char* image;
  } rows[] = {
      {"docker run \"${ARGS[@]}\"", "\"${ARGS[@]}\"", ""},
      {"docker run --rm $@ img", "$@", "img"},
      {"docker run $OPTS img sh", "$OPTS", "img"},
      {"docker run \"$it\" --rm img", "\"$it\"", "img"},
      {"docker run $X alpine:3.20 sh", "$X", "alpine:3.20"},
      {"docker run $X ghcr.io/a/b sh", "$X", "ghcr.io/a/b"},
      {"docker run $X $IMAGE sh", "$X", ""},
      {"docker run $CONTAINER_VOLUMES img", "$CONTAINER_VOLUMES", "img"},
      {"docker run $DOCKERARGS img", "$DOCKERARGS", "img"},
      {"docker run --$X=1 img", "--$X=1", "img"},
      {"docker run -$X img", "-$X", "img"},
  };
  for (const auto& row : rows) {
    Sample sample(row.command);
    const model::Container& container = sample.Container();
    EXPECT_EQ(sample.Unresolved(), std::string("unresolved-arguments ") + row.list) << row.command;
    EXPECT_EQ(container.image.value, row.image) << row.command;
    EXPECT_TRUE(container.privileged.IsDynamic()) << row.command;
    EXPECT_TRUE(container.mounts.IsDynamic()) << row.command;
    EXPECT_EQ(sample.Refused(), "") << row.command;
  }
}

TEST(DockerUnknown, WhatWasReadStaysKnown) {
  Sample sample("docker run --read-only $OPTS --cap-drop ALL img");
  const model::Container& container = sample.Container();
  EXPECT_TRUE(container.read_only.Is(true));
  EXPECT_TRUE(container.cap_drop.IsDynamic());
  EXPECT_EQ(Joined(container.cap_drop), "ALL");
  EXPECT_EQ(container.privileged.source, "$OPTS");
}

TEST(DockerUnknown, AValueIsOneWordWhateverItIs) {
  Sample sample("docker run --name $NAME -v $VOL --user $UID:$GID -p $PORT:80 img $@");
  const model::Container& container = sample.Container();
  EXPECT_TRUE(container.name.IsDynamic());
  EXPECT_TRUE(container.mounts.items[0].IsDynamic());
  EXPECT_EQ(container.user.value, "$(id -u):$(id -g)");
  EXPECT_TRUE(container.ports.items[0].IsDynamic());
  EXPECT_EQ(container.ports.items[0].value.target, "80");
  EXPECT_TRUE(container.command.IsDynamic());
  EXPECT_EQ(sample.Unresolved(), "");
}

TEST(DockerUnknown, OtherCommandsTakeVariablesForTargets) {
  for (const char* command : {"docker rm -f $IDS", "docker start $X", "docker exec $C sh",
                              "docker exec -it \"$C\" $CMD", "docker stop $C"}) {
    Sample sample(command);
    ASSERT_EQ(sample.Read().commands.size(), 1U) << command;
    EXPECT_TRUE(sample.Read().commands[0].targets[0].name.IsDynamic()) << command;
    EXPECT_EQ(sample.Unresolved(), "") << command;
  }
  Sample options("docker exec $OPTS c sh");
  EXPECT_EQ(options.Unresolved(), "unresolved-arguments $OPTS");
  EXPECT_TRUE(options.Read().commands[0].privileged.IsDynamic());
  EXPECT_TRUE(options.Read().commands[0].targets[0].name.Is("c"));
}

}  // namespace
}  // namespace cagelint::input
