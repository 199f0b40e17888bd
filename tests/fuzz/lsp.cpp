#include "tests/fuzz/lsp.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>

#include "linter/lsp/server.h"
#include "tests/support/memory_files.h"

namespace cagelint::test {
namespace {

using Json = nlohmann::json;

void Promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

Json Capabilities(unsigned char habits) {
  const bool a = (habits & 1U) != 0, b = (habits & 2U) != 0, c = (habits & 4U) != 0;
  Json out = {{"workspace", {{"applyEdit", a}, {"configuration", b}}},
              {"textDocument",
               {{"publishDiagnostics", {{"relatedInformation", a}, {"versionSupport", b}}},
                {"hover", {{"contentFormat", Json::array({"markdown"})}}}}}};
  if (a) out["textDocument"]["codeAction"] = {{"codeActionLiteralSupport", Json::object()}};
  if (b) out["general"] = {{"positionEncodings", Json::array({c ? "utf-8" : "utf-32"})}};
  if (c) out["textDocument"]["diagnostic"] = Json::object();
  return out;
}

class Talk {
 public:
  explicit Talk(unsigned char habits)
      : server_({files_.System(), "0", "https://example.org/", {}, [this] { return now_; }},
                [this](const lsp::OutJson& message) { Check(message); }) {
    Send({{"id", "first"},
          {"method", "initialize"},
          {"params",
           {{"processId", nullptr},
            {"rootUri", "file:///project"},
            {"initializationOptions", {{"capabilityHints", true}}},
            {"capabilities", Capabilities(habits)}}}});
    Send({{"method", "initialized"}, {"params", Json::object()}});
    Open("compose.yaml", "services:\n  web: {image: '\U0001F916', privileged: true}\n");
    Open("run.sh", "docker run --privileged \\\n -v /:/x alpine\n");
  }

  void Feed(std::string_view bytes) {
    frames_.Feed(bytes);
    while (auto frame = frames_.Next()) server_.Take(*frame);
    Work();
  }

  // Unless it was told to end, it still answers.
  void End() {
    if (server_.ExitCode()) return;
    is_answered_ = false;
    Send({{"id", "last"}, {"method", "cagelint/no-such"}});
    Promise(is_answered_, "the last request was not answered");
  }

 private:
  void Send(Json message) {
    message["jsonrpc"] = "2.0";
    server_.Take({message.dump(), {}});
    Work();
  }

  void Open(const char* name, const char* text) {
    Send({{"method", "textDocument/didOpen"},
          {"params",
           {{"textDocument",
             {{"uri", std::string("file:///project/") + name},
              {"languageId", ""},
              {"version", 1},
              {"text", text}}}}}});
  }

  void Work() {
    while (!server_.ExitCode() && server_.Step()) {
    }
    now_ += std::chrono::seconds(100);
    while (!server_.ExitCode() && server_.JudgeDue()) {
    }
  }

  void Check(const lsp::OutJson& message) {
    const std::string text = output::Compact(message);
    Promise(Json::accept(text), "what was sent is not JSON");
    Promise(message.contains("method") || message.contains("id"), "what was sent is no message");
    if (message.value("id", lsp::OutJson()) == "last") is_answered_ = true;
  }

  MemoryFiles files_;
  lsp::Clock::time_point now_{};
  lsp::FrameReader frames_;
  bool is_answered_ = false;
  lsp::Server server_;
};

}  // namespace

void FuzzLsp(std::string_view bytes) {
  if (bytes.empty()) return;
  Talk talk(static_cast<unsigned char>(bytes[0]));
  bytes.remove_prefix(1);
  while (!bytes.empty()) {
    const bool is_framed = bytes[0] == '\x01';
    if (is_framed) bytes.remove_prefix(1);
    const std::size_t end = std::min(bytes.find('\x01'), bytes.size());
    talk.Feed(is_framed ? lsp::Framed(bytes.substr(0, end)) : std::string(bytes.substr(0, end)));
    bytes.remove_prefix(end);
  }
  talk.End();
}

}  // namespace cagelint::test
