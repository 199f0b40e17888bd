// Arrays that several commands expand, networks with addresses, and what stands behind an error.
#include "tests/unit/input/edit_command_sample.h"

namespace cagelint::input {
namespace {

using model::Append;
using model::Container;
using model::Remove;
using model::Set;
using model::SetOf;
using Changes = std::vector<model::Change>;

const Changes kReadOnly{Set("read_only", "true")};
const Settings kIsReadOnly{{"read_only", "true"}};
constexpr std::string_view kShared = "the array is used by other commands, too";

class EditSharedArrayTest : public EditCommandTest {
 protected:
  // What is said of a change inside the array that the first container's mount comes from.
  static std::string ReachOf(const std::string& text, int container = 0) {
    SCOPED_TRACE(text);
    const Script script(text);
    const auto index = static_cast<std::size_t>(container);
    if (index >= script.document.containers.size()) return "there is no such container";
    const auto& mounts = script.document.containers[index].mounts.items;
    if (mounts.empty()) return "there is no mount";
    const Edited edited =
        script.Edit({SetOf("mounts.size", "64m", mounts.front().whole)}, container);
    EXPECT_EQ(edited.refused, "");
    return edited.reaches;
  }
};

TEST_F(EditSharedArrayTest, WhateverElseExpandsItIsSaid) {
  const std::string array = "a=(--tmpfs /x)\n";
  const std::string run = "docker run \"${a[@]}\" alpine\n";
  EXPECT_EQ(ReachOf(array + run), "");
  EXPECT_EQ(ReachOf(array + "docker run ${a[@]+\"${a[@]}\"} alpine\n"), "");
  for (const char* other :
       {"mount \"${a[@]}\"\n", "echo \"${a[*]}\"\n", "test ${#a[@]} -gt 0\n",
        "x=$(f \"${a[@]}\")\n", "for w in \"${a[@]}\"; do echo \"$w\"; done\n",
        "cat <<E\n${a[*]}\nE\n", "b=(\"${a[@]}\")\nmount \"${b[@]}\"\n",
        "if true; then mount \"${a[@]}\"; fi\n", "f() {\n  mount \"${a[@]}\"\n}\n"}) {
    EXPECT_EQ(ReachOf(array + run + other), kShared) << other;
  }
  EXPECT_EQ(ReachOf(array + "mount \"${a[@]}\"\n" + run), kShared);
  EXPECT_EQ(ReachOf(array + "b=(\"${a[@]}\")\ndocker run \"${b[@]}\" alpine\n"), "");
  EXPECT_EQ(ReachOf(array + "b=(\"${a[@]}\")\ndocker run \"${b[@]}\" alpine\ncat \"${b[@]}\"\n"),
            kShared);
}

TEST_F(EditSharedArrayTest, AnArrayThatIsGivenAnewIsAnother) {
  const std::string first = "a=(--tmpfs /x)\ndocker run \"${a[@]}\" alpine\n";
  EXPECT_EQ(ReachOf(first + "a=(/y)\nmount \"${a[@]}\"\n"), "");
  EXPECT_EQ(ReachOf("mount \"${a[@]}\"\n" + first), "");
  // It goes on, or may.
  EXPECT_EQ(ReachOf(first + "a+=(/y)\nmount \"${a[@]}\"\n"), kShared);
  EXPECT_EQ(ReachOf(first + "if x; then a=(/y); fi\nmount \"${a[@]}\"\n"), kShared);
  EXPECT_EQ(ReachOf(first + "x && a=(/y)\nmount \"${a[@]}\"\n"), kShared);
  EXPECT_EQ(ReachOf("while read -r i; do\nmount \"${a[@]}\"\n" + first + "done\n"), kShared);
  EXPECT_EQ(ReachOf("a=()\nwhile read -r i; do\nmount \"${a[@]}\"\n" + first + "done\n"), kShared);
  EXPECT_EQ(ReachOf("while read -r i; do\na=()\nmount \"${a[@]}\"\n" + first + "done\n"), "");
}

TEST_F(EditSharedArrayTest, FunctionsHaveTheirOwn) {
  const auto function = [](const std::string& name, const std::string& body) {
    return name + "() {\n" + body + "}\n";
  };
  const std::string run = "local a=(--tmpfs /x)\ndocker run \"${a[@]}\" alpine\n";
  const std::string other = "local a=(/y)\nmount \"${a[@]}\"\n";
  EXPECT_EQ(ReachOf(function("f", run) + function("g", other) + "f\ng\n"), "");
  EXPECT_EQ(ReachOf(function("f", run) + "f\nmount \"${a[@]}\"\n"), "");
  EXPECT_EQ(ReachOf(function("f", run.substr(6)) + "f\nmount \"${a[@]}\"\n"), kShared);
  EXPECT_EQ(
      ReachOf(function("f", "docker run \"$@\" alpine\n") + "a=(--tmpfs /x)\nf \"${a[@]}\"\n"), "");
}

TEST_F(EditSharedArrayTest, ManyUsesEndTheSearch) {
  std::string text = "a=(--tmpfs /x)\ndocker run \"${a[@]}\" alpine\n";
  for (int i = 0; i < 200; ++i) text += "a=(y)\necho \"${a[@]}\"\n";
  EXPECT_EQ(ReachOf(text), kShared);
}

TEST_F(EditSharedArrayTest, FlagsStandInTheCommandThatWantsThem) {
  Becomes(
      "A=(-v /s:/a alpine)\ndocker run \"${A[@]}\" x\ndocker create \"${A[@]}\" z\n", kReadOnly,
      "A=(-v /s:/a alpine)\ndocker run --read-only \"${A[@]}\" x\ndocker create \"${A[@]}\" z\n",
      kIsReadOnly);
  EXPECT_EQ(reaches_, "");
  Becomes(
      "A=(-v /s:/a alpine)\ndocker run \"${A[@]}\" x\ndocker run --network host \"${A[@]}\" y\n",
      kReadOnly,
      "A=(-v /s:/a alpine)\ndocker run \"${A[@]}\" x\n"
      "docker run --network host --read-only \"${A[@]}\" y\n",
      kIsReadOnly, 1);
  EXPECT_EQ(reaches_, "");
  // One command's own array keeps its style.
  Becomes("A=(-v /s:/a alpine)\ndocker run \"${A[@]}\" x\n", kReadOnly,
          "A=(-v /s:/a --read-only alpine)\ndocker run \"${A[@]}\" x\n", kIsReadOnly);
}

TEST_F(EditCommandTest, WithoutANetworkThereAreNoAddresses) {
  const Changes none{Set("network_mode", "none")};
  const Settings is_none{{"network_mode", "none"}, {"networks", "none"}};
  Becomes("docker run --network name=foo,ip=1.2.3.4 alpine\n", none,
          "docker run --network none alpine\n", is_none);
  Becomes("docker run --network=alias=x,name=foo alpine\n", none,
          "docker run --network=none alpine\n", is_none);
  Becomes(
      "docker run --network foo --ip 1.2.3.4 --ip6=::1 --link-local-ip 169.254.1.1 \\\n"
      "  --network-alias a \\\n  --net-alias=b --mac-address 02:42:ac:11:00:02 alpine\n",
      none, "docker run --network none --mac-address 02:42:ac:11:00:02 alpine\n", is_none);
  Becomes("A=(--network foo --ip 1.2.3.4)\ndocker run \"${A[@]}\" alpine\n", none,
          "A=(--network none)\ndocker run \"${A[@]}\" alpine\n", is_none);
  // All of the flag goes with the network that it names.
  Becomes("docker run --network name=host --rm alpine\n",
          [](const Container& c) { return Changes{Remove(c.network_mode.whole)}; },
          "docker run --rm alpine\n", {{"network_mode", ""}, {"networks", ""}});
  // Another network keeps them.
  Becomes("docker run --network foo --ip 1.2.3.4 alpine\n", {Set("network_mode", "bar")},
          "docker run --network bar --ip 1.2.3.4 alpine\n",
          {{"network_mode", "bar"}, {"networks", "bar"}});
}

TEST_F(EditCommandTest, NothingIsEditedBehindASyntaxError) {
  const std::string run = "docker run alpine\n";
  for (const char* open : {"if true; then\n", "f() {\n", "while true; do\n", "case x in a)\n",
                           "(\n", "for i in 1; do\n  fi\n", "fi\n"})
    EXPECT_EQ(Refusal(open + run, kReadOnly), "a syntax error stands here") << open;
  // In front of it, and beside a text with one.
  for (const std::string end : {"if true; then\n  x\n", "sh -c 'if true; then x'\n"}) {
    const Edited edited = Script(run + end).Edit(kReadOnly);
    EXPECT_EQ(edited.refused, "");
    EXPECT_EQ(Applied(run + end, edited.edits), "docker run --read-only alpine\n" + end);
  }
  EXPECT_EQ(Script("sh -c 'if true; then x'\n" + run).Edit(kReadOnly).refused, "");
  EXPECT_EQ(Refusal("sh -c 'if true; then docker run alpine'\n", kReadOnly),
            "a syntax error stands here");
}

}  // namespace
}  // namespace cagelint::input
