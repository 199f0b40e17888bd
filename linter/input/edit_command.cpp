#include "linter/input/edit_command.h"

#include <algorithm>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/edit_command_change.h"

namespace cagelint::input {
namespace {

Edited Refused(std::string why) {
  Edited out;
  out.refused = std::move(why);
  return out;
}

}  // namespace

CommandEditor::CommandEditor(const EditContext& context) : context_(context) {
  for (const diagnostic::Gap& gap : context.document.gaps) {
    if (gap.kind == "syntax-error") errors_.push_back(gap.span);
    if (gap.kind == "unresolved-arguments") unresolved_.push_back(gap.span);
  }
  std::sort(unresolved_.begin(), unresolved_.end());
  for (const model::Container& one : context.document.containers) ++anchors_[one.anchor];
}

// A command that is cut off by a syntax error may go on otherwise than it seems.
bool CommandEditor::IsBroken(const base::Span& extent) const {
  return std::any_of(errors_.begin(), errors_.end(), [&](const base::Span& error) {
    return error.file == extent.file && error.begin <= extent.end && extent.begin <= error.end;
  });
}

ScriptWords* CommandEditor::WordsOf(base::FileId file) {
  const auto [found, added] = words_.emplace(file, nullptr);
  if (!added) return found->second.get();
  const base::Source& source = context_.sources.Get(file);
  if (!base::FindInvalidUtf8(source.Bytes())) found->second = std::make_unique<ScriptWords>(source);
  return found->second.get();
}

std::optional<CommandEditor::Asked> CommandEditor::AskedAt(const model::Container* container,
                                                           const base::Span& place) const {
  if (container != nullptr) return Asked{container->anchor, container->extent, container->engine};
  std::optional<Asked> found;
  // The innermost: `docker exec $(docker run …) sh`.
  const auto consider = [&](const auto& one) {
    if (!one.extent.Contains(place)) return;
    if (!found || one.extent.Size() < found->extent.Size())
      found = Asked{one.anchor, one.extent, one.engine};
  };
  for (const model::Command& command : context_.document.commands) consider(command);
  for (const model::Container& other : context_.document.containers) consider(other);
  return found;
}

// Why the edits reach further than the container: the same words start others.
std::string CommandEditor::ReachOf(const model::Container* container, const Edited& edited,
                                   const CommandChanges& made) {
  const base::FileId file = edited.edits.front().span.file;
  const base::FileId own = context_.sources.FileOf(context_.document.file);
  if (context_.sources.FileOf(file) != own)
    return "other scripts may read the file that is changed";
  if (container != nullptr && anchors_[container->anchor] > 1)
    return "the command is run in several ways";
  const bool is_shared = made.SharesArray() || (container != nullptr && made.Array().IsValid() &&
                                                IsShared(made.Array(), container));
  return is_shared ? "the array is used by other commands, too" : "";
}

bool CommandEditor::IsShared(const base::Span& array, const model::Container* container) {
  const auto [found, added] = users_.emplace(array, std::vector<const model::Container*>{});
  auto& users = found->second;
  if (added) {
    for (const model::Container& one : context_.document.containers) {
      if (users.size() > 1) break;
      if (PassesThrough(one, array)) users.push_back(&one);
    }
  }
  return std::any_of(users.begin(), users.end(),
                     [&](const model::Container* user) { return user != container; });
}

Edited CommandEditor::Apply(const model::Container* container,
                            std::span<const model::Change> changes) {
  if (changes.empty()) return Refused("there is no change");
  const auto asked = AskedAt(container, changes.front().at);
  if (!asked || !asked->anchor.IsValid()) return Refused("no command stands there");
  const base::Source& source = context_.sources.Get(asked->anchor.file);
  ScriptWords* words = WordsOf(source.Id());
  if (words == nullptr) return Refused("the file is not UTF-8");
  if (IsBroken(asked->extent) || words->IsBehindError(asked->anchor))
    return Refused("a syntax error stands here");
  CommandChanges made(source, *words, flags_[asked->engine], container, asked->anchor,
                      asked->engine, unresolved_);
  for (const model::Change& change : changes) made.Add(change);
  Edited out;
  out.edits = made.Take();
  out.refused = made.Refused();
  if (out.edits.empty()) {
    if (out.refused.empty()) out.refused = "nothing would change";
    return out;
  }
  out.reaches = made.Reaches();
  const std::string reach = ReachOf(container, out, made);
  if (!reach.empty()) out.reaches += (out.reaches.empty() ? "" : "; ") + reach;
  return out;
}

Edited EditCommand(const EditContext& context, const model::Container* container,
                   std::span<const model::Change> changes) {
  return CommandEditor(context).Apply(container, changes);
}

}  // namespace cagelint::input
