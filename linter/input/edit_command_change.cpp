#include "linter/input/edit_command_change.h"

#include <algorithm>
#include <utility>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/edit_command_parts.h"

namespace cagelint::input {
namespace {

constexpr std::pair<std::string_view, CommandSet> kCommands[] = {
    {"run", kRunCommand},         {"create", kCreateCommand}, {"exec", kExecCommand},
    {"update", kUpdateCommand},   {"start", kStartCommand},   {"attach", kAttachCommand},
    {"restart", kRestartCommand}, {"stop", kStopCommand},     {"kill", kKillCommand},
    {"unpause", kUnpauseCommand}, {"rm", kRemoveCommand},     {"logs", kLogsCommand},
    {"commit", kCommitCommand},   {"cp", kCopyCommand},       {"rename", kRenameCommand},
};

// The command that the words of an anchor name; 0 for one without flags that are known.
CommandSet CommandNamed(const std::vector<std::string_view>& words) {
  const std::string_view last = words.back();
  const auto names = [&](std::string_view name) {
    return std::find(words.begin(), words.end() - 1, name) != words.end() - 1;
  };
  const bool is_compose =
      names("compose") || base::NameOf(words.front()).find("-compose") != std::string_view::npos;
  if (is_compose) return last == "run" ? kComposeRunCommand : kComposeExecCommand;
  if (names("network")) {
    if (last == "connect") return kNetworkConnectCommand;
    if (last == "disconnect") return kNetworkDisconnectCommand;
    return last == "create" ? kNetworkCreateCommand : kNetworkRemoveCommand;
  }
  for (const auto& [name, command] : kCommands)
    if (name == last) return command;
  return 0;
}

// Whether a flag of this use sets the member whose flag is `flag`.
bool Sets(const FlagUse& use, std::string_view flag) {
  const std::string_view name = use.flag->Canonical();
  if (flag == "--mount") return name == "mount" || name == "volume" || name == "tmpfs";
  return "--" + std::string(name) == flag;
}

bool Overlap(std::vector<diagnostic::Edit>& edits) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const auto& a, const auto& b) { return a.span < b.span; });
  for (std::size_t i = 1; i < edits.size(); ++i)
    if (edits[i].span.begin < edits[i - 1].span.end) return true;
  return false;
}

}  // namespace

CommandChanges::CommandChanges(const base::Source& source, ScriptWords& words, FlagCache& cache,
                               const model::Container* container, const base::Span& anchor,
                               model::Engine engine, const std::vector<base::Span>& unresolved)
    : source_(source),
      words_(words),
      container_(container),
      anchor_(anchor),
      unresolved_(unresolved),
      cache_(cache) {
  FindCommand(anchor, engine);
}

void CommandChanges::Refuse(std::string why) {
  if (refused_.empty()) refused_ = std::move(why);
}

void CommandChanges::FindCommand(const base::Span& anchor, model::Engine engine) {
  const RowPlace place = words_.Command(anchor);
  if (place.row == nullptr) return Refuse("the command's words are not found in the file");
  row_ = place.row;
  std::vector<std::string_view> names;
  for (first_ = place.index; first_ < row_->words.size(); ++first_) {
    const Argument& word = row_->words[first_];
    if (word.span.begin >= anchor.end) break;
    names.push_back(word.text);
  }
  ends_in_subcommand_ =
      IsLiteralText(names.back()) && row_->words[first_ - 1].span.end == anchor.end;
  syntax_.engine = engine;
  syntax_.command = CommandNamed(names);
  // `$CMD -it alpine`, where the variable holds `docker run`.
  if (container_ != nullptr && !ends_in_subcommand_)
    syntax_.command = container_->created_only ? kCreateCommand : kRunCommand;
  if (syntax_.command == 0) return Refuse("it is not known which flags the command takes");
  image_ = row_->words.size();
  if (container_ == nullptr || !container_->image.value_span.IsValid()) return;
  const RowPlace image = words_.WordAt(container_->image.value_span, anchor);
  if (image.row == row_ && image.index >= first_) image_ = image.index;
}

const RowFlags& CommandChanges::FlagsOf(const Row& row) {
  std::size_t first = row.is_array ? 0 : 1;
  std::size_t end = row.words.size();
  if (&row == row_) {
    first = first_;
    end = image_;
  }
  const auto key = std::make_tuple(&row, syntax_.command, first, end);
  const auto found = cache_.find(key);
  if (found != cache_.end()) return found->second;
  return cache_.emplace(key, ReadFlags(row, first, end, syntax_)).first->second;
}

// The flag that is all of `whole`, whatever row it stands in.
CommandChanges::Found CommandChanges::FlagAt(const base::Span& whole) {
  const RowPlace place = words_.WordAt(whole, anchor_);
  if (place.row == nullptr) return {};
  const RowFlags& flags = FlagsOf(*place.row);
  const FlagUse* use = flags.At(whole);
  if (use != nullptr) return {&flags, use};
  // One of several that come out of a word: of which one, only the way that it came says.
  if (container_ == nullptr) return {};
  const std::vector<Member> written = WrittenAt(*container_, whole);
  return written.size() == 1 ? FlagOfOrigin(written[0]) : Found{};
}

// The same for a setting, or an element, of `member`.
CommandChanges::Found CommandChanges::FlagAt(const base::Span& whole, std::string_view member) {
  const Found found = FlagAt(whole);
  if (found.use != nullptr || container_ == nullptr) return found;
  const std::vector<Member> written = WrittenAt(*container_, whole, member);
  return written.size() == 1 ? FlagOfOrigin(written[0]) : Found{};
}

// The flag in an array from which a setting comes.
CommandChanges::Found CommandChanges::FlagOfOrigin(const Member& written) {
  if (written.steps.empty()) return {};
  const base::Span& origin = written.steps.front().span;
  const RowPlace place = words_.WordAt(origin, anchor_);
  if (place.row == nullptr || !place.row->is_array) return {};
  const RowFlags& flags = FlagsOf(*place.row);
  // Several letters of a cluster stand in one word.
  const FlagUse* found = nullptr;
  for (const FlagUse* use : flags.Holding(place.index))
    if (Sets(*use, written.flag)) found = use;
  return found == nullptr ? Found{} : Found{&flags, found};
}

void CommandChanges::NoteArray(const Row& row) {
  if (!row.is_array) return;
  array_ = base::Cover(array_, base::Cover(row.words.front().span, row.words.back().span));
  shares_array_ = shares_array_ || words_.IsShared(row, anchor_);
}

void CommandChanges::Add(const model::Change& change) {
  if (!refused_.empty()) return;
  if (change.at.IsValid() && change.at.file != source_.Id())
    return Refuse("the value stands in another file");
  switch (change.kind) {
    case model::Change::Kind::kSet:
      if (change.at.IsValid()) return SetPart(change);
      return Set(change);
    case model::Change::Kind::kAppend:
      return AddFlag(change.member, change.value, false);
    case model::Change::Kind::kRemove:
      return RemoveAt(change.at);
    case model::Change::Kind::kReplace:
      return ReplaceAt(change.at, change.value);
  }
}

void CommandChanges::AddFlag(std::string_view member, std::string_view value, bool is_last) {
  if (container_ == nullptr) return Refuse("there is no container");
  const auto known = MemberNamed(*container_, member);
  std::string_view name = known ? known->flag : std::string_view{};
  if (member == "mounts") name = MountFlag(value);
  if (name.empty()) return Refuse("no flag sets `" + std::string(member) + "`");
  const Flag* flag = FindFlag(syntax_.command, syntax_.engine, name.substr(2));
  if (flag == nullptr) return Refuse("the command has no flag `" + std::string(name) + "`");
  std::string text(name);
  if (!flag->IsBool()) {
    const auto quoted = QuotedWord(value, row_->quoting);
    if (!quoted) return Refuse("the value needs quotes inside quotes");
    text += (FlagsOf(*row_).PrefersBlank() ? " " : "=") + *quoted;
  } else if (value != "true") {
    text += "=" + std::string(value);
  }
  added_.push_back(std::move(text));
  is_last_ = is_last_ || is_last;
}

void CommandChanges::Set(const model::Change& change) {
  if (container_ == nullptr) return Refuse("there is no container");
  const auto member = MemberNamed(*container_, change.member);
  if (!member) return Refuse("there is no setting `" + change.member + "`");
  if (member->is_list) return AddFlag(change.member, change.value, false);
  if (change.member == "network_mode") return SetNetwork(change.value, *member);
  const bool is_off = member->is_bool && change.value == "false";
  if (member->state == model::State::kAbsent && is_off)
    return Refuse("`" + std::string(member->flag) + "` is not there");
  if (member->state == model::State::kAbsent) return AddFlag(change.member, change.value, false);
  const Found found = FlagAt(member->whole, change.member);
  if (member->is_bool && found.use != nullptr) return SetSwitch(change, *member, found);
  const bool is_written = found.use != nullptr && IsLiteralText(found.use->value.Text());
  if (is_written)
    return ReplaceValue(found, found.use->value.begin, found.use->value.end, change.value);
  // A variable's value is not this command's alone: the flag behind it wins.
  AddFlag(change.member, change.value, true);
  reaches_ = "what is set by a variable stays, and is overridden by the flag behind it";
}

// The flag of the network: `name=x,ip=…` is one value, whatever of it names the network.
CommandChanges::Found CommandChanges::NetworkFlag(const Member& member) {
  const Found found = FlagAt(member.whole, "network_mode");
  if (found.use != nullptr) return found;
  const RowPlace place = words_.WordAt(member.whole, anchor_);
  if (place.row == nullptr) return {};
  const RowFlags& flags = FlagsOf(*place.row);
  for (const FlagUse* use : flags.Holding(place.index))
    if (Sets(*use, member.flag)) return {&flags, use};
  return {};
}

void CommandChanges::SetNetwork(const std::string& value, const Member& member) {
  if (member.state == model::State::kAbsent) {
    if (value == "none") DropAddresses(FlagsOf(*row_));
    return AddFlag("network_mode", value, false);
  }
  const Found found = NetworkFlag(member);
  // A further network is one more, not another.
  if (found.use == nullptr || !IsLiteralText(found.use->value.Text()))
    return Refuse("a variable sets the network");
  // A container has several networks, and `none` goes with no other.
  for (const FlagUse& other : found.flags->words.flags)
    if (&other != found.use && Sets(other, member.flag)) removals_.Add(*found.flags, other);
  if (value == "none") {
    DropAddresses(FlagsOf(*row_));
    if (found.flags->row != row_) DropAddresses(*found.flags);
  }
  ReplaceValue(found, found.use->value.begin, found.use->value.end, value);
}

// What the engine refuses of a container without a network: addresses and names in one.
void CommandChanges::DropAddresses(const RowFlags& flags) {
  for (const FlagUse& use : flags.words.flags) {
    const std::string_view name = use.flag->Canonical();
    const bool is_address = name == "ip" || name == "ip6" || name == "link-local-ip" ||
                            name == "network-alias" ||
                            (name == "mac-address" && syntax_.engine == model::Engine::kPodman);
    if (!is_address) continue;
    removals_.Add(flags, use);
    NoteArray(*flags.row);
  }
}

void CommandChanges::SetSwitch(const model::Change& change, const Member& member,
                               const Found& found) {
  NoteArray(*found.flags->row);
  const FlagUse& use = *found.use;
  if (change.value == "false") {
    // An earlier one would count again.
    for (const FlagUse& other : found.flags->words.flags)
      if (Sets(other, member.flag)) removals_.Add(*found.flags, other);
    return;
  }
  if (use.bare) return Refuse("`" + std::string(member.flag) + "` is there");
  if (use.value.begin == 0 || !IsLiteralText(use.value.Text())) {
    AddFlag(change.member, change.value, true);
    reaches_ = "what is set by a variable stays, and is overridden by the flag behind it";
    return;
  }
  ReplaceValue(found, use.value.begin - 1, use.value.end, "");
}

void CommandChanges::SetPart(const model::Change& change) {
  const std::string_view member =
      std::string_view(change.member).substr(0, change.member.find('.'));
  const Found found = FlagAt(change.at, member);
  if (found.use == nullptr) return Refuse("it is not known where the value stands");
  const auto edit = PartEdit(*found.use, change.member, change.value);
  if (!edit) return Refuse("the flag's value has no such part");
  const std::size_t begin = found.use->value.begin;
  ReplaceValue(found, begin + edit->begin, begin + edit->end, edit->text);
}

void CommandChanges::ReplaceValue(const Found& found, std::size_t from, std::size_t to,
                                  std::string_view text) {
  const FlagUse& use = *found.use;
  const Row& row = *found.flags->row;
  const auto edit = ReplaceText(source_, row, found.flags->IndexOf(*use.value.word),
                                use.value.begin, from, to, text);
  if (!edit) return Refuse("the value comes from a variable, or needs other quotes");
  edits_.push_back(*edit);
  NoteArray(row);
}

void CommandChanges::RemoveAt(const base::Span& whole) {
  Found found = FlagAt(whole);
  if (found.use == nullptr && container_ != nullptr && container_->network_mode.whole == whole)
    found = NetworkFlag(*MemberNamed(*container_, "network_mode"));
  if (found.use == nullptr) {
    // A word that is no flag, nor the value of one: of the program that the image runs.
    const RowPlace place = words_.WordAt(whole, anchor_);
    const bool is_word = place.row != nullptr && place.row->words[place.index].span == whole &&
                         place.row->words[place.index].IsLiteral() &&
                         FlagsOf(*place.row).Holding(place.index).empty();
    if (!is_word) return Refuse("several values come out of this word");
    removals_.AddWord(*place.row, place.index);
    return NoteArray(*place.row);
  }
  const FlagUse& use = *found.use;
  if (use.flag->SplitsCommas(syntax_.engine) &&
      use.value.Text().find(',') != std::string_view::npos)
    return Refuse("the flag has several values");
  removals_.Add(*found.flags, use);
  NoteArray(*found.flags->row);
}

void CommandChanges::ReplaceAt(const base::Span& place, std::string_view text) {
  const RowPlace at = words_.WordAt(place, anchor_);
  if (at.row == nullptr) return Refuse("the value's word is not found in the file");
  const RowFlags& flags = FlagsOf(*at.row);
  for (const FlagUse* use : flags.Holding(at.index)) {
    if (flags.IndexOf(*use->value.word) != at.index || use->value.Span() != place) continue;
    if (!use->bare) return ReplaceValue({&flags, use}, use->value.begin, use->value.end, text);
  }
  // A part of a value, or a word that is no flag's.
  const Argument& word = at.row->words[at.index];
  for (const Piece& piece : word.pieces) {
    if (!piece.span.Contains(place) || piece.span.Size() != piece.size) continue;
    const std::size_t from = piece.begin + (place.begin - piece.span.begin);
    const auto edit =
        ReplaceText(source_, *at.row, at.index, from, from, from + place.Size(), text);
    if (!edit) break;
    edits_.push_back(*edit);
    return NoteArray(*at.row);
  }
  Refuse("the value comes from a variable, or needs other quotes");
}

std::vector<diagnostic::Edit> CommandChanges::Take() {
  std::vector<diagnostic::Edit> out;
  if (refused_.empty() && !removals_.Edit(source_, edits_))
    Refuse("what stands next to it is not understood");
  std::optional<FlagPlace> place;
  if (refused_.empty() && !added_.empty()) place = PlaceForFlags();
  for (const bool is_inline : {false, true}) {
    out = edits_;
    if (place) {
      place->is_inline = is_inline;
      out.push_back(InsertFlags(source_, *place, added_));
    }
    if (!Overlap(out)) break;
    if (is_inline) Refuse("its changes stand in each other's way");
  }
  for (const diagnostic::Edit& edit : out)
    if (words_.IsDecoded(edit.span, anchor_)) Refuse("the command stands in quotes with escapes");
  return refused_.empty() ? out : std::vector<diagnostic::Edit>{};
}

}  // namespace cagelint::input
