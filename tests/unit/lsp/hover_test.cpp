// What is said of words, and what is shown at places.
#include <gtest/gtest.h>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "linter/lsp/meanings.h"
#include "linter/model/effective.h"
#include "tests/support/lsp_editor.h"

namespace cagelint::lsp {
namespace {

using test::LspEditor;
using test::UriOf;
using Json = LspEditor::Json;

bool IsRule(std::string_view id) {
  const auto rules = driver::Rules();
  return std::any_of(rules.begin(), rules.end(),
                     [&](const engine::Rule* rule) { return rule->info.id == id; });
}

TEST(LspMeanings, EverySettingHasOneAndNamesRulesThatExist) {
  const auto table = base::ParseCsv(embedded::Find("rules/data/settings.csv"));
  std::size_t settings = 0;
#define SETTING(type, member, flag, key)                                              \
  ++settings;                                                                         \
  EXPECT_TRUE(std::string_view(flag).empty() || MeaningOfFlag(flag)) << flag;         \
  EXPECT_TRUE(std::string_view(key).empty() || MeaningOfKey(key)) << key;             \
  EXPECT_TRUE(std::any_of(table.rows.begin(), table.rows.end(), [](const auto& row) { \
    return row[0] == #member;                                                         \
  })) << #member;
#define LIST SETTING
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
  EXPECT_EQ(table.rows.size(), settings) << "a row of the table is of no setting";
  for (const auto& row : table.rows)
    for (const std::string_view id : base::Split(row[table.Column("rules")], ' '))
      EXPECT_TRUE(id.empty() || IsRule(id)) << row[0] << ": " << id;
}

TEST(LspMeanings, EveryCapabilityHasOne) {
  for (const std::string& name : model::AllCapabilities()) {
    const auto meaning = MeaningOfCapability(name, model::Engine::kDocker);
    ASSERT_TRUE(meaning) << name;
    for (const std::string& id : meaning->rules) EXPECT_TRUE(IsRule(id)) << name << ": " << id;
  }
  const auto table = base::ParseCsv(embedded::Find("rules/data/capability_meanings.csv"));
  EXPECT_EQ(table.rows.size(), model::AllCapabilities().size());
  EXPECT_FALSE(MeaningOfCapability("CAP_NO_SUCH", model::Engine::kDocker));
}

TEST(LspMeanings, SystemCallsAndTheEnginesDefaults) {
  const auto mount = MeaningOfCall("mount");
  ASSERT_TRUE(mount);
  EXPECT_NE(mount->does.find("mount file systems"), std::string::npos);
  EXPECT_NE(mount->fallback.find("CAP_SYS_ADMIN"), std::string::npos) << mount->fallback;
  EXPECT_EQ(mount->rules, std::vector<std::string>{"seccomp-allows-mount"});
  const auto read = MeaningOfCall("read");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->fallback, "allowed by the profiles of all engines");
  EXPECT_FALSE(MeaningOfCall("no_such_call"));
}

class LspHover : public testing::Test {
 protected:
  // What is said of the first `word` in `text`; "" for nothing.
  std::string Of(const std::string& name, const std::string& text, const std::string& word) {
    LspEditor editor;
    editor.Start({{"textDocument",
                   {{"hover", {{"contentFormat", Json::array({"markdown", "plaintext"})}}}}}});
    editor.Open(UriOf(name), text);
    const std::size_t at = text.find(word);
    const auto line =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const std::size_t begin = text.rfind('\n', at) + 1;
    const Json hover = editor.Ask(
        "textDocument/hover",
        {{"textDocument", {{"uri", UriOf(name)}}},
         {"position", {{"line", line}, {"character", at - (begin > at ? 0 : begin) + 1}}}});
    return hover.is_null() ? "" : hover.at("contents").at("value").get<std::string>();
  }
};

TEST_F(LspHover, FlagsKeysAndCapabilities) {
  const std::string script = "echo --privileged\ndocker run --cap-add SYS_ADMIN -v /:/x alpine\n";
  EXPECT_NE(Of("run.sh", script, "--cap-add").find("gives capabilities"), std::string::npos);
  EXPECT_NE(Of("run.sh", script, "--cap-add").find("added-capability"), std::string::npos);
  EXPECT_NE(Of("run.sh", script, "-v /").find("--volume"), std::string::npos);
  const std::string admin = Of("run.sh", script, "SYS_ADMIN");
  EXPECT_NE(admin.find("`CAP_SYS_ADMIN` (capability)"), std::string::npos) << admin;
  EXPECT_NE(admin.find("docker does not give it"), std::string::npos) << admin;
  EXPECT_NE(admin.find("https://example.org/"), std::string::npos) << "rules are links: " << admin;
  EXPECT_EQ(Of("run.sh", script, "--privileged"), "") << "no container stands there";
  const std::string compose =
      "services:\n  web:\n    image: nginx:1.27\n    pid: host\n    cap_drop: [chown]\n";
  const std::string pid = Of("compose.yaml", compose, "pid");
  EXPECT_NE(pid.find("`pid` (key)"), std::string::npos) << pid;
  EXPECT_NE(pid.find("Default: its own."), std::string::npos) << pid;
  EXPECT_NE(Of("compose.yaml", compose, "chown").find("docker gives it"), std::string::npos);
  EXPECT_NE(Of("compose.yaml", compose, "host").find("host-pid"), std::string::npos)
      << "what was found there";
}

TEST_F(LspHover, NothingOfWordsThatAreNotWhatTheyLookLike) {
  EXPECT_EQ(Of("run.sh", "docker run --rm alpine ps -e -v /x\n", "-e"), "");
  EXPECT_EQ(Of("run.sh", "docker run alpine sh -c 'rm --privileged'\n", "--privileged"), "");
  EXPECT_EQ(Of("run.sh", "docker run alpine kill 5\n", "kill").find("capability"),
            std::string::npos);
  EXPECT_EQ(Of("run.sh", "docker run --name syslog alpine\n", "syslog").find("capability"),
            std::string::npos);
  EXPECT_NE(Of("run.sh", "docker run -p8080:80 alpine\n", "-p8080").find("--publish"),
            std::string::npos);
  const std::string head = "services:\n  web:\n    image: nginx:1.27\n";
  for (const std::string inner :
       {"    labels:\n      privileged: x\n", "    labels: {privileged: x}\n",
        "    command: [kill, --privileged]\n"})
    EXPECT_EQ(Of("compose.yaml", head + inner, "privileged"), "") << inner;
  for (const std::string inner :
       {"    privileged: true\n", "    \"privileged\" : true\n", "    privileged : true\n"})
    EXPECT_NE(Of("compose.yaml", head + inner, "privileged").find("(key)"), std::string::npos)
        << inner;
  EXPECT_NE(Of("compose.yaml", "services:\n  web: {image: x, pid: host}\n", "pid").find("(key)"),
            std::string::npos);
  EXPECT_EQ(
      Of("compose.yaml", "services:\n  web: {image: x, labels: {pid: host}}\n", "pid").find("key"),
      std::string::npos);
}

TEST_F(LspHover, SystemCallsOfAProfile) {
  const std::string profile =
      "{\"defaultAction\": \"SCMP_ACT_ERRNO\",\n\"syscalls\": [{\"names\": [\"ptrace\", \"read\"], "
      "\"action\": \"SCMP_ACT_ALLOW\"}]}\n";
  const std::string said = Of("seccomp.json", profile, "ptrace");
  EXPECT_NE(said.find("`ptrace` (system call)"), std::string::npos) << said;
  EXPECT_NE(said.find("seccomp-allows-ptrace"), std::string::npos) << said;
  EXPECT_NE(Of("seccomp.json", profile, "read").find("(system call)"), std::string::npos);
}

TEST_F(LspHover, WhatAnInputSaysIsNoMarkup) {
  const std::string said = Of(
      "run.sh",
      "# cagelint: ignore[privileged] <img src=x> ``x`` [a](b)\ndocker run --privileged alpine\n",
      "--privileged");
  EXPECT_NE(said.find("Suppressed by comment"), std::string::npos) << said;
  EXPECT_NE(said.find("`` <img src=x> ''x'' [a](b) ``"), std::string::npos) << said;
}

TEST(LspPlaces, LinksLeadToRulesAndProfiles) {
  LspEditor editor;
  editor.Files().Add("p.json", R"({"defaultAction": "SCMP_ACT_ERRNO"})");
  editor.Start();
  const std::string uri = UriOf("run.sh");
  editor.Open(uri,
              "# cagelint: ignore[root-user] needs it\n"
              "docker run --security-opt seccomp=p.json alpine\n",
              "shellscript");
  const Json links = editor.Ask("textDocument/documentLink", {{"textDocument", {{"uri", uri}}}});
  ASSERT_EQ(links.size(), 2u);
  EXPECT_EQ(links[0].at("range"), test::RangeOf(0, 19, 0, 28));
  EXPECT_EQ(links[0].at("target"), "https://example.org/rules/README.md#root-user");
  EXPECT_EQ(links[1].at("target"), UriOf("p.json"));
}

TEST(LspPlaces, HintsSayWhatContainersMayDoWhereTheyAreAskedFor) {
  LspEditor editor;
  editor.Start();
  const std::string uri = UriOf("run.sh");
  editor.Open(uri,
              "docker run alpine\ndocker run --cap-drop ALL --cap-add CHOWN alpine\n"
              "docker run --cap-drop ALL alpine\ndocker run \"$@\"\n",
              "shellscript");
  const Json params = {{"textDocument", {{"uri", uri}}}, {"range", test::RangeOf(0, 0, 9, 0)}};
  EXPECT_EQ(editor.Ask("textDocument/inlayHint", params), Json::array()) << "off by default";
  editor.Tell("workspace/didChangeConfiguration",
              {{"settings", {{"cagelint", {{"capabilityHints", true}}}}}});
  const Json hints = editor.Ask("textDocument/inlayHint", params);
  ASSERT_EQ(hints.size(), 3u) << "of the last nothing is known: " << hints.dump(1);
  EXPECT_EQ(hints[0].at("label"), "14 capabilities");
  EXPECT_EQ(hints[0].at("position"), Json({{"line", 0}, {"character", 10}}));
  EXPECT_EQ(hints[1].at("label"), "CHOWN");
  EXPECT_EQ(hints[2].at("label"), "no capabilities");
}

}  // namespace
}  // namespace cagelint::lsp
