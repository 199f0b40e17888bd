// Where new flags go.
#include <algorithm>

#include "linter/input/edit_command_change.h"

namespace cagelint::input {

// Whether flags come out of the word besides the image: `"${args[@]}"`, `$OPTS`.
bool CommandChanges::CarriesFlags(const Argument& word) const {
  return !WrittenAt(*container_, word.span).empty();
}

// Whether words before the image may hold any options.
bool CommandChanges::HasUnresolved() const {
  const base::Span& image = row_->words[image_].span;
  const base::Span before = base::Cover(row_->words[first_].span, image);
  for (auto it = std::lower_bound(unresolved_.begin(), unresolved_.end(), before);
       it != unresolved_.end() && it->Overlaps(before); ++it)
    if (!it->Overlaps(image)) return true;
  return false;
}

// Before the word `before`, or the `--` that ends the options before that.
FlagPlace CommandChanges::PlaceBefore(const Row& row, std::size_t first, std::size_t before) {
  const RowFlags& flags = FlagsOf(row);
  FlagPlace place{&row, first, before, is_last_, false, {}};
  if (flags.words.after_dashes)
    place.before = std::min(before, flags.first + flags.words.consumed - 1);
  for (const FlagUse& use : flags.words.flags) {
    const std::size_t value = flags.IndexOf(*use.value.word);
    if (value != flags.IndexOf(use)) place.values.insert(value);
  }
  return place;
}

std::optional<FlagPlace> CommandChanges::PlaceBehindSubcommand() {
  if (!ends_in_subcommand_) {
    Refuse("the words `docker run` come from a variable");
    return std::nullopt;
  }
  if (is_last_) {
    Refuse("it is not known where the options end");
    return std::nullopt;
  }
  return PlaceBefore(*row_, first_, first_);
}

// Before the image among the elements of the array that `use` stands for.
std::optional<FlagPlace> CommandChanges::PlaceInArray(const Argument& use) {
  const auto& steps = container_->image.steps;
  if (!use.is_list || steps.empty()) return std::nullopt;
  const RowPlace place = words_.WordAt(steps.front().span, anchor_);
  if (place.row == nullptr || !place.row->is_array) return std::nullopt;
  return PlaceBefore(*place.row, 0, place.index);
}

std::optional<FlagPlace> CommandChanges::PlaceForFlags() {
  if (image_ >= row_->words.size()) return PlaceBehindSubcommand();
  const Argument& image = row_->words[image_];
  if (CarriesFlags(image)) {
    auto place = PlaceInArray(image);
    // Flags of this command are none of the others that use the array.
    if (place && !words_.IsShared(*place->row, anchor_)) {
      NoteArray(*place->row);
      return place;
    }
    if (is_last_) {
      Refuse("the options and the image come out of one variable");
      return std::nullopt;
    }
  }
  const RowFlags& flags = FlagsOf(*row_);
  const bool takes_image = image_ > first_ && flags.TakesNext(image_ - 1, syntax_);
  // What may be any options may also end in one that takes the next word.
  if (takes_image || HasUnresolved()) return PlaceBehindSubcommand();
  return PlaceBefore(*row_, first_, image_);
}

}  // namespace cagelint::input
