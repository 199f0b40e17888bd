#include "linter/lsp/client.h"

#include <algorithm>
#include <array>

namespace cagelint::lsp {
namespace {

using output::PositionEncoding;

bool Has(const Json& list, std::string_view word) {
  return list.is_array() && std::find(list.begin(), list.end(), word) != list.end();
}

// The first that the client offers and we know; bytes cost us least, so a client that has no
// preference of its own, having only UTF-16, is the ordinary case.
PositionEncoding EncodingOf(const Json& offered) {
  if (!offered.is_array()) return PositionEncoding::kUtf16;
  for (const Json& one : offered)
    for (const PositionEncoding known :
         {PositionEncoding::kUtf8, PositionEncoding::kUtf16, PositionEncoding::kUtf32})
      if (one == Name(known)) return known;
  return PositionEncoding::kUtf16;
}

}  // namespace

std::string_view Name(PositionEncoding encoding) {
  constexpr std::array<std::string_view, 3> kNames{"utf-16", "utf-8", "utf-32"};
  return kNames[static_cast<std::size_t>(encoding)];
}

Client Client::From(const Json& params) {
  const Json& can = At(params, "capabilities");
  const Json& text = At(can, "textDocument");
  const Json& publish = At(text, "publishDiagnostics");
  const Json& pull = At(text, "diagnostic");
  const Json& action = At(text, "codeAction");
  const Json& workspace = At(can, "workspace");
  Client out;
  out.encoding = EncodingOf(At(can, {"general", "positionEncodings"}));
  out.pulls_related = IsTrue(At(pull, "relatedDocumentSupport"));
  out.versions = IsTrue(At(publish, "versionSupport"));
  // In 3.17 these are said of what is published, and hold for what is asked for.
  out.related = IsTrue(At(publish, "relatedInformation"));
  out.descriptions = IsTrue(At(publish, "codeDescriptionSupport"));
  out.tags = At(publish, {"tagSupport", "valueSet"}).is_array();
  out.pulls = pull.is_object() && IsTrue(At(workspace, {"diagnostics", "refreshSupport"}));
  out.refreshes_hints = IsTrue(At(workspace, {"inlayHint", "refreshSupport"}));
  out.document_changes = IsTrue(At(workspace, {"workspaceEdit", "documentChanges"}));
  out.literal_actions = At(action, "codeActionLiteralSupport").is_object();
  out.preferred_actions = IsTrue(At(action, "isPreferredSupport"));
  out.applies_edits = IsTrue(At(workspace, "applyEdit"));
  out.markdown = Has(At(text, {"hover", "contentFormat"}), "markdown");
  out.has_configuration = IsTrue(At(workspace, "configuration"));
  out.registers_configuration =
      IsTrue(At(workspace, {"didChangeConfiguration", "dynamicRegistration"}));
  out.registers_watchers = IsTrue(At(workspace, {"didChangeWatchedFiles", "dynamicRegistration"}));
  out.shows_progress = IsTrue(At(can, {"window", "workDoneProgress"}));
  out.process = IntegerOf(At(params, "processId")).value_or(0);
  return out;
}

}  // namespace cagelint::lsp
