#include "linter/input/docker_commands.h"

#include <algorithm>
#include <limits>

#include "linter/base/text.h"
#include "linter/input/docker_image.h"
#include "linter/input/docker_lists.h"
#include "linter/input/docker_run.h"
#include "linter/input/docker_scalars.h"
#include "linter/input/docker_values.h"
#include "linter/input/docker_volume.h"

namespace cagelint::input {
namespace {

using model::Command;
using model::CommandKind;

struct Shape {
  CommandSet command;
  CommandKind kind;
  std::size_t least;  // positional words
  std::size_t most;
  bool interspersed;
};

// More containers in one command are not looked up.
constexpr std::size_t kMostTargets = 64;
constexpr std::size_t kMany = std::numeric_limits<std::size_t>::max();

constexpr Shape kShapes[] = {
    {kExecCommand, CommandKind::kExec, 2, kMany, false},
    {kUpdateCommand, CommandKind::kUpdate, 1, kMany, true},
    {kStartCommand, CommandKind::kStart, 1, kMany, true},
    {kAttachCommand, CommandKind::kAttach, 1, 1, true},
    {kRestartCommand, CommandKind::kRestart, 1, kMany, true},
    {kStopCommand, CommandKind::kStop, 1, kMany, true},
    {kKillCommand, CommandKind::kKill, 1, kMany, true},
    {kUnpauseCommand, CommandKind::kUnpause, 1, kMany, true},
    {kRemoveCommand, CommandKind::kRemove, 1, kMany, true},
    {kLogsCommand, CommandKind::kLogs, 1, 1, true},
    {kCommitCommand, CommandKind::kCommit, 1, 2, true},
    {kCopyCommand, CommandKind::kCopy, 2, 2, true},
    {kNetworkConnectCommand, CommandKind::kNetworkConnect, 2, 2, true},
    {kNetworkDisconnectCommand, CommandKind::kNetworkDisconnect, 2, 2, true},
    {kNetworkCreateCommand, CommandKind::kNetworkCreate, 1, 1, true},
    {kNetworkRemoveCommand, CommandKind::kNetworkRemove, 1, kMany, true},
    {kVolumeCreateCommand, CommandKind::kVolumeCreate, 0, 1, true},
    {kRenameCommand, CommandKind::kRename, 2, 2, true},
    {kComposeExecCommand, CommandKind::kExec, 2, kMany, false},
};

const Shape& ShapeOf(CommandSet command) {
  return *std::find_if(std::begin(kShapes), std::end(kShapes),
                       [&](const Shape& shape) { return shape.command == command; });
}

Value Whole(const Argument& word) { return {&word, 0, word.text.size(), word.span}; }

void AddTarget(const Value& value, Command& command) {
  model::Target target;
  target.name = TextSetting(value);
  command.targets.push_back(std::move(target));
}

// `container:path` of cp; a path of the host has none, or begins with `/` or `.`.
void AddCopyTarget(const Argument& word, Command& command) {
  const std::size_t colon = word.text.find(':');
  if (colon == std::string::npos || word.text[0] == '/' || word.text[0] == '.') return;
  AddTarget(Whole(word).Part(0, colon), command);
}

bool IsGiven(const Words& words, std::string_view name) {
  return std::any_of(words.flags.begin(), words.flags.end(),
                     [&](const FlagUse& use) { return use.flag->name == name; });
}

// Whether the last use of a boolean says true.
bool IsOn(const Words& words, std::string_view name) {
  bool on = false;
  for (const FlagUse& use : words.flags)
    if (use.flag->name == name) on = use.bare || ParseBool(use.value.Text()).value_or(false);
  return on;
}

void AddProgram(const Argument& word, Command& command) {
  command.command.Add(TextSetting(Whole(word)));
  if (word.is_list) command.command.state = model::State::kDynamic;
}

// What exec is told: the container, where podman's `--latest` does not say it, and what to run.
void ReadExec(const Shape& shape, const Words& words, Command& command) {
  const bool latest = IsOn(words, "latest");
  for (std::size_t i = 0; i < words.positional.size(); ++i) {
    const Value value = Whole(*words.positional[i]);
    if (i > 0 || latest)
      AddProgram(*words.positional[i], command);
    else if (shape.command == kComposeExecCommand)
      command.service = TextSetting(value);
    else
      AddTarget(value, command);
  }
}

void ReadPositional(const Shape& shape, const Words& words, Command& command) {
  if (command.kind == CommandKind::kExec) return ReadExec(shape, words, command);
  const auto& positional = words.positional;
  for (std::size_t i = 0; i < positional.size(); ++i) {
    const Value value = Whole(*positional[i]);
    switch (command.kind) {
      case CommandKind::kRename:
        if (i == 0) AddTarget(value, command);
        if (i == 1) command.new_name = TextSetting(value);
        break;
      case CommandKind::kNetworkConnect:
      case CommandKind::kNetworkDisconnect:
        if (i == 0) command.network = TextSetting(value);
        if (i == 1) AddTarget(value, command);
        break;
      case CommandKind::kNetworkCreate:
      case CommandKind::kNetworkRemove:
        if (i == 0) command.network = TextSetting(value);
        break;
      case CommandKind::kVolumeCreate:
        if (i == 0) command.volume = TextSetting(value);
        break;
      case CommandKind::kCommit:
        if (i == 0) AddTarget(value, command);
        if (i == 1) command.images.Add(TextSetting(value));
        break;
      case CommandKind::kCopy:
        AddCopyTarget(*positional[i], command);
        break;
      default:
        AddTarget(value, command);
    }
  }
}

void ApplyBool(const FlagUse& use, const Reading& reading, Command& command) {
  const std::string_view name = use.flag->name;
  const model::Setting<bool> value = ReadBool(use, reading);
  if (value.IsAbsent()) return;
  if (name == "privileged") Replace(command.privileged, value);
  if (name == "tty") Replace(command.tty, value);
  if (name == "interactive") Replace(command.interactive, value);
  if (name == "detach") Replace(command.detach, value);
  if (name == "force") Replace(command.force, value);
  if (name == "internal") Replace(command.internal, value);
}

void ApplyNumber(const FlagUse& use, Command& command) {
  const std::string_view name = use.flag->name;
  const auto number = ReadNumber(use);
  const auto value =
      number ? KnownSetting(*number, use.value) : DynamicSetting<std::int64_t>(use.value);
  if (name == "memory") Replace(command.memory, value);
  if (name == "memory-swap") Replace(command.memory_swap, value);
  if (name == "pids-limit") Replace(command.pids_limit, value);
  if (name == "cpu-quota") Replace(command.cpu_quota, value);
}

// `network connect`: pflag's StringSlice, one CSV record. Nothing of it is kept.
void CheckSlice(const FlagUse& use, const Reading& reading) {
  const std::string_view text = use.value.Text();
  std::vector<CsvField> fields;
  if (text.empty() || !IsLiteralText(text) || !reading.IsDocker()) return;
  if (!ReadCsvFields(text, fields))
    return reading.RefuseValue(use, "a quote stands where a list has none");
  if (use.flag->name != "driver-opt" || reading.shows_help) return;
  for (const CsvField& field : fields)
    if (field.text.find('=') == std::string::npos || field.text[0] == '=')
      return reading.RefuseValue(use, "it is no `key=value`");
}

void ApplyTo(const FlagUse& use, const Reading& reading, Command& command) {
  const std::string_view text = use.value.Text();
  if (IsLiteralText(text)) {
    const std::string reason = TextRefusal(use, reading.engine);
    if (!reason.empty()) {
      reading.RefuseValue(use, reason);
      return;
    }
  }
  const Grammar grammar = use.flag->grammar;
  if (use.flag->SplitsCommas(reading.engine)) {
    CheckSlice(use, reading);
  } else if (grammar == Grammar::kBool) {
    ApplyBool(use, reading, command);
  } else if (grammar == Grammar::kRestart) {
    Replace(command.restart, ReadRestart(use, reading));
  } else if (grammar == Grammar::kCpus) {
    Replace(command.cpus, ReadCpus(use));
  } else if (IsNumeric(grammar)) {
    ApplyNumber(use, command);
  } else if (grammar == Grammar::kEnvFile) {
    model::Container unused;
    ReadEnvFile(use, reading, unused);
  } else if (grammar == Grammar::kEnv && (text.empty() || text[0] == '=')) {
    reading.RefuseValue(use, "a variable has no name");
  } else if (grammar == Grammar::kLabel) {
    model::Container unused;
    ReadLabel(use, reading, unused);
  } else if (command.kind == CommandKind::kVolumeCreate) {
    if (use.flag->name == "driver") Replace(command.driver, TextSetting(use.value));
    if (use.flag->name == "name") Replace(command.volume, TextSetting(use.value));
    if (use.flag->name == "opt") AddVolumeOption(use.value, command);
  } else if (use.flag->name == "user") {
    Replace(command.user, TextSetting(use.value));
  }
}

void CheckCount(const Shape& shape, const Words& words, const Reading& reading, base::Span anchor,
                const std::string& name) {
  const bool may_be_more =
      !words.unresolved.empty() || std::any_of(words.positional.begin(), words.positional.end(),
                                               [](const Argument* word) { return word->is_list; });
  const std::size_t count = words.positional.size();
  if (words.unknown_flag || may_be_more) return;
  if (count < shape.least) {
    reading.Refuse(anchor, "`" + name + "` needs " + std::to_string(shape.least) +
                               (shape.least == 1 ? " argument" : " arguments"));
  } else if (count > shape.most) {
    reading.Refuse(words.positional[shape.most]->span,
                   "`" + name + "` takes " + std::to_string(shape.most) +
                       (shape.most == 1 ? " argument" : " arguments"));
  }
}

// docker's client asks the engine for no container without a name; with others beside it the
// command still does its work.
void CheckNames(const Reading& reading, const Command& command) {
  const auto& targets = command.targets;
  const bool nameless = std::all_of(targets.begin(), targets.end(),
                                    [](const model::Target& target) { return target.name.Is(""); });
  if (nameless && !targets.empty())
    reading.Refuse(targets[0].name.whole, "the container's name is empty");
}

// What docker's client says of single commands.
void CheckMeaning(const Shape& shape, const Words& words, const Reading& reading, base::Span anchor,
                  const Command& command) {
  const bool attaches = IsOn(words, "attach") || IsOn(words, "interactive");
  if (shape.kind == CommandKind::kUpdate && words.flags.empty() && words.unresolved.empty() &&
      words.refusals.empty()) {
    reading.Refuse(anchor, "there is nothing to update: no option is given");
  } else if (shape.kind == CommandKind::kStart && attaches && words.positional.size() > 1) {
    reading.Refuse(words.positional[1]->span, "only one container can be attached to");
  } else if (IsGiven(words, "time") && IsGiven(words, "timeout")) {
    reading.Refuse(anchor, "`--time` is given together with `--timeout`");
  } else if (shape.kind == CommandKind::kVolumeCreate && IsGiven(words, "name") &&
             !words.positional.empty()) {
    reading.Refuse(words.positional[0]->span, "the volume's name is given by `--name` as well");
  } else if (command.network.Is("")) {
    reading.Refuse(words.positional[0]->span, "the network's name is empty");
  } else if (shape.kind == CommandKind::kCopy && command.targets.empty() &&
             words.positional.size() == 2 && words.positional[0]->IsLiteral() &&
             words.positional[1]->IsLiteral()) {
    reading.Refuse(words.positional[0]->span, "neither side names a container");
  } else if (shape.kind == CommandKind::kCommit && words.positional.size() == 2 &&
             words.positional[1]->IsLiteral()) {
    const std::string reason = ImageRefusal(words.positional[1]->text);
    if (!reason.empty()) reading.Refuse(words.positional[1]->span, reason);
  }
}

void MakeAbsentDynamic(Command& command, const Argument& word) {
  const Value value = Whole(word);
  for (auto* setting : {&command.privileged, &command.tty, &command.interactive, &command.detach,
                        &command.force, &command.internal}) {
    if (setting->IsAbsent()) *setting = DynamicSetting<bool>(value);
  }
  for (auto* setting :
       {&command.memory, &command.memory_swap, &command.pids_limit, &command.cpu_quota}) {
    if (setting->IsAbsent()) *setting = DynamicSetting<std::int64_t>(value);
  }
  if (command.user.IsAbsent()) command.user = DynamicSetting<std::string>(value);
  if (command.restart.IsAbsent()) command.restart = DynamicSetting<model::Restart>(value);
  if (command.cpus.IsAbsent()) command.cpus = DynamicSetting<double>(value);
}

// The file whose content a dynamic name is: "f" of `$(cat f)`, `"$(<f)"`, `` `cat f` ``. "" for
// others.
std::string_view FileRead(std::string_view written) {
  const auto drop = [&](std::string_view begin, std::string_view end) {
    if (written.size() < begin.size() + end.size() || !written.starts_with(begin) ||
        !written.ends_with(end)) {
      return false;
    }
    written = written.substr(begin.size(), written.size() - begin.size() - end.size());
    return true;
  };
  drop("\"", "\"");
  if (!drop("$(cat ", ")") && !drop("$(<", ")") && !drop("`cat ", "`")) return {};
  written = base::Trim(written);
  drop("\"", "\"");
  return written;
}

// A name that rename gave: the container that had another one before.
int RenamedTo(const model::Document& document, std::string_view name) {
  constexpr std::size_t kMostCommands = 256;
  const auto& commands = document.commands;
  const std::size_t first = commands.size() > kMostCommands ? commands.size() - kMostCommands : 0;
  for (std::size_t i = commands.size(); i > first; --i) {
    const Command& command = commands[i - 1];
    if (command.kind == CommandKind::kRename && command.new_name.IsKnown() &&
        command.new_name.value == name)
      return command.targets.empty() ? -1 : command.targets[0].container;
  }
  return -1;
}

// Finds the container that a name means among the last ones of the document: the bound keeps a
// script of nothing but commands from taking quadratic time.
void LinkTargets(const model::Document& document, Command& command) {
  constexpr std::size_t kMostContainers = 4096;
  const std::size_t count = document.containers.size();
  const std::size_t first = count > kMostContainers ? count - kMostContainers : 0;
  if (command.targets.size() > kMostTargets) return;
  for (model::Target& target : command.targets) {
    const std::string_view file =
        target.name.IsDynamic() ? FileRead(target.name.source) : std::string_view{};
    if (file.empty() && (!target.name.IsKnown() || target.name.value.empty())) continue;
    if (target.name.IsKnown()) target.container = RenamedTo(document, target.name.value);
    for (std::size_t i = count; i > first && target.container < 0; --i) {
      const model::Container& container = document.containers[i - 1];
      if (file.empty() ? container.name.Is(target.name.value) : container.cid_file == file)
        target.container = static_cast<int>(i - 1);
    }
  }
}

// Only run's flags of podman and nerdctl are known one by one: elsewhere an unknown flag is a gap.
// So it is for compose, of which many versions are about.
void AddRefusals(const Words& words, const Shape& shape, const Reading& reading) {
  for (const Refusal& refusal : words.refusals) {
    if (reading.IsDocker() && shape.command != kComposeExecCommand)
      reading.Refuse(refusal.span, refusal.message);
    else
      reading.AddGap("unsupported-construct", refusal.span, refusal.message);
  }
}

}  // namespace

bool ReadCommand(const Reading& reading, std::span<const Argument> words, base::Span anchor,
                 CommandSet bit, const std::string& name) {
  const Shape& shape = ShapeOf(bit);
  const Words parsed = ParseWords(words, {bit, reading.engine, shape.interspersed});
  AddRefusals(parsed, shape, reading);
  AddUnresolved(parsed.unresolved, reading);
  Reading inner = reading;
  inner.shows_help = reading.shows_help || IsOn(parsed, "help");
  Command command;
  command.kind = shape.kind;
  command.engine = reading.engine;
  command.anchor = anchor;
  command.extent = reading.invocation.extent;
  command.order = reading.invocation.order;
  command.output_captured = reading.invocation.output_captured;
  const auto last = LastUses(parsed);
  for (const FlagUse& use : parsed.flags) {
    const bool is_late = IsCheckedLate(use);
    if (is_late && (inner.shows_help || last.at(use.flag->Canonical()) != &use)) continue;
    const bool is_early =
        IsCheckedEarly(use.flag->grammar) || use.flag->SplitsCommas(reading.engine);
    if (is_early || !inner.shows_help) ApplyTo(use, inner, command);
  }
  if (inner.shows_help) return false;
  ReadPositional(shape, parsed, command);
  if (reading.IsDocker()) {
    CheckCount(shape, parsed, reading, anchor, name);
    CheckMeaning(shape, parsed, reading, anchor, command);
    if (shape.kind != CommandKind::kCopy) CheckNames(reading, command);
  }
  for (const Argument* word : parsed.unresolved) MakeAbsentDynamic(command, *word);
  LinkTargets(reading.document, command);
  reading.document.commands.push_back(std::move(command));
  return true;
}

}  // namespace cagelint::input
