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

// A command that is cut off by a syntax error may go on otherwise than it seems.
bool IsBroken(const model::Document& document, const base::Span& extent) {
  return std::any_of(document.gaps.begin(), document.gaps.end(), [&](const diagnostic::Gap& gap) {
    if (gap.kind != "syntax-error" || gap.span.file != extent.file) return false;
    return gap.span.begin <= extent.end && extent.begin <= gap.span.end;
  });
}

// Words of the command that may hold any options.
std::vector<base::Span> UnresolvedIn(const model::Document& document, const base::Span& extent) {
  std::vector<base::Span> out;
  for (const diagnostic::Gap& gap : document.gaps)
    if (gap.kind == "unresolved-arguments" && gap.span.Overlaps(extent)) out.push_back(gap.span);
  return out;
}

}  // namespace

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
                                   const base::Span& array) {
  const auto& containers = context_.document.containers;
  if (anchors_.empty())
    for (const model::Container& other : containers) ++anchors_[other.anchor];
  const base::FileId file = edited.edits.front().span.file;
  if (file != context_.document.file) return "other scripts may read the file that is changed";
  if (container == nullptr) return "";
  if (anchors_[container->anchor] > 1) return "the command is run in several ways";
  if (!array.IsValid()) return "";
  const bool is_shared =
      std::any_of(containers.begin(), containers.end(), [&](const model::Container& other) {
        return &other != container && PassesThrough(other, array);
      });
  return is_shared ? "the array is used by other commands, too" : "";
}

Edited CommandEditor::Apply(const model::Container* container,
                            std::span<const model::Change> changes) {
  if (changes.empty()) return Refused("there is no change");
  const auto asked = AskedAt(container, changes.front().at);
  if (!asked || !asked->anchor.IsValid()) return Refused("no command stands there");
  const base::Source& source = context_.sources.Get(asked->anchor.file);
  ScriptWords* words = WordsOf(source.Id());
  if (words == nullptr) return Refused("the file is not UTF-8");
  if (IsBroken(context_.document, asked->extent)) return Refused("a syntax error stands here");
  CommandChanges made(source, *words, container, asked->anchor, asked->engine,
                      UnresolvedIn(context_.document, asked->extent));
  for (const model::Change& change : changes) made.Add(change);
  Edited out;
  out.edits = made.Take();
  out.refused = made.Refused();
  if (out.edits.empty()) {
    if (out.refused.empty()) out.refused = "nothing would change";
    return out;
  }
  out.reaches = made.Reaches();
  const std::string reach = ReachOf(container, out, made.Array());
  if (!reach.empty()) out.reaches += (out.reaches.empty() ? "" : "; ") + reach;
  return out;
}

Edited EditCommand(const EditContext& context, const model::Container* container,
                   std::span<const model::Change> changes) {
  return CommandEditor(context).Apply(container, changes);
}

}  // namespace cagelint::input
