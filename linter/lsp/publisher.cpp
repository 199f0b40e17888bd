#include "linter/lsp/publisher.h"

#include <algorithm>
#include <utility>

namespace cagelint::lsp {

void Publisher::Publish(const std::string& uri, const Written& diagnostics,
                        const Document* document) {
  const bool is_empty = diagnostics.empty();
  // Silence is enough where there was nothing, unless somebody waits for what his change led to.
  if (is_empty && document == nullptr && !shown_.contains(uri)) return;
  OutJson params = {{"uri", uri}};
  if (document != nullptr && session_.client.versions) params["version"] = document->version;
  params["diagnostics"] = ArrayOf(diagnostics);
  session_.Notify("textDocument/publishDiagnostics", std::move(params));
  if (is_empty) {
    shown_.erase(uri);
  } else {
    shown_.insert(uri);
  }
}

// A file that is not open has what every document says of it, each once. One that is open speaks
// for itself.
void Publisher::TellOther(const std::string& uri) {
  if (session_.workspace.Find(uri) != nullptr) return;
  Written all;
  const auto found = others_.find(uri);
  if (found != others_.end())
    for (const auto& [owner, list] : found->second)
      for (const std::string& diagnostic : list)
        if (std::find(all.begin(), all.end(), diagnostic) == all.end()) all.push_back(diagnostic);
  if (found != others_.end() && found->second.empty()) others_.erase(found);
  Publish(uri, all, nullptr);
}

void Publisher::Tell(const Document& document) {
  Shown shown = DiagnosticsOf(session_, document);
  Publish(document.uri, shown.own, &document);
  TellOthers(document, std::move(shown.others));
}

void Publisher::TellOthers(const Document& document, std::map<std::string, Written> others) {
  std::set<std::string> touched;
  for (auto& [uri, by_owner] : others_)
    if (by_owner.erase(document.uri) > 0) touched.insert(uri);
  for (auto& [uri, list] : others) {
    others_[uri][document.uri] = std::move(list);
    touched.insert(uri);
  }
  for (const std::string& uri : touched) TellOther(uri);
}

void Publisher::Forget(const std::string& uri) {
  std::set<std::string> touched{uri};
  for (auto& [other, by_owner] : others_)
    if (by_owner.erase(uri) > 0) touched.insert(other);
  for (const std::string& other : touched) TellOther(other);
}

}  // namespace cagelint::lsp
