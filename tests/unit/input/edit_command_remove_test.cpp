// Flags that are taken away.
#include "tests/unit/input/edit_command_sample.h"

namespace cagelint::input {
namespace {

using model::Container;
using model::Remove;
using model::Set;
using Changes = std::vector<model::Change>;

Changes NoPrivileged(const Container& c) { return {Remove(c.privileged.whole)}; }
Changes NoCapability(const Container& c) { return {Remove(c.cap_add.items.at(0).whole)}; }
Changes NoMount(const Container& c) { return {Remove(c.mounts.items.at(0).whole)}; }
Changes NoPort(const Container& c) { return {Remove(c.ports.items.at(0).whole)}; }
Changes NoTerminal(const Container& c) { return {Remove(c.tty.whole)}; }

const Settings kPrivileged{{"privileged", ""}};

TEST_F(EditCommandTest, RemovesAFlagAloneOnItsContinuedLine) {
  Becomes("docker run \\\n  --rm \\\n  --privileged \\\n  alpine sh # x\n", NoPrivileged,
          "docker run \\\n  --rm \\\n  alpine sh # x\n", kPrivileged);
  Becomes("docker run \\\n  --privileged \\\n  alpine\n", NoPrivileged, "docker run \\\n  alpine\n",
          kPrivileged);
  Becomes("docker run --rm \\\n\t--privileged \\\n\talpine", NoPrivileged,
          "docker run --rm \\\n\talpine", kPrivileged);
  Becomes("docker run \\\r\n  --privileged \\\r\n  --rm alpine\r\n", NoPrivileged,
          "docker run \\\r\n  --rm alpine\r\n", kPrivileged);
  Becomes("docker run \\\n  --cap-add \\\n    ALL \\\n  alpine\n", NoCapability,
          "docker run \\\n  alpine\n", {{"cap_add", ""}});
}

TEST_F(EditCommandTest, RemovesTheLastLineWithTheBackslashBeforeIt) {
  const auto last = [](const Container& c) -> Changes {
    return {Remove(c.command.items.back().whole)};
  };
  Becomes("docker run alpine sh \\\n  --debug\necho\n", last, "docker run alpine sh\necho\n",
          {{"command", "sh"}});
  Becomes("docker run alpine sh \\\n  --debug", last, "docker run alpine sh", {{"command", "sh"}});
  Becomes("(docker run alpine sh \\\n  --debug)\n", last, "(docker run alpine sh)\n",
          {{"command", "sh"}});
  Becomes("docker run alpine sh \\\n  --debug > log # c\n", last,
          "docker run alpine sh > log # c\n", {{"command", "sh"}});
  Becomes("docker run alpine sh \\\n  --debug \\\n  > log\n", last,
          "docker run alpine sh \\\n  > log\n", {{"command", "sh"}});
  Becomes("docker run alpine sh \\\r\n  --debug\r\n", last, "docker run alpine sh\r\n",
          {{"command", "sh"}});
}

TEST_F(EditCommandTest, KeepsWordsApartWhereNoBlankStandsBeforeABackslash) {
  Becomes("docker run -i\\\n  --privileged \\\nalpine\n", NoPrivileged,
          "docker run -i\\\n  alpine\n", kPrivileged);
  Becomes("docker run \\\n--rm\\\n  -i alpine\n", {Set("read_only", "true")},
          "docker run \\\n--rm\\\n  --read-only \\\n  -i alpine\n", {{"read_only", "true"}});
}

TEST_F(EditCommandTest, RemovesOneBlankWithTheFlag) {
  Becomes("docker run --privileged alpine\n", NoPrivileged, "docker run alpine\n", kPrivileged);
  Becomes("docker run  --privileged  alpine\n", NoPrivileged, "docker run   alpine\n", kPrivileged);
  Becomes("docker run --privileged \\\n  alpine\n", NoPrivileged, "docker run \\\n  alpine\n",
          kPrivileged);
  Becomes("docker run \\\n  --privileged --rm alpine\n", NoPrivileged,
          "docker run \\\n  --rm alpine\n", kPrivileged);
  Becomes("x=$(docker run --privileged alpine)\n", NoPrivileged, "x=$(docker run alpine)\n",
          kPrivileged);
  Becomes("echo ü; docker run --privileged=true alpine\n", NoPrivileged,
          "echo ü; docker run alpine\n", kPrivileged);
}

TEST_F(EditCommandTest, RemovesTheValueWithItsFlag) {
  for (const char* flag :
       {"--cap-add ALL", "--cap-add=ALL", "--cap-add 'ALL'", "--cap-add=\"ALL\""})
    Becomes("docker run --rm " + std::string(flag) + " alpine\n", NoCapability,
            "docker run --rm alpine\n", {{"cap_add", ""}});
  for (const char* flag : {"-v x:/y", "-v=x:/y", "-vx:/y", "-v \"$PWD/a b:/y\"", "--volume x:/y"})
    Becomes("docker run " + std::string(flag) + " alpine\n", NoMount, "docker run alpine\n",
            {{"mounts", ""}});
  Becomes("docker run -p8080:80 --rm alpine\n", NoPort, "docker run --rm alpine\n",
          {{"ports", ""}});
}

TEST_F(EditCommandTest, RemovesALetterOfACluster) {
  Becomes("docker run -itd alpine\n", NoTerminal, "docker run -id alpine\n", {{"tty", ""}});
  Becomes("docker run -tid alpine\n", NoTerminal, "docker run -id alpine\n", {{"tty", ""}});
  Becomes("docker run -t alpine\n", NoTerminal, "docker run alpine\n", {{"tty", ""}});
  const auto both = [](const Container& c) -> Changes {
    return {Remove(c.tty.whole), Remove(c.stdin_open.whole)};
  };
  Becomes("docker run -it alpine\n", both, "docker run alpine\n",
          {{"tty", ""}, {"stdin_open", ""}});
  Becomes("docker run -itd alpine\n", both, "docker run -d alpine\n",
          {{"tty", ""}, {"stdin_open", ""}});
  const auto user = [](const Container& c) -> Changes { return {Remove(c.user.whole)}; };
  Becomes("docker run -itu root alpine\n", user, "docker run -it alpine\n", {{"user", ""}});
  Becomes("docker run -ituroot alpine\n", user, "docker run -it alpine\n", {{"user", ""}});
  Becomes("docker run -u root alpine\n", user, "docker run alpine\n", {{"user", ""}});
}

TEST_F(EditCommandTest, LeavesAClusterThatIsNotUnderstood) {
  const std::string refused = "what stands next to it is not understood";
  EXPECT_EQ(Refusal("docker run -t$X alpine\n", NoTerminal), refused);
  EXPECT_EQ(Refusal("docker run -t-rm alpine\n", NoTerminal), refused);
}

TEST_F(EditCommandTest, RemovesSeveralAtOnce) {
  const auto all = [](const Container& c) -> Changes {
    return {Remove(c.cap_add.items.at(0).whole), Remove(c.privileged.whole), Remove(c.tty.whole)};
  };
  const Settings gone{{"cap_add", ""}, {"privileged", ""}, {"tty", ""}};
  Becomes("docker run \\\n  --privileged \\\n  --cap-add ALL \\\n  -t \\\n  alpine\n", all,
          "docker run \\\n  alpine\n", gone);
  Becomes("docker run --privileged --cap-add ALL -t alpine\n", all, "docker run alpine\n", gone);
  Becomes("docker run --privileged \\\n  --cap-add=ALL -t alpine\n", all, "docker run alpine\n",
          gone);
  Becomes("docker run -t --rm --privileged --cap-add ALL alpine\n", all, "docker run --rm alpine\n",
          gone);
}

TEST_F(EditCommandTest, FalseTakesEveryUseOfASwitchAway) {
  const Changes off{Set("privileged", "false")};
  Becomes("docker run --privileged --rm --privileged=true alpine\n", off,
          "docker run --rm alpine\n", kPrivileged);
  Becomes("args=(--privileged --rm)\ndocker run \"${args[@]}\" alpine\n", off,
          "args=(--rm)\ndocker run \"${args[@]}\" alpine\n", kPrivileged);
  EXPECT_EQ(Refusal("docker run alpine\n", off), "`--privileged` is not there");
}

TEST_F(EditCommandTest, RemovesTheElementOfAnArray) {
  Becomes("args=(\n  --privileged  # why\n)\ndocker run \"${args[@]}\" alpine\n", NoPrivileged,
          "args=(\n   # why\n)\ndocker run \"${args[@]}\" alpine\n", kPrivileged);
  Becomes("args=(--privileged)\ndocker run \"${args[@]}\" alpine\n", NoPrivileged,
          "args=()\ndocker run \"${args[@]}\" alpine\n", kPrivileged);
  const Changes off{Set("privileged", "false")};
  Becomes("args=(\n  # a\n  --privileged\n  # b\n  --rm\n)\ndocker run \"${args[@]}\" alpine\n",
          off, "args=(\n  # a\n  # b\n  --rm\n)\ndocker run \"${args[@]}\" alpine\n", kPrivileged);
  Becomes("args=(\n  --rm\n  --privileged)\ndocker run \"${args[@]}\" alpine\n", off,
          "args=(\n  --rm)\ndocker run \"${args[@]}\" alpine\n", kPrivileged);
  EXPECT_EQ(reaches_, "");
  // Which of them is meant, a place does not say.
  EXPECT_EQ(Refusal("args=(--privileged --rm)\ndocker run \"${args[@]}\" alpine\n", NoPrivileged),
            "several values come out of this word");
}

TEST_F(EditCommandTest, RemovesInsideTextsThatAShellReads) {
  Becomes("sh -c 'docker run --privileged alpine'\n", NoPrivileged, "sh -c 'docker run alpine'\n",
          kPrivileged);
  Becomes("sh -c \"docker run \\\n  --privileged \\\n  alpine\"\n", NoPrivileged,
          "sh -c \"docker run \\\n  alpine\"\n", kPrivileged);
  Becomes("bash <<E\ndocker run \\\n  --privileged \\\n  alpine\nE\n", NoPrivileged,
          "bash <<E\ndocker run \\\n  alpine\nE\n", kPrivileged);
  Becomes("alias d='docker run --privileged'\nd alpine\n", NoPrivileged,
          "alias d='docker run'\nd alpine\n", kPrivileged);
  Becomes("alias d='docker run'\nd --privileged alpine\n", NoPrivileged,
          "alias d='docker run'\nd alpine\n", kPrivileged);
}

TEST_F(EditCommandTest, RemovesOptionsOfOtherCommands) {
  const std::string text = "docker exec \\\n  --privileged \\\n  -it web sh\n";
  const Script script(text);
  ASSERT_EQ(script.document.commands.size(), 1U);
  const Changes changes{Remove(script.document.commands[0].privileged.whole),
                        Remove(script.document.commands[0].tty.whole)};
  const Edited edited = EditCommand({script.document, script.sources}, nullptr, changes);
  EXPECT_EQ(Applied(text, edited.edits), "docker exec \\\n  -i web sh\n") << edited.refused;
}

TEST_F(EditCommandTest, LeavesWhatIsNotOneFlag) {
  // podman takes several in one value.
  EXPECT_EQ(Refusal("podman run --cap-add=ALL,NET_ADMIN alpine\n", NoCapability),
            "the flag has several values");
  EXPECT_EQ(Refusal("docker run --cap-add=ALL alpine)\n", NoCapability),
            "a syntax error stands here");
  EXPECT_EQ(Refusal("# \xFF\ndocker run --privileged alpine\n", NoPrivileged),
            "the file is not UTF-8");
  EXPECT_EQ(Refusal("sh -c \"docker run --cap-add=\\\"ALL\\\" alpine\"\n", NoCapability),
            "the command stands in quotes with escapes");
}

}  // namespace
}  // namespace cagelint::input
