// An editor that talks to the language server in this process: files in memory, and a clock that
// goes when the test says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "linter/lsp/server.h"
#include "tests/support/memory_files.h"

namespace cagelint::test {

class LspEditor {
 public:
  using Json = nlohmann::json;

  LspEditor();

  MemoryFiles& Files() { return files_; }
  // Sends a message (jsonrpc is added), and lets the server do all that it can at this time.
  void Send(Json message);
  void SendBody(std::string_view body);
  void SendFrame(const lsp::Frame& frame);
  // The result of a request, which must be answered at once: asserted. An error is
  // {"error": {code, message}}.
  Json Ask(std::string_view method, Json params);
  void Tell(std::string_view method, Json params);
  // Time passes, and what is due is done.
  void Wait(std::chrono::milliseconds time);

  // initialize with `capabilities` in the folder of MemoryFiles, and initialized. Gives the result.
  Json Start(Json capabilities = Json::object(), Json further = Json::object());
  void Open(std::string_view uri, std::string_view text, std::string_view language = "yaml");
  // Replaces a range.
  void Change(std::string_view uri, int version, Json range, std::string_view text);

  // What the server sent since the last call, in order.
  std::vector<Json> Received();
  // Of these the last diagnostics that were published for `uri`; null where there are none.
  Json Published(std::string_view uri);

  lsp::Server& Server() { return server_; }

 private:
  void Work();

  MemoryFiles files_;
  lsp::Clock::time_point now_{};
  std::vector<Json> received_;
  int last_id_ = 1000;
  lsp::Server server_;
};

// "file:///project/NAME"
std::string UriOf(std::string_view name);
// A range, from line and character to line and character.
nlohmann::json RangeOf(int line, int character, int end_line, int end_character);
// The rules of diagnostics, sorted.
std::vector<std::string> CodesOf(const nlohmann::json& diagnostics);

}  // namespace cagelint::test
