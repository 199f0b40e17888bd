// What is offered about findings, and what comes of it.
#include <gtest/gtest.h>

#include "linter/lsp/positions.h"
#include "linter/lsp/text_document.h"
#include "tests/support/lsp_editor.h"

namespace cagelint::lsp {
namespace {

using test::CodesOf;
using test::LspEditor;
using test::UriOf;
using Json = LspEditor::Json;

const std::string kCompose = UriOf("compose.yaml");
const std::string kScript = UriOf("run.sh");

const Json kModern = {
    {"general", {{"positionEncodings", Json::array({"utf-16"})}}},
    {"workspace", {{"applyEdit", true}, {"workspaceEdit", {{"documentChanges", true}}}}},
    {"textDocument",
     {{"codeAction",
       {{"isPreferredSupport", true}, {"codeActionLiteralSupport", Json::object()}}}}}};

Json ActionsAt(LspEditor& editor, const std::string& uri, Json range, Json only = nullptr) {
  Json context = {{"diagnostics", Json::array()}};
  if (!only.is_null()) context["only"] = std::move(only);
  return editor.Ask("textDocument/codeAction", {{"textDocument", {{"uri", uri}}},
                                                {"range", std::move(range)},
                                                {"context", std::move(context)}});
}

// As a client makes them: all at once, from the end.
std::string Applied(const std::string& text, Json edits) {
  TextDocument document(text);
  std::sort(edits.begin(), edits.end(), [](const Json& a, const Json& b) {
    return RangeOf(b.at("range"))->begin < RangeOf(a.at("range"))->begin;
  });
  for (const Json& edit : edits) {
    const auto range = *RangeOf(edit.at("range"));
    document.Replace(range.begin, range.end, edit.at("newText").get<std::string>(),
                     PositionEncoding::kUtf16);
  }
  return document.Bytes();
}

const Json* Titled(const Json& actions, std::string_view part) {
  for (const Json& action : actions)
    if (action.at("title").get<std::string>().find(part) != std::string::npos) return &action;
  return nullptr;
}

const Json& EditsOf(const Json& action) {
  return action.at("edit").at("documentChanges").at(0).at("edits");
}

TEST(LspActions, AnUnsafeFixIsNamedAsSuchAndMakesItsFindingGo) {
  LspEditor editor;
  editor.Start(kModern);
  const std::string text = "x='\U0001F916'; docker run --privileged alpine:3.22 true\n";
  editor.Open(kScript, text, "shellscript");
  const Json actions = ActionsAt(editor, kScript, test::RangeOf(0, 22, 0, 22));
  const Json* fix = Titled(actions, "(unsafe");
  ASSERT_NE(fix, nullptr) << actions.dump(1);
  EXPECT_EQ(fix->at("kind"), "quickfix");
  EXPECT_FALSE(fix->contains("isPreferred"));
  EXPECT_EQ(CodesOf(fix->at("diagnostics")), std::vector<std::string>{"privileged"});
  EXPECT_EQ(fix->at("edit").at("documentChanges").at(0).at("textDocument"),
            Json({{"uri", kScript}, {"version", 1}}));
  const std::string after = Applied(text, EditsOf(*fix));
  EXPECT_EQ(after.find("--privileged"), std::string::npos);
  EXPECT_TRUE(after.starts_with("x='\U0001F916'; docker run ")) << after;
}

TEST(LspActions, ASafeFixIsPreferred) {
  LspEditor editor;
  editor.Start(kModern);
  const std::string text = "services: {web: {image: 'nginx:1.27'}}\n";
  editor.Open(kCompose, text);
  const Json actions = ActionsAt(editor, kCompose, test::RangeOf(0, 12, 0, 12));
  const Json* limit = Titled(actions, "256 processes");
  ASSERT_NE(limit, nullptr) << actions.dump(1);
  EXPECT_TRUE(limit->value("isPreferred", false));
  EXPECT_EQ(Applied(text, EditsOf(*limit)),
            "services: {web: {image: 'nginx:1.27', pids_limit: 256}}\n");
  for (const Json& action : actions)
    if (action.value("isPreferred", false)) {
      EXPECT_EQ(action.at("title").get<std::string>().find("unsafe"), std::string::npos);
    }
}

TEST(LspActions, AFindingIsSuppressedWithAReasonToBeFilledIn) {
  for (const auto& [uri, language, text, line, expected] :
       {std::tuple<std::string, std::string, std::string, int, std::string>{
            kScript, "shellscript", "true\n  docker run \\\n  --privileged alpine\n", 2,
            "true\n  # cagelint: ignore[privileged] say why this is meant\n  docker run \\\n"
            "  --privileged alpine\n"},
        {kCompose, "yaml", "services:\r\n  a:\r\n    image: b\r\n    privileged: true\r\n", 3,
         "services:\r\n  a:\r\n    image: b\r\n    # cagelint: ignore[privileged] say why "
         "this is meant\r\n    privileged: true\r\n"}}) {
    LspEditor editor;
    editor.Start(kModern);
    editor.Open(uri, text, language);
    const Json actions = ActionsAt(editor, uri, test::RangeOf(line, 0, line, 99));
    const Json* action = Titled(actions, "suppress `privileged` here");
    ASSERT_NE(action, nullptr) << actions.dump(1);
    EXPECT_EQ(Applied(text, EditsOf(*action)), expected);
  }
}

TEST(LspActions, WhatHasNoCommentsOffersNone) {
  LspEditor editor;
  editor.Start(kModern);
  const std::string uri = UriOf("seccomp.json");
  editor.Open(uri, "{\"defaultAction\": \"SCMP_ACT_ALLOW\"}\n", "json");
  ASSERT_FALSE(editor.Published(uri).empty());
  EXPECT_EQ(Titled(ActionsAt(editor, uri, test::RangeOf(0, 0, 0, 99)), "suppress"), nullptr);
}

TEST(LspActions, AllSafeFixesOfAFile) {
  LspEditor editor;
  editor.Start(kModern);
  const std::string text =
      "# \U0001F916\nversion: '3'\nservices: {web: {image: 'nginx:1.27', privileged: true}}\n";
  editor.Open(kCompose, text);
  const Json range = test::RangeOf(0, 0, 0, 0);
  const Json lazy = ActionsAt(editor, kCompose, range);
  const Json* command = Titled(lazy, "all safe fixes");
  ASSERT_NE(command, nullptr);
  EXPECT_EQ(command->at("command").at("command"), "cagelint.fixAll");
  for (const char* only : {"source.fixAll", "source.fixAll.cagelint", "source"}) {
    const Json actions = ActionsAt(editor, kCompose, range, Json::array({only}));
    ASSERT_EQ(actions.size(), 1u) << only;
    EXPECT_EQ(actions[0].at("kind"), "source.fixAll.cagelint");
    const std::string after = Applied(text, EditsOf(actions[0]));
    EXPECT_NE(after.find("privileged: true, pids_limit: 256"), std::string::npos)
        << "the other fixes are not safe: " << after;
    EXPECT_TRUE(after.starts_with("# \U0001F916\n")) << after;
  }
  EXPECT_EQ(ActionsAt(editor, kCompose, range, Json::array({"source.organizeImports"})),
            Json::array());
  for (const Json& action : ActionsAt(editor, kCompose, range, Json::array({"quickfix"})))
    EXPECT_EQ(action.at("kind"), "quickfix");
}

TEST(LspActions, HardeningIsACommandThatAsksForAnEdit) {
  LspEditor editor;
  editor.Start(kModern);
  const std::string text =
      "docker run --privileged alpine:3.22 true\ndocker run --pid host alpine:3.22 true\n";
  editor.Open(kScript, text, "shellscript");
  const Json actions = ActionsAt(editor, kScript, test::RangeOf(1, 3, 1, 3));
  const Json* action = Titled(actions, "harden");
  ASSERT_NE(action, nullptr) << actions.dump(1);
  Json call = action->at("command");
  call["workDoneToken"] = "t";
  editor.Received();
  EXPECT_EQ(editor.Ask("workspace/executeCommand", call), nullptr);
  const auto received = editor.Received();
  ASSERT_EQ(received.size(), 3u);
  EXPECT_EQ(received[0].at("params").at("value").at("kind"), "begin");
  EXPECT_EQ(received[1].at("method"), "workspace/applyEdit");
  EXPECT_EQ(received[2].at("params").at("value").at("kind"), "end");
  const std::string after = Applied(text, EditsOf(received[1].at("params")));
  EXPECT_TRUE(after.starts_with("docker run --privileged alpine:3.22 true\n")) << after;
  EXPECT_EQ(after.find("--pid host"), std::string::npos) << after;
  EXPECT_NE(after.find("--cap-drop ALL"), std::string::npos) << after;
  editor.Ask("workspace/executeCommand",
             {{"command", "cagelint.harden"}, {"arguments", Json::array({kScript})}});
  const auto whole = editor.Received();
  ASSERT_EQ(whole.size(), 1u);
  EXPECT_EQ(Applied(text, EditsOf(whole[0].at("params"))).find("--privileged"), std::string::npos);
}

class LspCancelling : public testing::TestWithParam<std::string> {};

TEST_P(LspCancelling, LongWorkIsCancelledWhileItGoesOn) {
  LspEditor editor;
  editor.Start(kModern);
  editor.Open(kScript, "docker run --privileged alpine:3.22 true\n", "shellscript");
  editor.Received();
  bool sent = false;
  editor.Server().OnPause([&] {
    if (std::exchange(sent, true)) return;
    editor.Server().Take({GetParam(), {}});
  });
  editor.Send({{"id", 7},
               {"method", "workspace/executeCommand"},
               {"params",
                {{"command", "cagelint.harden"},
                 {"arguments", Json::array({kScript})},
                 {"workDoneToken", "t"}}}});
  EXPECT_TRUE(sent);
  const auto received = editor.Received();
  ASSERT_EQ(received.size(), 3u) << "progress, and no edit";
  EXPECT_EQ(received[1].at("params").at("value").at("kind"), "end");
  EXPECT_EQ(received[2].at("error").at("code"), -32800);
}

INSTANTIATE_TEST_SUITE_P(
    Ways, LspCancelling,
    testing::Values(R"({"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}})",
                    R"({"jsonrpc":"2.0","method":"window/workDoneProgress/cancel","params":{)"
                    R"("token":"t"}})"));

TEST(LspActions, OldClientsGetChangesOrCommands) {
  LspEditor plain;
  plain.Start({{"textDocument", {{"codeAction", {{"codeActionLiteralSupport", Json::object()}}}}}});
  const std::string text = "docker run --privileged alpine:3.22 true\n";
  plain.Open(kScript, text, "shellscript");
  const Json actions = ActionsAt(plain, kScript, test::RangeOf(0, 12, 0, 12));
  ASSERT_FALSE(actions.empty());
  for (const Json& action : actions) {
    EXPECT_TRUE(action.at("edit").at("changes").contains(kScript)) << action;
    EXPECT_FALSE(action.contains("command")) << "it could not apply what comes of it";
  }
  LspEditor old;
  old.Start({{"workspace", {{"applyEdit", true}}}});
  old.Open(kScript, text, "shellscript");
  const Json commands = ActionsAt(old, kScript, test::RangeOf(0, 12, 0, 12));
  ASSERT_FALSE(commands.empty());
  old.Received();
  old.Ask("workspace/executeCommand",
          {{"command", commands[0].at("command")}, {"arguments", commands[0].at("arguments")}});
  const auto received = old.Received();
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].at("method"), "workspace/applyEdit");
  EXPECT_EQ(received[0].at("params").at("edit"), commands[0].at("arguments").at(0));
}

TEST(LspActions, FilesOfOthersAreNotEdited) {
  LspEditor editor;
  editor.Files().Add("/elsewhere/base.yaml",
                     "services: {base: {image: 'nginx:1.27', privileged: true}}\n");
  editor.Start(kModern);
  editor.Open(kCompose,
              "services: {web: {extends: {file: /elsewhere/base.yaml, service: base}}}\n");
  const Json actions = ActionsAt(editor, kCompose, test::RangeOf(0, 0, 0, 60));
  EXPECT_EQ(actions.dump().find("elsewhere"), std::string::npos) << actions.dump(1);
}

}  // namespace
}  // namespace cagelint::lsp
