// The begin and the end of a connection, and what it is told about its surroundings.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linter/driver/config_keys.h"
#include "linter/lsp/actions.h"
#include "linter/lsp/commands.h"
#include "linter/lsp/server.h"
#include "linter/lsp/uri.h"

namespace cagelint::lsp {
namespace {

// Files that documents depend on. What an event says is compared with what was really asked for;
// this only keeps the editor from telling us of each file that a compiler writes.
OutJson Watchers() {
  OutJson watchers = OutJson::array();
  for (const char* pattern : {"**/*.{yaml,yml,json,jsonc,env,sh,bash}", "**/.env*",
                              "**/*Dockerfile*", "**/*Containerfile*"})
    watchers.push_back({{"globPattern", pattern}});
  return watchers;
}

OutJson Registration(const char* method, OutJson options) {
  return {{"id", std::string("cagelint ") + method},
          {"method", method},
          {"registerOptions", std::move(options)}};
}

// Some clients send the section, others what is in it; null where they speak of something else.
const Json& SectionOf(const Json& settings) {
  static const Json kNothing = Json::object();
  static const Json kSomethingElse;
  if (!settings.is_object()) return kSomethingElse;
  if (settings.contains("cagelint")) {
    const Json& section = At(settings, "cagelint");
    return section.is_object() ? section : kNothing;
  }
  const auto names = Settings::Names();
  const bool is_section = std::any_of(
      names.begin(), names.end(), [&](std::string_view name) { return settings.contains(name); });
  return is_section ? settings : kSomethingElse;
}

}  // namespace

OutJson Server::Capabilities() const {
  OutJson out = {
      {"positionEncoding", Name(session_.client.encoding)},
      {"textDocumentSync", {{"openClose", true}, {"change", 2}, {"save", true}}},
      {"hoverProvider", true},
      {"codeActionProvider", true},
      {"documentLinkProvider", {{"resolveProvider", false}}},
      {"inlayHintProvider", {{"resolveProvider", false}}},
      {"executeCommandProvider", {{"commands", CommandNames()}, {"workDoneProgress", true}}},
      {"workspace", {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}}};
  if (session_.client.literal_actions)
    out["codeActionProvider"] = {{"codeActionKinds", ActionKinds()}};
  if (session_.client.pulls)
    out["diagnosticProvider"] = {{"identifier", "cagelint"},
                                 {"interFileDependencies", true},
                                 {"workspaceDiagnostics", false}};
  return out;
}

void Server::AddFolders(const Json& params) {
  const Json& folders = At(params, "workspaceFolders");
  std::vector<std::optional<std::string>> uris;
  if (folders.is_array()) {
    for (const Json& folder : folders) uris.push_back(TextOf(At(folder, "uri")));
  } else {
    // Before there were several.
    uris.push_back(TextOf(At(params, "rootUri")));
    const auto path = TextOf(At(params, "rootPath"));
    if (!uris.back() && path && path->starts_with('/'))
      session_.workspace.AddFolder(base::CleanPath(*path));
  }
  for (const auto& uri : uris)
    if (const auto path = uri ? PathOf(*uri) : std::nullopt) session_.workspace.AddFolder(*path);
}

Answer Server::Initialize(const Message& message) {
  if (state_ != State::kNew) return Failure{ErrorCode::kInvalidRequest, "`initialize` comes once"};
  if (!message.params.is_object())
    return Failure{ErrorCode::kInvalidParams, "`params` is not an object"};
  session_.client = Client::From(message.params);
  AddFolders(message.params);
  at_start_ = SectionOf(At(message.params, "initializationOptions"));
  std::vector<std::string> problems;
  session_.settings = Settings::From(at_start_, problems);
  for (const std::string& problem : problems) session_.Log(problem);
  state_ = State::kRunning;
  return OutJson{{"capabilities", Capabilities()},
                 {"serverInfo", {{"name", "cagelint"}, {"version", session_.Around().version}}}};
}

Answer Server::ShutDown(const Message&) {
  state_ = State::kShutDown;
  return OutJson(nullptr);
}

void Server::Initialized(const Message&) {
  OutJson registrations = OutJson::array();
  if (session_.client.registers_watchers)
    registrations.push_back(
        Registration("workspace/didChangeWatchedFiles", {{"watchers", Watchers()}}));
  if (session_.client.registers_configuration)
    registrations.push_back(
        Registration("workspace/didChangeConfiguration", {{"section", "cagelint"}}));
  if (!registrations.empty())
    session_.Ask("client/registerCapability", {{"registrations", std::move(registrations)}});
  AskForConfiguration();
}

void Server::AskForConfiguration() {
  if (!session_.client.has_configuration) return;
  OutJson items = OutJson::array();
  items.push_back({{"section", "cagelint"}});
  session_.Ask("workspace/configuration", {{"items", std::move(items)}}, [this](const Json& got) {
    // Null: nothing is set there.
    if (got.is_array() && !got.empty()) TakeSettings(got[0].is_object() ? got[0] : at_start_);
  });
}

void Server::TakeSettings(const Json& json) {
  std::vector<std::string> problems;
  Settings settings = Settings::From(json, problems);
  for (const std::string& problem : problems) session_.Log(problem);
  if (settings == session_.settings) return;
  session_.settings = std::move(settings);
  session_.ForgetRequests();
  MakeAllDue();
}

void Server::ChangeConfiguration(const Message& message) {
  if (session_.client.has_configuration) return AskForConfiguration();
  const Json& section = SectionOf(At(message.params, "settings"));
  if (section.is_object()) TakeSettings(section.empty() ? at_start_ : section);
}

void Server::ChangeFolders(const Message& message) {
  const Json& event = At(message.params, "event");
  const auto each = [&](const char* member, auto act) {
    const Json& list = At(event, member);
    if (!list.is_array()) return;
    for (const Json& folder : list) {
      const auto uri = TextOf(At(folder, "uri"));
      if (const auto path = uri ? PathOf(*uri) : std::nullopt) act(*path);
    }
  };
  each("removed", [&](const std::string& path) { session_.workspace.RemoveFolder(path); });
  each("added", [&](const std::string& path) { session_.workspace.AddFolder(path); });
  session_.workspace.FindRoots();
  MakeAllDue();
}

}  // namespace cagelint::lsp
