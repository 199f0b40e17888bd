// What stays while a text is half typed, and what does not.
#include <gtest/gtest.h>

#include "linter/lsp/settings.h"
#include "tests/support/lsp_editor.h"

namespace cagelint::lsp {
namespace {

using test::CodesOf;
using test::LspEditor;
using test::RangeOf;
using test::UriOf;
using Json = LspEditor::Json;

constexpr std::chrono::milliseconds kDebounce{150};

class LspKept : public testing::Test {
 protected:
  LspKept() { editor_.Start(); }

  // What is shown after all of `name` was replaced.
  Json After(const std::string& name, std::string_view text) {
    editor_.Received();
    editor_.Change(UriOf(name), ++version_, nullptr, text);
    editor_.Wait(kDebounce);
    return editor_.Published(UriOf(name));
  }
  Json Open(const std::string& name, std::string_view text) {
    editor_.Open(UriOf(name), text);
    return editor_.Published(UriOf(name));
  }
  static bool Has(const Json& diagnostics, std::string_view code) {
    const auto codes = CodesOf(diagnostics);
    return std::find(codes.begin(), codes.end(), code) != codes.end();
  }

  LspEditor editor_;
  int version_ = 1;
};

TEST_F(LspKept, NothingOfWhatIsNoInputAnyMore) {
  const std::string python = "import subprocess\n";
  const std::string run = "subprocess.run([\"docker\", \"run\", \"--privileged\", \"alpine\"])\n";
  ASSERT_TRUE(Has(Open("x.py", python + run), "privileged"));
  EXPECT_EQ(After("x.py", python + "# " + run), Json::array());
  const std::string make = "all:\n\tdocker run --privileged alpine\n";
  ASSERT_TRUE(Has(Open("Makefile", make), "privileged"));
  EXPECT_EQ(After("Makefile", "all:\n\techo run --privileged alpine\n"), Json::array());
  const std::string compose = "services:\n  a:\n    image: x:1\n    privileged: true\n";
  ASSERT_TRUE(Has(Open("x.yaml", compose), "privileged"));
  EXPECT_EQ(After("x.yaml", "#services:\n#  a:\n#    image: x:1\n#    privileged: true\n"),
            Json::array());
}

TEST_F(LspKept, NothingOnceTheConfigurationExcludesIt) {
  ASSERT_TRUE(Has(Open("compose.yaml", "services:\n  a:\n    privileged: true\n"), "privileged"));
  editor_.Files().Add(".cagelint.yaml", "exclude: [compose.yaml]\n");
  editor_.Tell("workspace/didChangeWatchedFiles",
               {{"changes", Json::array({{{"uri", UriOf(".cagelint.yaml")}, {"type", 1}}})}});
  editor_.Wait(kDebounce);
  EXPECT_EQ(editor_.Published(UriOf("compose.yaml")), Json::array());
}

TEST_F(LspKept, WhatIsHalfTypedAndNoReaderTakesKeepsTheOthers) {
  const std::string good = "services:\n  a:\n    privileged: true\n  b:\n    image: x:1\n";
  ASSERT_TRUE(Has(Open("x.yaml", good), "privileged"));
  const Json shown = After("x.yaml", good + "    ports: [\n");
  EXPECT_TRUE(Has(shown, "privileged")) << shown;
}

TEST_F(LspKept, NothingOfAContainerThatWasJudged) {
  const std::string first = "docker run alpine\n";
  ASSERT_TRUE(Has(Open("run.sh", first + "echo\n"), "unlimited-pids"));
  EXPECT_TRUE(Has(After("run.sh", first + "if\n"), "unlimited-pids")) << "it still is so";
  const Json fixed = After("run.sh", "docker run --pids-limit=256 alpine\nif\n");
  EXPECT_FALSE(Has(fixed, "unlimited-pids")) << fixed;
}

TEST_F(LspKept, NothingThatIsMissingWhereSomethingWasAdded) {
  const std::string a = "services:\n  a:\n    image: x:1\n";
  const std::string b = "  b:\n    image: x:1\n    privileged: true\n";
  const std::string broken = "    cap_add: [\n";
  ASSERT_TRUE(Has(Open("compose.yaml", a + b), "unlimited-pids"));
  const Json before = After("compose.yaml", a + b + broken);
  const auto count = [](const Json& shown, std::string_view code) {
    const auto codes = CodesOf(shown);
    return std::count(codes.begin(), codes.end(), code);
  };
  EXPECT_EQ(count(before, "unlimited-pids"), 1) << "of `a`, which nobody touched: " << before;
  EXPECT_EQ(count(before, "privileged"), 1);
}

TEST_F(LspKept, NothingOnAWordThatGrew) {
  const std::string text = "services:\n  a:\n    cap_add: [SYS_ADMIN]\n";
  ASSERT_TRUE(Has(Open("compose.yaml", text), "dangerous-capability"));
  const Json shown = After("compose.yaml", "services:\n  a:\n    cap_add: [SYS_ADMINX\n");
  EXPECT_FALSE(Has(shown, "dangerous-capability")) << shown;
}

TEST(LspUnsaved, TwoOfOneNameAreTwo) {
  LspEditor editor;
  editor.Start({{"textDocument",
                 {{"codeAction", {{"codeActionLiteralSupport", Json::object()}}},
                  {"publishDiagnostics", {{"relatedInformation", true}}}}},
                {"workspace", {{"workspaceEdit", {{"documentChanges", true}}}}}});
  editor.Open("untitled:/p1/run.sh", "echo p1\n", "shellscript");
  editor.Open("untitled:/p2/run.sh", "docker run alpine\n", "shellscript");
  const Json actions =
      editor.Ask("textDocument/codeAction", {{"textDocument", {{"uri", "untitled:/p2/run.sh"}}},
                                             {"range", RangeOf(0, 0, 0, 0)},
                                             {"context", {{"diagnostics", Json::array()}}}});
  int edits = 0;
  for (const Json& action : actions)
    for (const Json& change : action.value("/edit/documentChanges"_json_pointer, Json::array())) {
      ++edits;
      EXPECT_EQ(change.at("/textDocument/uri"_json_pointer), "untitled:/p2/run.sh");
    }
  EXPECT_GT(edits, 3);
}

TEST(LspPull, WhoTakesNoRelatedFilesIsToldOfThem) {
  LspEditor editor;
  const std::string other = UriOf("compose.override.yaml");
  editor.Files().Add("compose.override.yaml", "services: {web: {network_mode: host}}\n");
  editor.Start({{"textDocument", {{"diagnostic", Json::object()}}},
                {"workspace", {{"diagnostics", {{"refreshSupport", true}}}}}});
  const Json params = {{"textDocument", {{"uri", UriOf("compose.yaml")}}}};
  editor.Open(UriOf("compose.yaml"), "services:\n  web:\n    image: nginx:1.27\n");
  editor.Ask("textDocument/diagnostic", params);
  EXPECT_FALSE(editor.Published(other).empty());
  // From now on it asks for that one as well.
  editor.Open(other, "services: {web: {network_mode: host}}\n");
  EXPECT_EQ(editor.Published(other), Json::array());
}

TEST(LspPull, WhatWasSaidOfARelatedFileIsTakenBack) {
  LspEditor editor;
  const std::string other = UriOf("compose.override.yaml");
  editor.Files().Add("compose.override.yaml", "services: {web: {network_mode: host}}\n");
  editor.Start({{"textDocument", {{"diagnostic", {{"relatedDocumentSupport", true}}}}},
                {"workspace", {{"diagnostics", {{"refreshSupport", true}}}}}});
  const Json params = {{"textDocument", {{"uri", UriOf("compose.yaml")}}}};
  editor.Open(UriOf("compose.yaml"), "services:\n  web:\n    image: nginx:1.27\n");
  EXPECT_FALSE(editor.Ask("textDocument/diagnostic", params)
                   .at("relatedDocuments")
                   .at(other)
                   .at("items")
                   .empty());
  editor.Files().Add("compose.override.yaml", "services: {}\n");
  editor.Tell("workspace/didChangeWatchedFiles",
              {{"changes", Json::array({{{"uri", other}, {"type", 2}}})}});
  const Json second = editor.Ask("textDocument/diagnostic", params);
  EXPECT_EQ(second.at("relatedDocuments").at(other).at("items"), Json::array());
  const Json third = editor.Ask("textDocument/diagnostic", params);
  EXPECT_FALSE(third.contains("relatedDocuments"));
}

TEST(LspSettings, WhatSpeaksOfSomethingElseChangesNothing) {
  const std::string compose = UriOf("compose.yaml");
  LspEditor editor;
  editor.Start(Json::object(),
               {{"initializationOptions", {{"ignore", Json::array({"privileged"})}}}});
  editor.Open(compose, "services:\n  a:\n    privileged: true\n");
  Json shown;
  const auto found = [&] {
    if (Json now = editor.Published(compose); !now.is_null()) shown = std::move(now);
    const auto codes = CodesOf(shown);
    return std::find(codes.begin(), codes.end(), "privileged") != codes.end();
  };
  EXPECT_FALSE(found());
  for (const Json& settings :
       {Json::object(), Json{{"yaml", {{"x", 1}}}}, Json{{"cagelint", nullptr}}, Json(nullptr)}) {
    editor.Tell("workspace/didChangeConfiguration", {{"settings", settings}});
    EXPECT_FALSE(found()) << settings;
  }
  editor.Tell("workspace/didChangeConfiguration",
              {{"settings", {{"cagelint", {{"strict", false}, {"minSeverity", "info"}}}}}});
  EXPECT_TRUE(found());
}

TEST(LspSettings, EachNameIsRead) {
  for (const std::string_view name : Settings::Names()) {
    std::vector<std::string> problems;
    Settings::From({{std::string(name), {{"of", "no type"}}}}, problems);
    ASSERT_EQ(problems.size(), 1U) << name;
    EXPECT_NE(problems[0].find(name), std::string::npos) << problems[0];
  }
}

TEST(LspSettings, APolicyIsTakenAsItIsInTheEditor) {
  const std::string compose = UriOf("compose.yaml");
  LspEditor editor;
  editor.Files().Add("pol.yaml", "rules: {privileged: error}\n");
  editor.Start(Json::object(), {{"initializationOptions", {{"policy", "pol.yaml"}}}});
  editor.Open(compose, "services:\n  a:\n    privileged: true\n");
  const auto has = [&] {
    const auto codes = CodesOf(editor.Published(compose));
    return std::find(codes.begin(), codes.end(), "privileged") != codes.end();
  };
  ASSERT_TRUE(has());
  editor.Open(UriOf("pol.yaml"), "rules: {privileged: off}\n");
  editor.Wait(kDebounce);
  EXPECT_FALSE(has());
}

TEST(LspFiles, AFolderThatGoesTakesWhatIsInItAlong) {
  LspEditor editor;
  editor.Files().Add("sub/prof.json", R"({"defaultAction": "SCMP_ACT_ALLOW"})");
  editor.Start();
  editor.Open(UriOf("run.sh"), "docker run --security-opt seccomp=sub/prof.json x\n", "sh");
  editor.Received();
  editor.Tell("workspace/didChangeWatchedFiles",
              {{"changes", Json::array({{{"uri", UriOf("sub")}, {"type", 3}}})}});
  editor.Wait(kDebounce);
  EXPECT_FALSE(editor.Published(UriOf("run.sh")).is_null()) << "it is judged again";
}

TEST(LspClient, ActionsHaveKindsForThoseWhoKnowThem) {
  LspEditor plain;
  EXPECT_EQ(plain.Start().at("capabilities").at("codeActionProvider"), true);
  LspEditor editor;
  const Json can = editor.Start(
      {{"textDocument", {{"codeAction", {{"codeActionLiteralSupport", Json::object()}}}}}});
  EXPECT_TRUE(can.at("capabilities").at("codeActionProvider").contains("codeActionKinds"));
}

}  // namespace
}  // namespace cagelint::lsp
