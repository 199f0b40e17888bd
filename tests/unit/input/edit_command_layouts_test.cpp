// Every change in every layout: the model has what was asked for and nothing else, whatever way the
// command is written.
#include "tests/unit/input/edit_command_sample.h"

namespace cagelint::input {
namespace {

using model::Append;
using model::Container;
using model::Remove;
using model::Set;
using model::SetOf;
using Changes = std::vector<model::Change>;

// All of them start the same container: `--privileged --name x -v /a:/b -p 80:80 --memory 8g`.
constexpr std::string_view kLayouts[] = {
    "docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh\n",
    "docker run --privileged --name=x -v=/a:/b -p80:80 --memory=8g alpine sh",
    "  docker   run  --privileged --name \"x\" -v '/a:/b' -p \"80:80\" --memory \"8g\" 'alpine' "
    "sh\n",
    "docker run \\\n  --privileged \\\n  --name x \\\n  -v /a:/b \\\n  -p 80:80 \\\n  --memory 8g "
    "\\\n  alpine sh\n",
    "docker run \\\r\n\t--privileged \\\r\n\t--name x \\\r\n\t-v /a:/b \\\r\n\t-p 80:80 \\\r\n\t"
    "--memory 8g \\\r\n\talpine sh\r\n",
    "docker run --privileged --name x \\\n  -v /a:/b -p 80:80 --memory 8g \\\n  alpine sh\n",
    "docker run \\\n  --name x \\\n  -v \\\n    /a:/b \\\n  -p 80:80 \\\n  --memory \\\n    8g "
    "\\\n  "
    "--privileged alpine \\\n  sh\n",
    "\xEF\xBB\xBF"
    "docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh\n",
    "#!/bin/sh\nset -e # a\nsudo docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g "
    "alpine sh || exit # b\n",
    "if x; then docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh; fi\n",
    "id=$(docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh)\n",
    "id=`docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh`\n",
    "docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh >log 2>&1 &\n",
    "docker run >log --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh\n",
    "A=1 timeout 5 docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh\n",
    "sh -c 'docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh'\n",
    "sh -c \"docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh\"\n",
    "sh -c 'echo; docker run \\\n  --privileged \\\n  --name x \\\n  -v /a:/b \\\n  -p 80:80 \\\n  "
    "--memory 8g \\\n  alpine sh'\n",
    "sh -c 'A=\"ü\" docker run --privileged --name \"x\" -v \"/a:/b\" -p 80:80 --memory \"8g\" "
    "alpine sh'\n",
    "ssh h docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh\n",
    "eval \"docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh\"\n",
    "bash <<E\ndocker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine sh\nE\n",
    "bash <<-'E'\n\tdocker run \\\n\t  --privileged \\\n\t  --name x \\\n\t  -v /a:/b \\\n\t  -p "
    "80:80 \\\n\t  --memory 8g \\\n\t  alpine sh\n\tE\n",
    "f() {\n  docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g \"$1\" sh\n}\nf "
    "alpine\n",
    "IMAGE=alpine\ndocker run --privileged --name x -v /a:/b -p 80:80 --memory 8g $IMAGE sh\n",
    "docker run --privileged --name x -v /a:/b -p 80:80 --memory 8g ${IMAGE:-alpine} sh\n",
    "args=(sh)\ndocker run --privileged --name x -v /a:/b -p 80:80 --memory 8g alpine "
    "\"${args[@]}\"\n",
    "args=(alpine sh)\ndocker run --privileged --name x -v /a:/b -p 80:80 --memory 8g "
    "\"${args[@]}\"\n",
    "args=(--name x)\ndocker run \"${args[@]}\" --privileged -v /a:/b -p 80:80 --memory 8g alpine "
    "sh\n",
    "args=(\n  --name x  # c\n  alpine sh\n)\ndocker run --privileged -v /a:/b -p 80:80 --memory "
    "8g \"${args[@]}\"\n",
};

struct Case {
  const char* name;
  Changes (*changes)(const Container&);
  Settings members;  // of the container, that become this
};

const Case kCases[] = {
    {"switch",
     [](const Container&) -> Changes { return {Set("read_only", "true")}; },
     {{"read_only", "true"}}},
    {"switch off",
     [](const Container&) -> Changes { return {Set("privileged", "false")}; },
     {{"privileged", ""}}},
    {"value",
     [](const Container&) -> Changes { return {Set("pids_limit", "256")}; },
     {{"pids_limit", "256"}}},
    {"other value",
     [](const Container&) -> Changes { return {Set("memory", "512m")}; },
     {{"memory", "536870912"}}},
    {"elements",
     [](const Container&) -> Changes {
       return {Append("cap_drop", "ALL"), Append("mounts", "/tmp:size=64m")};
     },
     {{"cap_drop", "ALL"}, {"mounts", "bind|/a|/b|| tmpfs||/tmp||67108864"}}},
    {"bare flag",
     [](const Container& c) -> Changes { return {Remove(c.privileged.whole)}; },
     {{"privileged", ""}}},
    {"flag",
     [](const Container& c) -> Changes { return {Remove(c.memory.whole)}; },
     {{"memory", ""}}},
    {"port",
     [](const Container& c) -> Changes { return {Remove(c.ports.items.at(0).whole)}; },
     {{"ports", ""}}},
    {"mount",
     [](const Container& c) -> Changes { return {Remove(c.mounts.items.at(0).whole)}; },
     {{"mounts", ""}}},
    {"read-only mount",
     [](const Container& c) -> Changes {
       return {SetOf("mounts.read_only", "true", c.mounts.items.at(0).whole)};
     },
     {{"mounts", "bind|/a|/b|true|"}}},
    {"port's address",
     [](const Container& c) -> Changes {
       return {SetOf("ports.host_ip", "::1", c.ports.items.at(0).whole)};
     },
     {{"ports", "::1|80|80|tcp"}}},
    {"replaced value",
     [](const Container& c) -> Changes { return {model::Replace(c.memory.value_span, "1g")}; },
     {{"memory", "1073741824"}}},
    {"all",
     [](const Container& c) -> Changes {
       return {
           Remove(c.privileged.whole),         Remove(c.ports.items.at(0).whole),
           Remove(c.mounts.items.at(0).whole), Set("memory", "1g"),
           Set("read_only", "true"),           Append("security_opt", "no-new-privileges:true")};
     },
     {{"privileged", ""},
      {"ports", ""},
      {"mounts", ""},
      {"memory", "1073741824"},
      {"read_only", "true"},
      {"security_opt", "no-new-privileges=true"}}},
};

class EditCommandLayoutsTest : public EditCommandTest {};

TEST_F(EditCommandLayoutsTest, DoesWhatWasAskedForAndNothingElse) {
  for (const std::string_view layout : kLayouts) {
    const std::string text(layout);
    const Script script(text);
    ASSERT_EQ(script.document.containers.size(), 1U) << text;
    const Settings before = script.All()[0];
    EXPECT_EQ(before.at("memory"), "8589934592") << text;
    for (const Case& one : kCases) {
      SCOPED_TRACE(text + one.name);
      const Edited edited = script.Edit(one.changes(script.First()));
      // What is read twice takes no quotes, and `[` needs them.
      if (text.starts_with("ssh") && std::string_view(one.name) == "port's address") {
        EXPECT_NE(edited.refused, "");
        continue;
      }
      EXPECT_EQ(edited.refused, "");
      EXPECT_EQ(edited.reaches, "");
      const std::string after = Applied(text, edited.edits);
      SCOPED_TRACE(after);
      const Script again(after);
      Settings expected = before;
      for (const auto& [name, value] : one.members) expected[name] = value;
      std::erase_if(expected, [](const auto& entry) { return entry.second.empty(); });
      ASSERT_EQ(again.document.containers.size(), 1U);
      EXPECT_EQ(again.All()[0], expected);
      EXPECT_TRUE(again.document.gaps.empty());
      // Carriage returns, and what ends the file, stay in their places.
      EXPECT_EQ(after.ends_with('\n'), text.ends_with('\n'));
      if (text.find('\r') == std::string::npos) continue;
      for (std::size_t at = 0; (at = after.find('\n', at)) != std::string::npos; ++at) {
        EXPECT_EQ(after[at - 1], '\r');
      }
    }
  }
}

}  // namespace
}  // namespace cagelint::input
