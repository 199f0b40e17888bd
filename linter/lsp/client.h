// What the other side can do, as it says in `initialize`.
#pragma once

#include "linter/lsp/message.h"
#include "linter/output/lsp_json.h"

namespace cagelint::lsp {

struct Client {
  output::PositionEncoding encoding = output::PositionEncoding::kUtf16;
  // Of diagnostics.
  bool versions = false;
  bool related = false;
  bool descriptions = false;
  bool tags = false;
  // It asks for them, and asks again when it is told to: then nothing is published. One that only
  // asks after its own edits would never hear of a changed file or setting.
  bool pulls = false;
  bool pulls_related = false;
  bool refreshes_hints = false;
  // Of edits and actions.
  bool document_changes = false;
  bool literal_actions = false;
  bool preferred_actions = false;
  bool applies_edits = false;
  bool markdown = false;  // in hovers
  // Of the workspace.
  bool has_configuration = false;
  bool registers_configuration = false;
  bool registers_watchers = false;
  bool shows_progress = false;
  std::int64_t process = 0;  // 0: none is to be watched

  // `params` of initialize; what has the wrong type is not there.
  static Client From(const Json& params);
};

std::string_view Name(output::PositionEncoding encoding);  // "utf-16"

}  // namespace cagelint::lsp
