// What happens to documents and files: what must be judged again, and when.
#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "linter/driver/config_file.h"
#include "linter/lsp/positions.h"
#include "linter/lsp/server.h"
#include "linter/lsp/surrogates.h"
#include "linter/lsp/uri.h"

namespace cagelint::lsp {

using std::chrono::milliseconds;

void Server::MakeDue(Document& document, milliseconds wait) {
  document.is_stale = true;
  // A client that asks is served when it does.
  if (session_.client.pulls) return;
  document.due = session_.Now() + wait;
}

void Server::MakeAllDue(milliseconds wait) {
  for (auto& [uri, document] : session_.workspace.Documents()) MakeDue(document, wait);
  if (session_.client.pulls && !session_.workspace.Documents().empty())
    session_.Ask("workspace/diagnostic/refresh", nullptr);
  if (session_.client.refreshes_hints && !session_.workspace.Documents().empty())
    session_.Ask("workspace/inlayHint/refresh", nullptr);
}

void Server::MakeDependentsDue(const std::string& path) {
  if (path.empty()) return;
  if (driver::IsPolicyFile(session_.settings.policy) &&
      base::NameOf(path) == base::NameOf(session_.settings.policy)) {
    session_.ForgetRequests();
    return MakeAllDue(session_.settings.debounce);
  }
  const std::string inside = path + "/";
  const auto depends = [&](const Judged& judged) {
    if (judged.asked.contains(path)) return true;
    // A folder that went away, or came.
    const auto next = judged.asked.lower_bound(inside);
    return next != judged.asked.end() && next->starts_with(inside);
  };
  for (auto& [uri, document] : session_.workspace.Documents())
    if (document.path != path && document.judged != nullptr && depends(*document.judged))
      MakeDue(document, session_.settings.debounce);
}

void Server::Open(const Message& message) {
  const Json& item = At(message.params, "textDocument");
  const auto uri = TextOf(At(item, "uri"));
  const auto text = TextOf(At(item, "text"));
  if (!uri || !text) return session_.Log("textDocument/didOpen without a URI and a text");
  Document& document = session_.workspace.Open(*uri, TextOf(At(item, "languageId")).value_or(""),
                                               IntegerOf(At(item, "version")).value_or(0),
                                               RestoreHalves(*text, message.halves));
  MakeDue(document, milliseconds(0));
  if (session_.client.pulls) publisher_.Withdraw(*uri);
  MakeDependentsDue(document.path);
}

void Server::Change(const Message& message) {
  Document* document = DocumentOf(message.params);
  const Json& changes = At(message.params, "contentChanges");
  if (document == nullptr || !changes.is_array())
    return session_.Log("textDocument/didChange of what is not open, or without changes");
  const auto version = IntegerOf(At(message.params, {"textDocument", "version"}));
  document->version = version.value_or(document->version + 1);
  for (const Json& change : changes) {
    const auto text = TextOf(At(change, "text"));
    const Json& range = At(change, "range");
    const auto place = RangeOf(range);
    if (!text || (!range.is_null() && !place)) {
      session_.Log("textDocument/didChange with a change that is none");
      continue;
    }
    std::string bytes = RestoreHalves(*text, message.halves);
    if (place) {
      document->text.Replace(place->begin, place->end, bytes, session_.client.encoding);
    } else {
      document->text.ReplaceAll(std::move(bytes));
    }
  }
  // Of what takes long, not every state on the way is judged, unless the user wants that.
  milliseconds wait = session_.settings.debounce;
  if (wait > milliseconds(0))
    wait = std::max(wait, 2 * std::chrono::duration_cast<milliseconds>(document->cost));
  MakeDue(*document, wait);
  MakeDependentsDue(document->path);
}

void Server::Close(const Message& message) {
  const Document* document = DocumentOf(message.params);
  if (document == nullptr) return;
  const std::string uri = document->uri;
  const std::string path = document->path;
  session_.workspace.Close(uri);
  publisher_.Forget(uri);
  MakeDependentsDue(path);
}

void Server::ChangeFiles(const Message& message) {
  const Json& changes = At(message.params, "changes");
  if (!changes.is_array()) return;
  bool any = false;
  for (const Json& change : changes) {
    const auto uri = TextOf(At(change, "uri"));
    const auto path = uri ? PathOf(*uri) : std::nullopt;
    if (!path) continue;
    MakeDependentsDue(*path);
    for (auto& [own, document] : session_.workspace.Documents()) any = any || document.is_stale;
  }
  if (any && session_.client.pulls) session_.Ask("workspace/diagnostic/refresh", nullptr);
}

}  // namespace cagelint::lsp
