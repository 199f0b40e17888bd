// Documents as they are opened, changed and closed, and what is said of them.
#include <gtest/gtest.h>

#include "linter/driver/lint.h"
#include "tests/support/lsp_editor.h"

namespace cagelint::lsp {
namespace {

using std::chrono::milliseconds;
using test::CodesOf;
using test::LspEditor;
using test::RangeOf;
using test::UriOf;
using Json = LspEditor::Json;

constexpr milliseconds kDebounce{150};
const std::string kCompose = UriOf("compose.yaml");
constexpr std::string_view kPrivileged =
    "services:\n  web:\n    image: nginx:1.27\n    privileged: true\n";

bool Has(const Json& diagnostics, std::string_view code) {
  const auto codes = CodesOf(diagnostics);
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

TEST(LspDocuments, WhatIsFoundIsPublishedAtOnceWhenADocumentIsOpened) {
  LspEditor editor;
  editor.Start({{"textDocument", {{"publishDiagnostics", {{"versionSupport", true}}}}}});
  editor.Open(kCompose, kPrivileged);
  const auto received = editor.Received();
  ASSERT_EQ(received.size(), 1u);
  const Json& params = received[0].at("params");
  EXPECT_EQ(received[0].at("method"), "textDocument/publishDiagnostics");
  EXPECT_EQ(params.at("uri"), kCompose);
  EXPECT_EQ(params.at("version"), 1);
  ASSERT_TRUE(Has(params.at("diagnostics"), "privileged"));
  for (const Json& diagnostic : params.at("diagnostics"))
    if (diagnostic.at("code") == "privileged") {
      EXPECT_EQ(diagnostic.at("range"), RangeOf(3, 16, 3, 20));
    }
}

TEST(LspDocuments, ChangesAreJudgedOnceTheyHaveCalmedDown) {
  LspEditor editor;
  editor.Start();
  editor.Open(kCompose, kPrivileged);
  editor.Received();
  for (int i = 0; i < 5; ++i) {
    editor.Change(kCompose, 2 + i, RangeOf(3, 16, 3, i == 0 ? 20 : 21), "false");
    editor.Wait(kDebounce / 2);
    EXPECT_TRUE(editor.Received().empty()) << i;
  }
  editor.Wait(kDebounce);
  const auto received = editor.Received();
  ASSERT_EQ(received.size(), 1u);
  EXPECT_FALSE(Has(received[0].at("params").at("diagnostics"), "privileged"));
  editor.Wait(std::chrono::hours(1));
  EXPECT_TRUE(editor.Received().empty());
}

TEST(LspDocuments, ARequestSeesTheTextAsItIs) {
  LspEditor editor;
  editor.Start();
  editor.Open(kCompose, kPrivileged);
  editor.Change(kCompose, 2, nullptr, "services: {}\n");
  EXPECT_EQ(editor.Ask("textDocument/hover", {{"textDocument", {{"uri", kCompose}}},
                                              {"position", {{"line", 3}, {"character", 6}}}}),
            nullptr);
  editor.Received();
  editor.Wait(kDebounce);
  EXPECT_EQ(editor.Published(kCompose), Json::array()) << "and it is told nevertheless";
}

TEST(LspDocuments, ClosingTakesAwayWhatWasShown) {
  LspEditor editor;
  editor.Start();
  editor.Open(kCompose, kPrivileged);
  editor.Received();
  editor.Tell("textDocument/didClose", {{"textDocument", {{"uri", kCompose}}}});
  EXPECT_EQ(editor.Published(kCompose), Json::array());
  editor.Change(kCompose, 9, nullptr, "x");
  editor.Wait(std::chrono::seconds(1));
  EXPECT_EQ(editor.Published(kCompose), nullptr) << "it is not open";
}

TEST(LspDocuments, FilesThatConfigureNothingAreSilent) {
  LspEditor editor;
  editor.Start();
  editor.Open(UriOf("package.json"), "{\"name\": \"x\"}", "json");
  EXPECT_EQ(editor.Published(UriOf("package.json")), Json::array());
  editor.Open(UriOf("notes.txt"), "docker run --privileged alpine\n", "plaintext");
  EXPECT_EQ(editor.Published(UriOf("notes.txt")), Json::array());
}

TEST(LspDocuments, SchemesThatAreNoFiles) {
  LspEditor editor;
  editor.Start();
  editor.Open("untitled:Untitled-1", "docker run --privileged alpine\n", "shellscript");
  EXPECT_TRUE(Has(editor.Published("untitled:Untitled-1"), "privileged"));
  editor.Open("untitled:Untitled-2", kPrivileged, "dockercompose");
  EXPECT_TRUE(Has(editor.Published("untitled:Untitled-2"), "privileged"));
  editor.Open("git:/project/run.sh?HEAD", "docker run --privileged alpine\n", "shellscript");
  EXPECT_EQ(editor.Published("git:/project/run.sh?HEAD"), Json::array());
  for (const char* uri :
       {"", ":", "x", "file:", "http://a/b.sh", "file://host/a.sh", "file:///%ff"}) {
    editor.Open(uri, "docker run --privileged alpine\n", "shellscript");
    editor.Change(uri, 2, nullptr, "docker");
    editor.Tell("textDocument/didClose", {{"textDocument", {{"uri", uri}}}});
  }
  EXPECT_EQ(editor.Ask("shutdown", nullptr), nullptr);
}

TEST(LspDocuments, PathsMayBePercentEncoded) {
  LspEditor editor;
  editor.Start();
  const std::string uri = "file:///project/a%20b/c%6Fmpose.yaml";
  editor.Open(uri, kPrivileged);
  EXPECT_TRUE(Has(editor.Published(uri), "privileged"));
}

TEST(LspDocuments, AnOverrideThatIsOpenCountsAsItIsInTheEditor) {
  LspEditor editor;
  editor.Files().Add("compose.override.yaml", "services: {web: {read_only: true}}\n");
  editor.Start();
  const std::string over = UriOf("compose.override.yaml");
  editor.Open(kCompose, kPrivileged);
  EXPECT_FALSE(Has(editor.Published(kCompose), "host-network"));
  editor.Open(over, "services: {web: {network_mode: host}}\n");
  editor.Received();
  editor.Wait(kDebounce);
  editor.Received();
  editor.Change(over, 2, nullptr, "services: {web: {privileged: false}}\n");
  editor.Wait(kDebounce);
  EXPECT_FALSE(Has(editor.Published(kCompose), "privileged"));
  editor.Tell("textDocument/didClose", {{"textDocument", {{"uri", over}}}});
  editor.Wait(kDebounce);
  EXPECT_TRUE(Has(editor.Published(kCompose), "privileged")) << "what is saved counts again";
}

TEST(LspDocuments, WhatIsFoundInOtherFilesIsShownThere) {
  LspEditor editor;
  const std::string over = UriOf("compose.override.yaml");
  editor.Files().Add("compose.override.yaml", "services: {web: {network_mode: host}}\n");
  editor.Start();
  editor.Open(kCompose, "services: {web: {image: 'nginx:1.27'}}\n");
  EXPECT_TRUE(Has(editor.Published(over), "host-network"));
  editor.Tell("textDocument/didClose", {{"textDocument", {{"uri", kCompose}}}});
  EXPECT_EQ(editor.Published(over), Json::array());
}

TEST(LspDocuments, AFileThatChangesOnDiskIsReadAgainWhereItMatters) {
  LspEditor editor;
  editor.Files().Add("p.json", R"({"defaultAction": "SCMP_ACT_ERRNO"})");
  editor.Start();
  const std::string uri = UriOf("run.sh");
  editor.Open(uri, "docker run --security-opt seccomp=p.json alpine\n", "shellscript");
  editor.Open(UriOf("other.sh"), "docker run alpine\n", "shellscript");
  editor.Received();
  const auto change = [&](const std::string& name) {
    editor.Tell("workspace/didChangeWatchedFiles",
                {{"changes", Json::array({{{"uri", UriOf(name)}, {"type", 2}}})}});
    editor.Wait(kDebounce);
  };
  change("q.json");
  EXPECT_TRUE(editor.Received().empty()) << "nobody reads it";
  editor.Files().Add(".cagelint.yaml", "rules: {unpinned-image: off}\n");
  change(".cagelint.yaml");
  EXPECT_EQ(editor.Received().size(), 2u) << "a configuration that comes concerns all";
  editor.Files().Add("p.json", R"({"defaultAction": "SCMP_ACT_ALLOW"})");
  change("p.json");
  const auto received = editor.Received();
  ASSERT_FALSE(received.empty());
  for (const Json& message : received) {
    EXPECT_NE(message.at("params").at("uri"), UriOf("other.sh"));
    if (message.at("params").at("uri") == UriOf("p.json")) {
      EXPECT_TRUE(Has(message.at("params").at("diagnostics"), "seccomp-default-allow"));
    }
  }
}

TEST(LspDocuments, HalfTypedFilesKeepWhatWasFoundWhereNothingChanged) {
  LspEditor editor;
  editor.Start();
  const std::string text =
      std::string(kPrivileged) + "  db:\n    image: postgres:17\n    pid: host\n";
  editor.Open(kCompose, text);
  editor.Received();
  editor.Change(kCompose, 2, RangeOf(4, 0, 4, 0), "    cap_add: [SYS_\n");
  editor.Wait(kDebounce);
  Json now = editor.Published(kCompose);
  ASSERT_TRUE(Has(now, "syntax-error"));
  ASSERT_TRUE(Has(now, "privileged"));
  ASSERT_TRUE(Has(now, "host-pid"));
  for (const Json& diagnostic : now) {
    if (diagnostic.at("code") == "syntax-error") continue;
    EXPECT_EQ(diagnostic.at("data"), Json({{"kept", true}}));
    if (diagnostic.at("code") == "host-pid") {
      EXPECT_EQ(diagnostic.at("range"), RangeOf(7, 9, 7, 13)) << "a line further down";
    }
  }
  // What is typed over is no longer said.
  editor.Change(kCompose, 3, RangeOf(7, 9, 7, 13), "[");
  editor.Wait(kDebounce);
  EXPECT_FALSE(Has(editor.Published(kCompose), "host-pid"));
  editor.Change(kCompose, 4, nullptr, text);
  editor.Wait(kDebounce);
  now = editor.Published(kCompose);
  EXPECT_TRUE(Has(now, "host-pid"));
  for (const Json& diagnostic : now) EXPECT_FALSE(diagnostic.contains("data"));
}

TEST(LspDocuments, EncodingsCountAsAgreed) {
  const std::string text = "x='\u00e9\U0001F916'; docker run --privileged alpine\n";
  for (const auto& [encoding, column] : {std::pair("utf-16", 20), {"utf-8", 23}, {"utf-32", 19}}) {
    LspEditor editor;
    editor.Start({{"general", {{"positionEncodings", Json::array({encoding})}}}});
    editor.Open(UriOf("run.sh"), text, "shellscript");
    bool found = false;
    for (const Json& diagnostic : editor.Published(UriOf("run.sh"))) {
      if (diagnostic.at("code") != "privileged") continue;
      found = true;
      EXPECT_EQ(diagnostic.at("range"), RangeOf(0, column, 0, column + 12)) << encoding;
    }
    EXPECT_TRUE(found) << encoding;
  }
}

TEST(LspDocuments, WhatIsExcludedIsSilent) {
  LspEditor editor;
  editor.Files().Add(".cagelint.yaml", "exclude: [vendor]\n");
  editor.Start();
  editor.Open(UriOf("vendor/compose.yaml"), kPrivileged);
  EXPECT_EQ(editor.Published(UriOf("vendor/compose.yaml")), Json::array());
}

TEST(LspDocuments, ABrokenConfigurationIsToldOnce) {
  LspEditor editor;
  editor.Files().Add(".cagelint.yaml", "nonsense: 1\n");
  editor.Start();
  editor.Open(kCompose, kPrivileged);
  editor.Change(kCompose, 2, nullptr, "services: {}\n");
  editor.Wait(kDebounce);
  int told = 0;
  for (const Json& message : editor.Received())
    if (message.at("method") == "window/showMessage") {
      ++told;
      EXPECT_NE(message.at("params").at("message").get<std::string>().find("nonsense"),
                std::string::npos);
    }
  EXPECT_EQ(told, 1);
}

TEST(LspDocuments, SettingsChangeWhatIsFound) {
  LspEditor editor;
  editor.Start({{"workspace", {{"configuration", true}}}});
  const auto asked = editor.Received();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_EQ(asked[0].at("method"), "workspace/configuration");
  editor.Open(kCompose, kPrivileged);
  EXPECT_GT(editor.Published(kCompose).size(), 1u);
  editor.Send({{"id", asked[0].at("id")},
               {"result", Json::array({{{"select", Json::array({"privileged"})}}})}});
  EXPECT_EQ(CodesOf(editor.Published(kCompose)), std::vector<std::string>{"privileged"});
}

TEST(LspDocuments, WrongSettingsAreLoggedAndTheOthersHold) {
  LspEditor editor;
  editor.Start();
  editor.Open(kCompose, kPrivileged);
  editor.Received();
  editor.Tell("workspace/didChangeConfiguration",
              {{"settings",
                {{"cagelint",
                  {{"select", Json::array({"privileged", "no-such"})},
                   {"strict", "yes"},
                   {"debounce", -1},
                   {"engine", "lxc"},
                   {"policy", 7}}}}}});
  const auto received = editor.Received();
  int logged = 0;
  for (const Json& message : received)
    if (message.at("method") == "window/logMessage") ++logged;
  EXPECT_EQ(logged, 5);
  EXPECT_EQ(CodesOf(received.back().at("params").at("diagnostics")),
            std::vector<std::string>{"privileged"});
}

TEST(LspDocuments, DiagnosticsThatAreAskedFor) {
  LspEditor editor;
  editor.Files().Add("compose.override.yaml", "services: {web: {network_mode: host}}\n");
  const Json can =
      editor.Start({{"textDocument", {{"diagnostic", {{"relatedDocumentSupport", true}}}}},
                    {"workspace", {{"diagnostics", {{"refreshSupport", true}}}}}});
  EXPECT_TRUE(can.at("capabilities").contains("diagnosticProvider"));
  editor.Open(kCompose, kPrivileged);
  editor.Wait(std::chrono::seconds(1));
  EXPECT_TRUE(editor.Received().empty()) << "who asks is not told";
  Json params = {{"textDocument", {{"uri", kCompose}}}};
  const Json first = editor.Ask("textDocument/diagnostic", params);
  EXPECT_EQ(first.at("kind"), "full");
  EXPECT_TRUE(Has(first.at("items"), "privileged"));
  EXPECT_TRUE(Has(first.at("relatedDocuments").at(UriOf("compose.override.yaml")).at("items"),
                  "host-network"));
  params["previousResultId"] = first.at("resultId");
  const Json second = editor.Ask("textDocument/diagnostic", params);
  EXPECT_EQ(second, Json({{"kind", "unchanged"}, {"resultId", first.at("resultId")}}));
  editor.Change(kCompose, 2, RangeOf(3, 16, 3, 20), "false");
  const Json third = editor.Ask("textDocument/diagnostic", params);
  EXPECT_EQ(third.at("kind"), "full");
  EXPECT_FALSE(Has(third.at("items"), "privileged"));
}

TEST(LspDocuments, WhoCannotBeToldToAskAgainIsToldWhatIsFound) {
  LspEditor editor;
  const Json can = editor.Start({{"textDocument", {{"diagnostic", Json::object()}}}});
  EXPECT_FALSE(can.at("capabilities").contains("diagnosticProvider"));
  editor.Open(kCompose, kPrivileged);
  EXPECT_TRUE(Has(editor.Published(kCompose), "privileged"));
}

TEST(LspDocuments, TagsAndRelatedPlacesForThoseWhoKnowThem) {
  const std::string text = "version: '3'\n" + std::string(kPrivileged);
  LspEditor plain;
  plain.Start();
  plain.Open(kCompose, text);
  for (const Json& diagnostic : plain.Published(kCompose))
    for (const char* member : {"tags", "relatedInformation", "codeDescription"})
      EXPECT_FALSE(diagnostic.contains(member)) << diagnostic;
  LspEditor editor;
  editor.Start({{"textDocument",
                 {{"publishDiagnostics",
                   {{"relatedInformation", true},
                    {"codeDescriptionSupport", true},
                    {"tagSupport", {{"valueSet", Json::array({1, 2})}}}}}}}});
  editor.Open(kCompose, text);
  bool tagged = false, related = false;
  for (const Json& diagnostic : editor.Published(kCompose)) {
    if (diagnostic.at("code") == "obsolete-version-key")
      tagged = diagnostic.at("tags") == Json::array({2, 1});
    related = related || diagnostic.contains("relatedInformation");
    if (diagnostic.at("code") != "syntax-error") {
      EXPECT_TRUE(diagnostic.at("codeDescription")
                      .at("href")
                      .get<std::string>()
                      .starts_with("https://example.org/"));
    }
  }
  EXPECT_TRUE(tagged);
  EXPECT_TRUE(related);
}

TEST(LspDocuments, WorkspaceFoldersComeAndGo) {
  LspEditor editor;
  editor.Files().Add("/other/.cagelint.yaml", "rules: {privileged: off}\n");
  editor.Start(Json::object(), {{"workspaceFolders", nullptr}, {"rootUri", "file:///nowhere"}});
  const std::string uri = "file:///other/deep/compose.yaml";
  editor.Open(uri, kPrivileged);
  EXPECT_TRUE(Has(editor.Published(uri), "privileged")) << "outside of any folder its own counts";
  const Json folders = Json::array({{{"uri", "file:///other"}, {"name", "other"}}});
  editor.Tell("workspace/didChangeWorkspaceFolders",
              {{"event", {{"added", folders}, {"removed", Json::array()}}}});
  EXPECT_FALSE(Has(editor.Published(uri), "privileged"));
  editor.Tell("workspace/didChangeWorkspaceFolders",
              {{"event", {{"added", Json::array()}, {"removed", folders}}}});
  EXPECT_TRUE(Has(editor.Published(uri), "privileged"));
}

}  // namespace
}  // namespace cagelint::lsp
