// Every order in which a client may begin and end, and what is wrong with a message.
#include <gtest/gtest.h>

#include "tests/support/lsp_editor.h"

namespace cagelint::lsp {
namespace {

using test::LspEditor;
using Json = LspEditor::Json;

int CodeOf(const Json& answer) { return answer.at("error").at("code"); }

TEST(LspLifecycle, BeforeInitializeEverythingIsRefused) {
  LspEditor editor;
  EXPECT_EQ(CodeOf(editor.Ask("textDocument/hover", Json::object())), -32002);
  EXPECT_EQ(CodeOf(editor.Ask("no/such", Json::object())), -32002);
  EXPECT_EQ(CodeOf(editor.Ask("shutdown", nullptr)), -32002);
  editor.Open(test::UriOf("compose.yaml"), "services: {}");
  editor.Wait(std::chrono::seconds(1));
  EXPECT_TRUE(editor.Received().empty()) << "notifications are dropped";
  EXPECT_TRUE(editor.Start().contains("capabilities"));
}

TEST(LspLifecycle, ShutdownThenExitIsTheGoodEnd) {
  LspEditor editor;
  editor.Start();
  EXPECT_EQ(editor.Ask("shutdown", nullptr), nullptr);
  EXPECT_EQ(CodeOf(editor.Ask("textDocument/hover", Json::object())), -32600);
  EXPECT_EQ(CodeOf(editor.Ask("shutdown", nullptr)), -32600);
  editor.Open(test::UriOf("compose.yaml"), "services: {}");
  EXPECT_TRUE(editor.Received().empty());
  EXPECT_EQ(editor.Server().ExitCode(), std::nullopt);
  EXPECT_EQ(editor.Server().EndOfInput(), 0);
  editor.Tell("exit", nullptr);
  EXPECT_EQ(editor.Server().ExitCode(), 0);
}

TEST(LspLifecycle, ExitAloneIsABadEnd) {
  LspEditor early;
  early.Tell("exit", nullptr);
  EXPECT_EQ(early.Server().ExitCode(), 1);
  LspEditor editor;
  editor.Start();
  EXPECT_EQ(editor.Server().EndOfInput(), 1);
  editor.Tell("exit", nullptr);
  EXPECT_EQ(editor.Server().ExitCode(), 1);
}

TEST(LspLifecycle, InitializeComesOnce) {
  LspEditor editor;
  EXPECT_EQ(CodeOf(editor.Ask("initialize", nullptr)), -32602);
  editor.Start();
  EXPECT_EQ(CodeOf(editor.Ask("initialize", {{"capabilities", Json::object()}})), -32600);
}

TEST(LspLifecycle, WrongOptionsAreLogged) {
  LspEditor editor;
  editor.Ask("initialize",
             {{"capabilities", Json::object()},
              {"initializationOptions", {{"cagelint", {{"strict", "yes"}, {"debounce", -1}}}}}});
  const auto received = editor.Received();
  ASSERT_EQ(received.size(), 2u);
  for (const Json& message : received) EXPECT_EQ(message.at("method"), "window/logMessage");
}

TEST(LspLifecycle, ItIsSaidWhatTheServerCan) {
  LspEditor editor;
  const Json result = editor.Start();
  const Json& can = result.at("capabilities");
  EXPECT_EQ(can.at("positionEncoding"), "utf-16");
  EXPECT_EQ(can.at("textDocumentSync").at("change"), 2);
  EXPECT_FALSE(can.contains("diagnosticProvider")) << "nobody asked";
  EXPECT_EQ(result.at("serverInfo").at("name"), "cagelint");
}

TEST(LspLifecycle, TheFirstEncodingThatBothKnowIsTaken) {
  for (const auto& [offered, taken] : {std::pair<Json, std::string>{{"utf-8", "utf-16"}, "utf-8"},
                                       {{"utf-16", "utf-8"}, "utf-16"},
                                       {{"utf-7", "utf-32"}, "utf-32"},
                                       {{"utf-7"}, "utf-16"},
                                       {Json::array({1, nullptr}), "utf-16"},
                                       {7, "utf-16"}}) {
    LspEditor editor;
    const Json result = editor.Start({{"general", {{"positionEncodings", offered}}}});
    EXPECT_EQ(result.at("capabilities").at("positionEncoding"), taken) << offered;
  }
}

TEST(LspLifecycle, UnknownMethodsAreRefusedOrPassedBy) {
  LspEditor editor;
  editor.Start();
  EXPECT_EQ(CodeOf(editor.Ask("no/such", Json::object())), -32601);
  EXPECT_EQ(CodeOf(editor.Ask("$/private", Json::object())), -32601);
  editor.Tell("no/such", Json::object());
  editor.Tell("$/setTrace", {{"value", "verbose"}});
  EXPECT_TRUE(editor.Received().empty());
}

TEST(LspLifecycle, BrokenMessagesAreAnsweredAndTheServerGoesOn) {
  LspEditor editor;
  editor.Start();
  for (const char* body : {"{", "[]", "{}", "\xff", R"({"jsonrpc":"2.0","id":{},"method":"x"})"}) {
    editor.SendBody(body);
    const auto received = editor.Received();
    ASSERT_EQ(received.size(), 1u) << body;
    EXPECT_EQ(received[0].at("id"), nullptr) << body;
    EXPECT_TRUE(received[0].contains("error")) << body;
  }
  editor.SendFrame({{}, "a header without a length"});
  EXPECT_EQ(editor.Received().at(0).at("error").at("code"), -32700);
  EXPECT_EQ(editor.Ask("shutdown", nullptr), nullptr);
}

TEST(LspLifecycle, ResponsesThatNobodyWaitsForAreNothing) {
  LspEditor editor;
  editor.Start();
  editor.Send({{"id", 99}, {"result", nullptr}});
  editor.Send({{"id", "x"}, {"error", {{"code", 1}, {"message", ""}}}});
  EXPECT_TRUE(editor.Received().empty());
}

TEST(LspLifecycle, WrongTypesAreRefusedOrPassedBy) {
  LspEditor editor;
  editor.Start({{"workspace", {{"applyEdit", true}}}});
  const std::string uri = test::UriOf("compose.yaml");
  editor.Open(uri, "services: {}");
  const Json wrong[] = {nullptr,
                        Json::object(),
                        Json::array({1}),
                        {{"textDocument", 1}},
                        {{"textDocument", {{"uri", 1}}}},
                        {{"textDocument", {{"uri", uri}}}, {"position", {{"line", -1}}}},
                        {{"textDocument", {{"uri", uri}}}, {"range", {{"start", 1}}}},
                        {{"command", 1}},
                        {{"command", "cagelint.harden"}, {"arguments", Json::array({1})}},
                        {{"command", "cagelint.harden"}, {"arguments", {{"a", 1}}}},
                        {{"command", "rm"}, {"arguments", Json::array({uri})}}};
  for (const Json& params : wrong) {
    for (const char* method :
         {"textDocument/codeAction", "textDocument/hover", "textDocument/inlayHint",
          "textDocument/diagnostic", "textDocument/documentLink", "workspace/executeCommand"}) {
      const Json answer = editor.Ask(method, params);
      const bool has_document = std::string_view(method).ends_with("diagnostic") ||
                                std::string_view(method).ends_with("documentLink");
      if (has_document && params.is_object() && params.contains("textDocument") &&
          params.at("textDocument") == Json{{"uri", uri}})
        continue;
      EXPECT_EQ(CodeOf(answer), -32602) << method << " " << params;
    }
    for (const char* method :
         {"textDocument/didOpen", "textDocument/didChange", "textDocument/didClose",
          "textDocument/didSave", "workspace/didChangeConfiguration",
          "workspace/didChangeWatchedFiles", "workspace/didChangeWorkspaceFolders",
          "$/cancelRequest", "initialized"}) {
      if (std::string_view(method) == "textDocument/didClose" && params.is_object() &&
          params.contains("textDocument"))
        continue;
      editor.Tell(method, params);
    }
  }
  EXPECT_EQ(editor.Ask("shutdown", nullptr), nullptr);
}

TEST(LspLifecycle, WhatIsCancelledBeforeItsTurnIsNotDone) {
  LspEditor editor;
  editor.Start();
  const auto take = [&](Json message) {
    message["jsonrpc"] = "2.0";
    editor.Server().Take({message.dump(), {}});
  };
  take({{"id", 1}, {"method", "shutdown"}});
  take({{"method", "$/cancelRequest"}, {"params", {{"id", 1}}}});
  take({{"id", "two"}, {"method", "textDocument/hover"}, {"params", Json::object()}});
  take({{"method", "$/cancelRequest"}, {"params", {{"id", 77}}}});
  editor.Wait(std::chrono::seconds(0));
  const auto received = editor.Received();
  ASSERT_EQ(received.size(), 2u);
  EXPECT_EQ(received[0].at("id"), 1);
  EXPECT_EQ(CodeOf(received[0]), -32800);
  EXPECT_EQ(CodeOf(received[1]), -32602) << "it was not shut down";
}

}  // namespace
}  // namespace cagelint::lsp
