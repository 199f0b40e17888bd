// What one connection to an editor knows, and how it speaks: shared by everything that answers.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/lsp/client.h"
#include "linter/lsp/message.h"
#include "linter/lsp/settings.h"
#include "linter/lsp/workspace.h"
#include "linter/output/lsp_json.h"

namespace cagelint::lsp {

// What is written: members stay in the order in which they are added.
using OutJson = output::Json;

// What the program tells the server.
struct Environment {
  base::FileSystem files;
  std::string version;                 // of the program
  std::string source_url;              // as output::WriterOptions has it
  std::function<std::string()> today;  // "2026-11-25"; may be null
  std::function<Clock::time_point()> now = Clock::now;
};

class Session {
 public:
  using Send = std::function<void(const OutJson&)>;
  Session(Environment environment, Send send);

  // Messages of ours. `id` is that of the request.
  void Respond(const Json& id, OutJson result);
  void Refuse(const Json& id, const Failure& failure);
  void Notify(std::string_view method, OutJson params);
  using OnResponse = std::function<void(const Json& result)>;
  void Ask(std::string_view method, OutJson params, OnResponse then = {});
  void TakeResponse(const Json& id, const Json& result);
  // To the log of the editor: nothing that is wrong with a document.
  void Log(std::string_view message);
  // To the user: why nothing is found where something would be.
  void Show(std::string_view message);

  // The last judgement of `document`, made now where it is stale; never null.
  const Judged& Fresh(Document& document);
  // The same of the same text with fixes.
  const Judged& WithFixes(Document& document);
  // How documents are judged in the folder `root`.
  driver::Request RequestIn(const std::string& root);
  // After new settings, or a policy file that may have changed: everything is stale.
  void ForgetRequests();

  // The URI of the file `path` of a judgement: as the client spells it where it is open.
  std::string UriOf(const Judged& judged, const std::string& path);
  output::WriterOptions Writing(const std::string& root) const;
  // `judged` must outlive it.
  output::LspTelling TellingFor(const Judged& judged);

  const Environment& Around() const { return environment_; }
  Clock::time_point Now() const { return environment_.now(); }

  Client client;
  Settings settings;
  Workspace workspace;
  // Whether what is being done has been cancelled: long work asks now and then.
  std::function<bool()> is_cancelled = [] { return false; };

 private:
  bool IsHalfTyped(const Document& document, const Judged& judged);

  Environment environment_;
  Send send_;
  std::int64_t last_id_ = 0;
  std::uint64_t judgements_ = 0;
  std::map<std::int64_t, OnResponse> waiting_;
  std::map<std::string, driver::Request> requests_;  // by root
  std::string told_;  // the last problems, so that none is told twice in a row
};

}  // namespace cagelint::lsp
