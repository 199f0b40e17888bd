// Requests about documents: what is asked for → who answers it.
#include <string>
#include <utility>

#include "linter/lsp/actions.h"
#include "linter/lsp/commands.h"
#include "linter/lsp/hover.h"
#include "linter/lsp/places.h"
#include "linter/lsp/positions.h"
#include "linter/lsp/server.h"

namespace cagelint::lsp {
namespace {

const Failure kNotOpen{ErrorCode::kInvalidParams, "the document is not open"};

}  // namespace

Document* Server::DocumentOf(const Json& params) {
  const auto uri = TextOf(At(params, {"textDocument", "uri"}));
  return uri ? session_.workspace.Find(*uri) : nullptr;
}

Answer Server::Diagnostics(const Message& message) {
  Document* document = DocumentOf(message.params);
  if (document == nullptr) return kNotOpen;
  session_.Fresh(*document);
  const std::string id = std::to_string(document->judgement);
  if (TextOf(At(message.params, "previousResultId")) == id)
    return OutJson{{"kind", "unchanged"}, {"resultId", id}};
  Shown shown = DiagnosticsOf(session_, *document);
  OutJson report = {{"kind", "full"}, {"resultId", id}, {"items", ArrayOf(shown.own)}};
  if (!session_.client.pulls_related) {
    publisher_.TellOthers(*document, std::move(shown.others));
    return report;
  }
  // What was said of a file holds until something else is said.
  for (const std::string& uri : document->related) shown.others.try_emplace(uri);
  document->related.clear();
  for (const auto& [uri, list] : shown.others) {
    // One that is open is asked for itself.
    if (session_.workspace.Find(uri) != nullptr) continue;
    report["relatedDocuments"][uri] = {{"kind", "full"}, {"items", ArrayOf(list)}};
    if (!list.empty()) document->related.insert(uri);
  }
  return report;
}

Answer Server::Actions(const Message& message) {
  Document* document = DocumentOf(message.params);
  if (document == nullptr) return kNotOpen;
  const auto range = RangeOf(At(message.params, "range"));
  if (!range) return Failure{ErrorCode::kInvalidParams, "`range` is not a range"};
  return ActionsFor(session_, *document, *range, At(message.params, {"context", "only"}));
}

Answer Server::Hover(const Message& message) {
  Document* document = DocumentOf(message.params);
  if (document == nullptr) return kNotOpen;
  const auto position = PositionOf(At(message.params, "position"));
  if (!position) return Failure{ErrorCode::kInvalidParams, "`position` is not a position"};
  return HoverAt(session_, *document, *position);
}

Answer Server::Links(const Message& message) {
  Document* document = DocumentOf(message.params);
  if (document == nullptr) return kNotOpen;
  return LinksOf(session_, *document);
}

Answer Server::Hints(const Message& message) {
  Document* document = DocumentOf(message.params);
  if (document == nullptr) return kNotOpen;
  const auto range = RangeOf(At(message.params, "range"));
  if (!range) return Failure{ErrorCode::kInvalidParams, "`range` is not a range"};
  return HintsIn(session_, *document, *range);
}

Answer Server::FileText(const Message& message) {
  const Document* document = DocumentOf(message.params);
  if (document == nullptr) return kNotOpen;
  return OutJson(document->text.Utf8());
}

Answer Server::Execute(const Message& message) {
  if (auto failure = lsp::Execute(session_, message.params)) return std::move(*failure);
  return OutJson(nullptr);
}

}  // namespace cagelint::lsp
