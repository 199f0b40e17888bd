#include "linter/lsp/commands.h"

#include <utility>

#include "linter/lsp/edits.h"
#include "linter/lsp/fixing.h"
#include "linter/lsp/positions.h"

namespace cagelint::lsp {
namespace {

Failure Wrong(std::string message) { return {ErrorCode::kInvalidParams, std::move(message)}; }

// Tells the editor that work goes on, as long as this lives, where it asked for that.
class Progress {
 public:
  Progress(Session& session, const Json& token, const char* title) : session_(session) {
    if (token.is_string()) token_ = *token.get_ptr<const std::string*>();
    if (const auto number = IntegerOf(token)) token_ = *number;
    Tell({{"kind", "begin"}, {"title", title}, {"cancellable", true}});
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { Tell({{"kind", "end"}}); }

 private:
  void Tell(OutJson value) {
    if (!token_.is_null())
      session_.Notify("$/progress", {{"token", token_}, {"value", std::move(value)}});
  }

  Session& session_;
  OutJson token_;
};

void Apply(Session& session, const char* label, OutJson edit) {
  session.Ask("workspace/applyEdit", {{"label", label}, {"edit", std::move(edit)}});
}

std::optional<Failure> FixDocument(Session& session, const Json& params, const Json& arguments,
                                   bool unsafe) {
  const auto uri = TextOf(arguments[0]);
  Document* document = uri ? session.workspace.Find(*uri) : nullptr;
  if (document == nullptr || document->path.empty()) return Wrong("no open document is named");
  Fixes fixes{.unsafe = unsafe};
  if (unsafe && arguments.size() > 1 && !arguments[1].is_null()) {
    const auto position = PositionOf(arguments[1]);
    if (!position) return Wrong("what stands behind the URI is not a position");
    const Judged& judged = session.Fresh(*document);
    const base::Source* source = judged.Own();
    if (source == nullptr) return Wrong("nothing in the document configures containers");
    const std::uint32_t at = output::OffsetAt(*source, *position, session.client.encoding);
    const auto container = ContainerAt(judged, {source->Id(), at, at});
    if (!container) return Wrong("no container stands there of which something was found");
    fixes.subject = container->subject;
  }
  const char* label = unsafe ? "harden" : "make all safe fixes";
  const Progress progress(session, At(params, "workDoneToken"), label);
  const std::string before = document->text.Utf8();
  const auto after = FixedText(session, *document, fixes);
  if (!after) return Failure{ErrorCode::kRequestCancelled, "the request was cancelled"};
  if (*after != before) Apply(session, label, WorkspaceEditOf(session, *document, before, *after));
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> CommandNames() {
  return {kApplyCommand, kFixAllCommand, kHardenCommand};
}

std::optional<Failure> Execute(Session& session, const Json& params) {
  const auto command = TextOf(At(params, "command"));
  const Json& arguments = At(params, "arguments");
  if (!command) return Wrong("no command is named");
  const bool is_ours =
      *command == kApplyCommand || *command == kFixAllCommand || *command == kHardenCommand;
  if (!is_ours) return Wrong("unknown command `" + *command + "`");
  if (!arguments.is_array() || arguments.empty()) return Wrong("the command has no arguments");
  if (!session.client.applies_edits)
    return Failure{ErrorCode::kRequestFailed, "the client cannot apply edits"};
  if (*command == kApplyCommand) {
    if (!arguments[0].is_object()) return Wrong("the argument is not an edit");
    Apply(session, "fix", OutJson::parse(arguments[0].dump()));
    return std::nullopt;
  }
  return FixDocument(session, params, arguments, *command == kHardenCommand);
}

}  // namespace cagelint::lsp
