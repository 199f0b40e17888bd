// Edits of the commands of one document. Keeps what it parsed, so that many fixes cost one parse a
// file: EditCommand is this for a single question.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linter/input/edit_command_change.h"
#include "linter/input/edit_command_words.h"
#include "linter/input/edit_formats.h"

namespace cagelint::input {

class CommandEditor {
 public:
  // What the context refers to must outlive it.
  explicit CommandEditor(const EditContext& context);

  // As EditCommand.
  //   * A flag is added before the image, behind `run` where the image's own word is not known.
  //   * A single setting that a variable gives is not edited: a flag behind it overrides it, and
  //     `reaches` says so.
  //   * An element of an array that feeds the command is edited where it stands in the array.
  Edited Apply(const model::Container* container, std::span<const model::Change> changes);

 private:
  // Null where the file cannot be edited: it is not UTF-8.
  ScriptWords* WordsOf(base::FileId file);
  std::string ReachOf(const model::Container* container, const Edited& edited,
                      const CommandChanges& made);
  // Whether something of another container than `container` comes out of the array.
  bool IsShared(const base::Span& array, const model::Container* container);
  bool IsBroken(const base::Span& extent) const;
  // The anchor of the command in which `place` stands, and whose it is.
  struct Asked {
    base::Span anchor;
    base::Span extent;
    model::Engine engine = model::Engine::kDocker;
  };
  std::optional<Asked> AskedAt(const model::Container* container, const base::Span& place) const;

  EditContext context_;
  std::map<base::FileId, std::unique_ptr<ScriptWords>> words_;
  std::map<model::Engine, CommandChanges::FlagCache> flags_;
  std::map<base::Span, int> anchors_;  // how many containers have it
  // The containers that use an array; two are as good as many.
  std::map<base::Span, std::vector<const model::Container*>> users_;
  std::vector<base::Span> errors_;      // of the syntax
  std::vector<base::Span> unresolved_;  // places that may hold any options; sorted
};

}  // namespace cagelint::input
