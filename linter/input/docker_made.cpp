#include "linter/input/docker_made.h"

#include <algorithm>
#include <array>

#include "linter/input/docker_commands.h"
#include "linter/input/docker_run.h"

namespace cagelint::input {
namespace {

using model::Command;
using model::CommandKind;

bool IsWord(std::span<const Argument> words, std::size_t at, std::string_view text) {
  return at < words.size() && words[at].IsLiteral() && words[at].text == text;
}

void Add(const Reading& reading, CommandKind kind, base::Span anchor,
         model::List<std::string> images, model::List<std::string> entitlements = {}) {
  Command command;
  command.kind = kind;
  command.engine = reading.engine;
  command.anchor = anchor;
  command.extent = reading.invocation.extent;
  command.order = reading.invocation.order;
  command.output_captured = reading.invocation.output_captured;
  command.images = std::move(images);
  command.entitlements = std::move(entitlements);
  reading.document.commands.push_back(std::move(command));
}

model::Setting<std::string> Part(const Argument& word, std::size_t from) {
  return TextSetting(Value{&word, from, word.text.size(), word.span});
}

// The names that a build gives: `-t NAME`, `-tNAME`, `--tag NAME`, `--tag=NAME`.
model::List<std::string> Tags(std::span<const Argument> words) {
  model::List<std::string> tags;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    if (text == "-t" || text == "-qt" || text == "--tag") {
      if (++i < words.size()) tags.Add(Part(words[i], 0));
    } else if (text.starts_with("--tag=")) {
      tags.Add(Part(words[i], 6));
    } else if (text.starts_with("-t")) {
      tags.Add(Part(words[i], 2));
    }
  }
  return tags;
}

// What buildx lets a build do: `--allow NAME`, `--allow=NAME`.
model::List<std::string> Entitlements(std::span<const Argument> words) {
  model::List<std::string> list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    if (text == "--allow") {
      if (++i < words.size()) list.Add(Part(words[i], 0));
    } else if (text.starts_with("--allow=")) {
      list.Add(Part(words[i], 8));
    }
  }
  return list;
}

bool BringsUp(std::string_view verb) {
  constexpr std::array<std::string_view, 5> kVerbs = {"up", "run", "create", "start", "restart"};
  return std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end();
}

// The subcommand of compose behind its global flags; null where it cannot be told for certain.
const Argument* FindVerb(const Reading& reading, std::span<const Argument> words) {
  const Words global = ParseWords(words, {kBeforeComposeCommand, reading.engine, false});
  if (global.unknown_flag || !global.unresolved.empty() || global.positional.empty())
    return nullptr;
  const Argument* verb = global.positional[0];
  return verb->IsLiteral() ? verb : nullptr;
}

}  // namespace

bool NamesComposeProgram(std::string_view word) {
  word = word.substr(word.find_last_of("/\\") + 1);
  return word == "docker-compose" || word == "podman-compose";
}

void ReadComposeProgram(const Reading& reading, std::span<const Argument> words,
                        base::Span anchor) {
  const Argument* verb = FindVerb(reading, words);
  if (verb != nullptr) {
    const auto rest = words.subspan(static_cast<std::size_t>(verb - words.data()) + 1);
    const base::Span whole = base::Cover(anchor, verb->span);
    if (verb->text == "exec") {
      ReadCommand(reading, rest, whole, kComposeExecCommand, "docker compose exec");
      return;
    }
    if (verb->text == "run") ReadComposeRun(reading, rest, whole);
  }
  const bool brings_up =
      verb != nullptr ? BringsUp(verb->text)
                      : std::any_of(words.begin(), words.end(),
                                    [](const Argument& word) { return BringsUp(word.text); });
  if (!brings_up) return;
  Add(reading, CommandKind::kBringUp, anchor, {});
  if (reading.invocation.runs_now)
    reading.AddGap("unsupported-construct", anchor,
                   "its containers stand in compose files, and these are linted by themselves");
}

void ReadMade(const Reading& reading, std::span<const Argument> words, base::Span anchor) {
  if (IsWord(words, 0, "compose")) return ReadComposeProgram(reading, words.subspan(1), anchor);
  const bool stack = IsWord(words, 0, "stack") && IsWord(words, 1, "deploy");
  const bool kube = (IsWord(words, 0, "kube") && IsWord(words, 1, "play")) ||
                    (IsWord(words, 0, "play") && IsWord(words, 1, "kube"));
  if (stack || kube) return Add(reading, CommandKind::kBringUp, anchor, {});
  for (const std::string_view group : {"image", "builder", "buildx"})
    if (IsWord(words, 0, group)) {
      words = words.subspan(1);
      break;
    }
  model::List<std::string> images;
  model::List<std::string> entitlements;
  if (IsWord(words, 0, "build")) {
    images = Tags(words.subspan(1));
    if (reading.IsDocker()) entitlements = Entitlements(words.subspan(1));
  }
  if (IsWord(words, 0, "tag") && words.size() == 3) images.Add(Part(words[2], 0));
  if (!images.IsAbsent() || !entitlements.IsAbsent())
    Add(reading, CommandKind::kBuild, anchor, std::move(images), std::move(entitlements));
}

}  // namespace cagelint::input
