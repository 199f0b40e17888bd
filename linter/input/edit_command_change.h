// The changes of one fix to one command → edits.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/edit_command_flags.h"
#include "linter/input/edit_command_layout.h"
#include "linter/input/edit_command_members.h"
#include "linter/model/change.h"

namespace cagelint::input {

class CommandChanges {
 public:
  // Flags of rows, which are read once for many fixes.
  using FlagCache =
      std::map<std::tuple<const Row*, CommandSet, std::size_t, std::size_t>, RowFlags>;

  // `container` may be null: then only places can be changed. `words` and `cache` are those of
  // `source` and the engine. `unresolved` are places that may hold any options.
  CommandChanges(const base::Source& source, ScriptWords& words, FlagCache& cache,
                 const model::Container* container, const base::Span& anchor, model::Engine engine,
                 const std::vector<base::Span>& unresolved);

  // Why the command cannot be edited at all; "" where it can.
  const std::string& Refused() const { return refused_; }
  void Add(const model::Change& change);
  // Sorted, disjoint; empty where it is refused.
  std::vector<diagnostic::Edit> Take();
  // Why the edits may not do what they seem to.
  const std::string& Reaches() const { return reaches_; }
  // The elements of the array that is edited; invalid where none is.
  const base::Span& Array() const { return array_; }
  // Whether others than this command get elements of that array.
  bool SharesArray() const { return shares_array_; }

 private:
  // A flag in a row.
  struct Found {
    const RowFlags* flags = nullptr;
    const FlagUse* use = nullptr;
  };
  void FindCommand(const base::Span& anchor, model::Engine engine);
  void Refuse(std::string why);
  const RowFlags& FlagsOf(const Row& row);
  Found FlagAt(const base::Span& whole);
  Found FlagAt(const base::Span& whole, std::string_view member);
  Found FlagOfOrigin(const Member& written);

  void AddFlag(std::string_view member, std::string_view value, bool is_last);
  void Set(const model::Change& change);
  Found NetworkFlag(const Member& member);
  void SetNetwork(const std::string& value, const Member& member);
  void DropAddresses(const RowFlags& flags);
  void SetSwitch(const model::Change& change, const Member& member, const Found& found);
  void SetPart(const model::Change& change);
  void RemoveAt(const base::Span& whole);
  void ReplaceAt(const base::Span& place, std::string_view text);
  void ReplaceValue(const Found& found, std::size_t from, std::size_t to, std::string_view text);
  void NoteArray(const Row& row);

  std::optional<FlagPlace> PlaceForFlags();
  FlagPlace PlaceBefore(const Row& row, std::size_t first, std::size_t before);
  std::optional<FlagPlace> PlaceBehindSubcommand();
  std::optional<FlagPlace> PlaceInArray(const Argument& use);
  bool CarriesFlags(const Argument& word) const;
  bool HasUnresolved() const;

  const base::Source& source_;
  ScriptWords& words_;
  const model::Container* container_;
  base::Span anchor_;
  const std::vector<base::Span>& unresolved_;  // sorted
  Syntax syntax_;
  const Row* row_ = nullptr;  // the anchor's
  std::size_t first_ = 0;     // behind the subcommand
  std::size_t image_ = 0;     // the word that holds the image; the row's size where none does
  bool ends_in_subcommand_ = false;
  FlagCache& cache_;

  Removals removals_;
  std::vector<std::string> added_;
  bool is_last_ = false;
  std::vector<diagnostic::Edit> edits_;
  std::string refused_;
  std::string reaches_;
  base::Span array_;
  bool shares_array_ = false;
};

}  // namespace cagelint::input
