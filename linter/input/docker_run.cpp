#include "linter/input/docker_run.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "linter/input/docker_deprecated.h"
#include "linter/input/docker_image.h"
#include "linter/input/docker_lists.h"
#include "linter/input/docker_mistakes.h"
#include "linter/input/docker_network_option.h"
#include "linter/input/docker_scalars.h"
#include "linter/input/docker_values.h"
#include "linter/input/docker_volume.h"

namespace cagelint::input {
namespace {

using model::Container;

// podman and nerdctl split some values at commas, as a CSV record.
std::vector<FlagUse> Parts(const FlagUse& use, model::Engine engine) {
  std::vector<CsvField> fields;
  if (!use.flag->SplitsCommas(engine) || !ReadCsvFields(use.value.Text(), fields)) return {use};
  std::vector<FlagUse> parts;
  for (const CsvField& field : fields) {
    FlagUse part = use;
    part.value =
        use.value.Part(field.offset, std::min(field.offset + field.text.size(), field.end));
    parts.push_back(std::move(part));
  }
  return parts;
}

void ApplyFlags(const Words& words, const Reading& reading, Container& container) {
  const auto last = LastUses(words);
  std::vector<NetworkUse> networks;
  std::unordered_set<std::string_view> volumes;  // the client keeps one of equal values
  // What files say comes first: -e overrides it.
  for (const FlagUse& use : words.flags) {
    const Grammar grammar = use.flag->grammar;
    if (grammar != Grammar::kEnvFile && grammar != Grammar::kLabelFile) continue;
    for (const FlagUse& part : Parts(use, reading.engine)) ApplyFlag(part, reading, container);
  }
  for (const FlagUse& use : words.flags) {
    const Grammar grammar = use.flag->grammar;
    if (grammar == Grammar::kEnvFile || grammar == Grammar::kLabelFile) continue;
    const auto final_use = last.find(use.flag->Canonical());
    const bool overridden = final_use != last.end() && final_use->second != &use;
    if (overridden && IsCheckedLate(use) && reading.IsDocker()) continue;
    if (grammar == Grammar::kVolume && !volumes.insert(use.value.Text()).second) continue;
    for (const FlagUse& part : Parts(use, reading.engine)) {
      if (grammar != Grammar::kNetwork) {
        ApplyFlag(part, reading, container);
        continue;
      }
      for (NetworkUse& network : ReadNetwork(part, reading)) networks.push_back(std::move(network));
    }
  }
  ApplyNetworks(networks, words, reading, container);
  FinishLists(container);
}

// The driver of --volume-driver is that of the named volumes of -v.
void ApplyVolumeDriver(const Words& words, Container& container) {
  const FlagUse* driver = nullptr;
  for (const FlagUse& use : words.flags)
    if (use.flag->name == "volume-driver") driver = &use;
  if (driver == nullptr) return;
  for (auto& item : container.mounts.items)
    if (item.IsKnown() && item.value.form == model::Mount::Form::kShort &&
        item.value.type.Is("volume")) {
      item.value.driver = TextSetting(driver->value);
    }
}

// podman: the network of a container in a pod is the pod's, which was made elsewhere.
void ApplyPod(const Words& words, Container& container) {
  if (!container.network_mode.IsAbsent() || !container.networks.IsAbsent()) return;
  for (const FlagUse& use : words.flags) {
    const bool by_id = use.flag->name == "pod-id-file";
    if (!by_id && use.flag->name != "pod") continue;
    if (!by_id && (use.value.Text().empty() || use.value.Text().starts_with("new:"))) continue;
    container.network_mode = DynamicSetting<std::string>(use.value);
  }
}

Value Whole(const Argument& word) { return {&word, 0, word.text.size(), word.span}; }

void ReadImage(const Words& words, const Reading& reading, base::Span anchor,
               Container& container) {
  if (words.positional.empty()) {
    if (words.unresolved.empty()) {
      if (words.refusals.empty()) reading.Refuse(anchor, "there is no image");
      return;
    }
    const Argument& list = *words.unresolved.back();
    container.image = DynamicSetting<std::string>(Whole(list));
    container.command.state = model::State::kDynamic;
    container.command.source = list.Written();
    container.command.whole = list.span;
    return;
  }
  const Argument& image = *words.positional[0];
  container.image = TextSetting(Whole(image));
  if (!reading.invocation.runs_now && IsImagePlaceholder(image.text)) {
    container.image = DynamicSetting<std::string>(Whole(image));
    return;
  }
  if (!reading.IsDocker() || words.unknown_flag || !image.IsLiteral()) return;
  if (const std::string reason = ImageRefusal(image.text); !reason.empty())
    reading.Refuse(Whole(image).Span(), reason);
}

void ReadProgram(const Words& words, Container& container) {
  for (std::size_t i = 1; i < words.positional.size(); ++i) {
    const Argument& word = *words.positional[i];
    container.command.Add(TextSetting(Whole(word)));
    if (!word.is_list) continue;
    container.command.state = model::State::kDynamic;
    container.command.source = word.Written();
  }
}

// Refuses what the client refuses even where it is asked for help.
void CheckEarly(const Words& words, const Reading& reading) {
  model::Document scratch;
  const Reading quiet{reading.invocation, reading.context, scratch, reading.engine, true};
  Container unused;
  for (const FlagUse& use : words.flags) {
    if (!IsCheckedEarly(use.flag->grammar) || IsCheckedLate(use)) continue;
    if (use.flag->grammar == Grammar::kNetwork)
      ReadNetwork(use, quiet);
    else
      ApplyFlag(use, quiet, unused);
  }
  for (diagnostic::Gap& gap : scratch.gaps)
    if (gap.refused) reading.document.gaps.push_back(std::move(gap));
  for (model::Remark& remark : scratch.remarks)
    if (remark.kind == model::RemarkKind::kInvalidOption)
      reading.document.remarks.push_back(std::move(remark));
}

// Whether the client prints help and runs nothing. Refuses what is no boolean.
bool AsksForHelp(const Words& words, const Reading& reading) {
  bool help = reading.shows_help;
  for (const FlagUse& use : words.flags)
    if (use.flag->name == "help") help = ReadBool(use, reading).Is(true);
  if (!help || !reading.IsDocker()) return help;
  CheckEarly(words, reading);
  return true;
}

// Adds a container of which nothing is known but where it stands.
Container& NewContainer(const Reading& reading, base::Span anchor) {
  Container& container = reading.document.containers.emplace_back();
  container.carrier =
      reading.invocation.runs_now ? model::Carrier::kCommandLine : model::Carrier::kShell;
  container.engine = reading.engine;
  container.anchor = anchor;
  container.extent = reading.invocation.extent;
  container.order = reading.invocation.order;
  container.output_captured = reading.invocation.output_captured;
  container.handles = reading.invocation.handles;
  container.client_timeout = reading.invocation.timeout;
  return container;
}

}  // namespace

void AddUnresolved(const std::vector<const Argument*>& unresolved, const Reading& reading) {
  for (const Argument* word : unresolved) {
    reading.AddGap("unresolved-arguments", word->span,
                   "`" + word->Written() + "` may hold any options");
  }
}

bool ReadRun(const Reading& reading, std::span<const Argument> words, base::Span anchor,
             CommandSet command) {
  const std::size_t before = reading.document.gaps.size();
  const Words parsed = ParseWords(words, {command, reading.engine, false});
  for (const Refusal& refusal : parsed.refusals) reading.Refuse(refusal.span, refusal.message);
  AddUnresolved(parsed.unresolved, reading);
  if (AsksForHelp(parsed, reading)) return false;
  Container& container = NewContainer(reading, anchor);
  container.created_only = command == kCreateCommand;
  ApplyFlags(parsed, reading, container);
  ApplyVolumeDriver(parsed, container);
  JoinCreatedVolumes(reading, container);
  ApplyPod(parsed, container);
  ReadImage(parsed, reading, anchor, container);
  ReadProgram(parsed, container);
  CheckTogether(parsed, reading, container);
  NoteMistakes(parsed, command, reading);
  const auto& found = reading.document.gaps;
  const bool refused = std::any_of(found.begin() + static_cast<std::ptrdiff_t>(before), found.end(),
                                   [](const diagnostic::Gap& gap) { return gap.refused; });
  if (!refused) NoteDeprecated(parsed, reading);
  for (const Argument* word : parsed.unresolved)
    model::MakeAbsentDynamic(container, word->Written(), word->span);

  const std::size_t gaps = reading.document.gaps.size();
  FollowSeccompProfile(container, reading.document, reading.invocation.directories,
                       reading.context);
  if (!reading.invocation.runs_now) return true;
  // The client would read the profile now, and refuses one that it cannot read.
  for (std::size_t i = gaps; i < reading.document.gaps.size(); ++i) {
    diagnostic::Gap& gap = reading.document.gaps[i];
    if (gap.kind == "missing-file" || gap.kind == "unreadable-file" || gap.kind == "syntax-error")
      gap.refused = true;
  }
  return true;
}

void ReadComposeRun(const Reading& reading, std::span<const Argument> words, base::Span anchor) {
  const Words parsed = ParseWords(words, {kComposeRunCommand, reading.engine, false});
  // Many versions of compose are about: what this one does not know may be another's.
  for (const Refusal& refusal : parsed.refusals)
    reading.AddGap("unsupported-construct", refusal.span, refusal.message);
  AddUnresolved(parsed.unresolved, reading);
  if (AsksForHelp(parsed, reading)) return;
  Container& container = NewContainer(reading, anchor);
  ApplyFlags(parsed, reading, container);
  ReadProgram(parsed, container);
  const bool named = !parsed.positional.empty() && parsed.positional[0]->IsLiteral();
  if (named) container.service = parsed.positional[0]->text;
  container.image = model::Setting<std::string>::Dynamic("the compose file", anchor, anchor);
  const model::Setting<bool> remove = container.remove;
  model::MakeOpen(container, "the compose file", anchor);
  // No key of a compose file says so: the command alone decides.
  if (parsed.unresolved.empty()) container.remove = remove;
}

}  // namespace cagelint::input
