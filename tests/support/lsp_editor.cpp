#include "tests/support/lsp_editor.h"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

namespace cagelint::test {

using Json = LspEditor::Json;

LspEditor::LspEditor()
    : server_({files_.System(), "0.0.0", "https://example.org/", [] { return "2026-11-30"; },
               [this] { return now_; }},
              [this](const lsp::OutJson& message) {
                received_.push_back(Json::parse(output::Compact(message)));
              }) {}

void LspEditor::Work() {
  while (server_.Step() || server_.JudgeDue()) {
  }
}

void LspEditor::SendFrame(const lsp::Frame& frame) {
  server_.Take(frame);
  Work();
}

void LspEditor::SendBody(std::string_view body) { SendFrame({std::string(body), {}}); }

void LspEditor::Send(Json message) {
  message["jsonrpc"] = "2.0";
  SendBody(message.dump());
}

Json LspEditor::Ask(std::string_view method, Json params) {
  const int id = ++last_id_;
  Send({{"id", id}, {"method", method}, {"params", std::move(params)}});
  const auto answer = std::find_if(received_.begin(), received_.end(), [&](const Json& message) {
    return message.value("id", Json()) == id && !message.contains("method");
  });
  EXPECT_NE(answer, received_.end()) << method << " was not answered";
  if (answer == received_.end()) return nullptr;
  Json out =
      answer->contains("result") ? answer->at("result") : Json{{"error", answer->at("error")}};
  received_.erase(answer);
  return out;
}

void LspEditor::Tell(std::string_view method, Json params) {
  Send({{"method", method}, {"params", std::move(params)}});
}

void LspEditor::Wait(std::chrono::milliseconds time) {
  now_ += time;
  Work();
}

Json LspEditor::Start(Json capabilities, Json further) {
  Json params = std::move(further);
  params["processId"] = nullptr;
  params["capabilities"] = std::move(capabilities);
  if (!params.contains("rootUri") && !params.contains("workspaceFolders"))
    params["rootUri"] = "file:///project";
  Json result = Ask("initialize", std::move(params));
  Tell("initialized", Json::object());
  return result;
}

void LspEditor::Open(std::string_view uri, std::string_view text, std::string_view language) {
  Tell(
      "textDocument/didOpen",
      {{"textDocument", {{"uri", uri}, {"languageId", language}, {"version", 1}, {"text", text}}}});
}

void LspEditor::Change(std::string_view uri, int version, Json range, std::string_view text) {
  Json change = {{"text", text}};
  if (!range.is_null()) change["range"] = std::move(range);
  Tell("textDocument/didChange", {{"textDocument", {{"uri", uri}, {"version", version}}},
                                  {"contentChanges", Json::array({std::move(change)})}});
}

std::vector<Json> LspEditor::Received() { return std::exchange(received_, {}); }

Json LspEditor::Published(std::string_view uri) {
  Json last;
  for (const Json& message : Received())
    if (message.value("method", "") == "textDocument/publishDiagnostics" &&
        message.at("params").at("uri") == uri)
      last = message.at("params").at("diagnostics");
  return last;
}

std::string UriOf(std::string_view name) { return "file:///project/" + std::string(name); }

Json RangeOf(int line, int character, int end_line, int end_character) {
  return {{"start", {{"line", line}, {"character", character}}},
          {"end", {{"line", end_line}, {"character", end_character}}}};
}

std::vector<std::string> CodesOf(const Json& diagnostics) {
  std::vector<std::string> codes;
  for (const Json& diagnostic : diagnostics) codes.push_back(diagnostic.at("code"));
  std::sort(codes.begin(), codes.end());
  return codes;
}

}  // namespace cagelint::test
