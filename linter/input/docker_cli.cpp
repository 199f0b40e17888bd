#include "linter/input/docker_cli.h"

#include <algorithm>
#include <array>

#include "linter/base/text.h"
#include "linter/input/docker_commands.h"
#include "linter/input/docker_made.h"
#include "linter/input/docker_run.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

struct Named {
  std::string_view name;
  CommandSet command;
};

// With and without `container` before it.
constexpr Named kContainerCommands[] = {
    {"run", kRunCommand},         {"create", kCreateCommand}, {"exec", kExecCommand},
    {"update", kUpdateCommand},   {"start", kStartCommand},   {"attach", kAttachCommand},
    {"restart", kRestartCommand}, {"stop", kStopCommand},     {"kill", kKillCommand},
    {"unpause", kUnpauseCommand}, {"rm", kRemoveCommand},     {"logs", kLogsCommand},
    {"commit", kCommitCommand},   {"cp", kCopyCommand},       {"remove", kRemoveCommand},
    {"rename", kRenameCommand},
};

constexpr Named kNetworkCommands[] = {
    {"connect", kNetworkConnectCommand}, {"disconnect", kNetworkDisconnectCommand},
    {"create", kNetworkCreateCommand},   {"rm", kNetworkRemoveCommand},
    {"remove", kNetworkRemoveCommand},
};

constexpr Named kVolumeCommands[] = {{"create", kVolumeCreateCommand}};

// docker's other commands, with the plugins that Docker ships, and those of `docker container`.
constexpr std::string_view kOtherCommands[] = {"ps",
                                               "build",
                                               "pull",
                                               "push",
                                               "images",
                                               "login",
                                               "logout",
                                               "search",
                                               "version",
                                               "info",
                                               "builder",
                                               "checkpoint",
                                               "container",
                                               "context",
                                               "image",
                                               "manifest",
                                               "network",
                                               "plugin",
                                               "system",
                                               "trust",
                                               "volume",
                                               "config",
                                               "node",
                                               "secret",
                                               "service",
                                               "stack",
                                               "swarm",
                                               "diff",
                                               "events",
                                               "export",
                                               "history",
                                               "import",
                                               "inspect",
                                               "load",
                                               "pause",
                                               "port",
                                               "rename",
                                               "rmi",
                                               "save",
                                               "stats",
                                               "tag",
                                               "top",
                                               "wait",
                                               "help",
                                               "bundle",
                                               "deploy",
                                               "engine",
                                               "completion",
                                               "buildx",
                                               "compose",
                                               "scout",
                                               "model",
                                               "mcp",
                                               "ai",
                                               "debug",
                                               "desktop",
                                               "dev",
                                               "extension",
                                               "feedback",
                                               "init",
                                               "sbom",
                                               "sandbox",
                                               "offload",
                                               "cloud",
                                               "pass",
                                               "cagent",
                                               "app",
                                               "scan",
                                               "machine",
                                               "__complete",
                                               "__completeNoDesc",
                                               "ls",
                                               "list",
                                               "prune"};

template <std::size_t size>
CommandSet Find(const Named (&commands)[size], std::string_view name) {
  for (const Named& command : commands)
    if (command.name == name) return command.command;
  return 0;
}

std::string_view BaseName(std::string_view word) {
  word = word.substr(word.find_last_of("/\\") + 1);
  if (word.ends_with(".exe")) word.remove_suffix(4);
  return word;
}

std::optional<model::Engine> EngineNamed(std::string_view word) {
  const std::string_view name = BaseName(word);
  if (name == "docker") return model::Engine::kDocker;
  if (name == "podman" || name == "podman-remote") return model::Engine::kPodman;
  if (name == "nerdctl") return model::Engine::kNerdctl;
  return std::nullopt;
}

const FlagUse* Last(const Words& words, std::string_view name) {
  const FlagUse* last = nullptr;
  for (const FlagUse& use : words.flags)
    if (use.flag->name == name) last = &use;
  return last;
}

// What docker's client says of single global flags.
void CheckGlobalValues(const Words& words, const Reading& reading) {
  for (const FlagUse& use : words.flags)
    if (use.flag->IsBool() && !use.bare && IsLiteralText(use.value.Text()) &&
        !ParseBool(use.value.Text()))
      reading.RefuseValue(use, "it is neither `true` nor `false`");
  static constexpr std::array<std::string_view, 8> kLevels{"debug", "info",  "warn",  "error",
                                                           "fatal", "trace", "panic", "warning"};
  const FlagUse* level = Last(words, "log-level");
  if (level == nullptr || !level->value.word->IsLiteral()) return;
  const std::string text = base::ToLower(level->value.Text());
  if (std::find(kLevels.begin(), kLevels.end(), text) == kLevels.end())
    reading.RefuseValue(*level, "there is no such level");
}

// What it says of them before it does the command's work.
void CheckGlobal(const Words& words, const Reading& reading) {
  const FlagUse* first_host = nullptr;
  for (const FlagUse& use : words.flags) {
    if (use.flag->name != "host") continue;
    if (first_host != nullptr) reading.Refuse(use.value.whole, "`--host` is given twice");
    first_host = &use;
  }
  const FlagUse* context = Last(words, "context");
  if (context != nullptr && first_host != nullptr && !context->value.Text().empty())
    reading.Refuse(context->value.whole, "`--context` is given together with `--host`");
}

// The subcommand: its words among the invocation's, and the words behind it.
struct Subcommand {
  CommandSet command = 0;
  std::string name;                   // "network connect"
  std::size_t last = 0;               // index of its last word
  const Argument* unknown = nullptr;  // names no command
};

Subcommand FindSubcommand(std::span<const Argument> words, std::size_t at) {
  Subcommand out;
  const std::string_view first = words[at].text;
  out.last = at;
  out.name = first;
  const bool grouped = first == "container" || first == "network" || first == "volume";
  if (!grouped) {
    out.command = Find(kContainerCommands, first);
    // `docker remove` is no command.
    if (first == "remove") out.command = 0;
  } else if (at + 1 < words.size()) {
    const std::string_view second = words[at + 1].text;
    out.command = first == "network"  ? Find(kNetworkCommands, second)
                  : first == "volume" ? Find(kVolumeCommands, second)
                                      : Find(kContainerCommands, second);
    out.last = at + 1;
    out.name += " " + std::string(second);
  }
  const std::string_view word = words[out.last].text;
  const bool other = std::find(std::begin(kOtherCommands), std::end(kOtherCommands), word) !=
                     std::end(kOtherCommands);
  if (out.command == 0 && !other && !word.starts_with('-') && words[out.last].IsLiteral())
    out.unknown = &words[out.last];
  return out;
}

// Whether a word that cannot be known may hold the command itself: then what stands behind it is
// that command's.
bool HidesCommand(const Words& global, std::span<const Argument> words) {
  if (global.unresolved.empty()) return false;
  if (global.positional.empty() || !global.refusals.empty()) return true;
  const auto at = static_cast<std::size_t>(global.positional[0] - words.data());
  return FindSubcommand(words, at).unknown != nullptr || !words[at].IsLiteral();
}

Words ReadGlobalFlags(const Reading& reading, std::span<const Argument> words) {
  Words global = ParseWords(words.subspan(1), {kBeforeCommand, reading.engine, false});
  if (HidesCommand(global, words)) {
    reading.AddGap("unresolved-arguments", global.unresolved.back()->span,
                   "`" + global.unresolved.back()->Written() + "` may hold any command");
    global.positional.clear();
    return global;
  }
  for (const Refusal& refusal : global.refusals) {
    if (reading.IsDocker())
      reading.Refuse(refusal.span, refusal.message);
    else
      reading.AddGap("unsupported-construct", refusal.span, refusal.message);
  }
  if (reading.IsDocker()) CheckGlobalValues(global, reading);
  return global;
}

// `at`: the index of the subcommand's word. False where the client only prints help.
bool ReadSubcommand(const Reading& reading, std::span<const Argument> words, std::size_t at) {
  const Subcommand found = FindSubcommand(words, at);
  const base::Span anchor = base::Cover(words[0].span, words[found.last].span);
  if (found.unknown != nullptr && reading.invocation.runs_now && reading.IsDocker()) {
    reading.Refuse(found.unknown->span, "there is no command `" + found.name + "`");
    return true;
  }
  const auto rest = words.subspan(found.last + 1);
  if ((found.command & (kRunCommand | kCreateCommand)) != 0) {
    // Their help is a flag of their own: `docker --help run` runs. (28.2.2, run.)
    Reading inner = reading;
    inner.shows_help = false;
    return ReadRun(inner, rest, anchor, found.command);
  }
  if (found.command != 0)
    return ReadCommand(reading, rest, anchor, found.command,
                       std::string(BaseName(words[0].text)) + " " + found.name);
  if (!reading.shows_help) ReadMade(reading, words.subspan(at), anchor);
  return !reading.shows_help;
}

}  // namespace

bool NamesEngine(std::string_view word) {
  return EngineNamed(word).has_value() || NamesComposeProgram(word);
}

void ReadInvocation(const Invocation& invocation, const Context& context,
                    model::Document& document) {
  const std::span<const Argument> words = invocation.words;
  Reading reading{invocation, context, document};
  reading.engine =
      context.options.engine.value_or(EngineNamed(words[0].text).value_or(model::Engine::kDocker));
  if (NamesComposeProgram(words[0].text))
    return ReadComposeProgram(reading, words.subspan(1), words[0].span);
  const Words global = ReadGlobalFlags(reading, words);
  const FlagUse* help = Last(global, "help");
  reading.shows_help = help != nullptr && (help->bare || ParseBool(help->value.Text()) == true);
  const bool runs =
      global.positional.empty()
          ? !reading.shows_help
          : ReadSubcommand(reading, words,
                           static_cast<std::size_t>(global.positional[0] - words.data()));
  if (runs && reading.IsDocker()) CheckGlobal(global, reading);
}

}  // namespace cagelint::input
