#include "linter/input/docker_mistakes.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/input/docker_scalars.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

using model::RemarkKind;

void Add(const Reading& reading, RemarkKind kind, base::Span span, std::string message,
         std::string help, std::vector<diagnostic::Label> labels = {}) {
  if (!span.IsValid() || span.IsEmpty()) return;
  reading.document.remarks.push_back(
      {kind, span, std::move(message), std::move(help), std::move(labels)});
}

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// Options whose names programs do not use.
bool IsEnginesOwn(std::string_view name) {
  return IsOneOf(name, {"add-host",
                        "blkio-weight",
                        "cap-add",
                        "cap-drop",
                        "cgroup-parent",
                        "cgroupns",
                        "cidfile",
                        "cpu-period",
                        "cpu-quota",
                        "cpu-shares",
                        "cpuset-cpus",
                        "cpuset-mems",
                        "dns-search",
                        "group-add",
                        "ipc",
                        "log-driver",
                        "log-opt",
                        "memory-reservation",
                        "memory-swap",
                        "network-alias",
                        "no-healthcheck",
                        "oom-score-adj",
                        "pids-limit",
                        "privileged",
                        "publish-all",
                        "read-only",
                        "rm",
                        "security-opt",
                        "shm-size",
                        "stop-timeout",
                        "sysctl",
                        "tmpfs",
                        "ulimit",
                        "userns",
                        "volumes-from",
                        "oom-kill-disable",
                        "device-cgroup-rule"});
}

// `8080:80`, `127.0.0.1:8080:80/tcp`: at least one colon, and ports at the end.
bool IsPortPair(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  const auto is_port = [](std::string_view part) {
    part = part.substr(0, part.find('/'));
    return !part.empty() && part.find_first_not_of("0123456789-") == std::string_view::npos;
  };
  const std::string_view head = text.substr(0, colon);
  return is_port(text.substr(colon + 1)) && is_port(head.substr(head.rfind(':') + 1));
}

// `/data:/data`, `$PWD:/app:ro`, `./x:/x`: two paths.
bool IsPathPair(std::string_view text) {
  const std::size_t colon = text.find(":/");
  return colon != std::string_view::npos && colon > 0 &&
         (IsSymbol(text[0]) || IsOneOf(text.substr(0, 1), {"/", ".", "~"}));
}

bool IsUserPair(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
         text.find_first_not_of("0123456789:") == std::string_view::npos;
}

bool HasUnit(std::string_view text) {
  return !text.empty() && std::string_view("bkmgBKMG").find(text.back()) != std::string_view::npos;
}

// Whether an option behind the image can hardly be one of the program's own.
bool IsTelling(const FlagUse& use) {
  const std::string_view name = use.flag->Canonical();
  const std::string_view text = use.bare ? std::string_view{} : use.value.Text();
  if (use.spelling.starts_with("--") && IsEnginesOwn(name)) return true;
  if (name == "publish") return IsPortPair(text);
  if (name == "volume") return IsPathPair(text);
  if (name == "user") return IsUserPair(text);
  if (name == "memory") return HasUnit(text);
  if (name == "network" || name == "pid" || name == "uts")
    return IsOneOf(text, {"none", "host", "bridge"}) || text.starts_with("container:");
  if (name == "restart")
    return IsOneOf(text.substr(0, text.find(':')),
                   {"no", "always", "unless-stopped", "on-failure"});
  if (name == "mount") return text.starts_with("type=") && text.find(',') != std::string_view::npos;
  if (name == "gpus") return text == "all";
  // `-it`, `-dit`: one word of letters that go together.
  return use.bare && use.spelling.size() == 2 && use.value.word->text.size() > 2 &&
         use.value.word->text.find_first_not_of("-itd") == std::string::npos &&
         use.value.word->text[1] != '-';
}

// Whether the client would take the option with this value.
bool IsTaken(const FlagUse& use, model::Engine engine) {
  const std::string_view text = use.value.Text();
  if (!IsLiteralText(text)) return IsKnowable(text);
  if (use.flag->IsBool()) return use.bare || ParseBool(text).has_value();
  return TextRefusal(use, engine).empty();
}

// The words behind the image that the client would read as options.
std::vector<const FlagUse*> OptionsBehind(const Words& words, const Argument* first,
                                          model::Engine engine) {
  std::vector<const FlagUse*> uses;
  for (const FlagUse& use : words.flags) {
    const auto index = static_cast<std::size_t>(use.value.word - first);
    if (index >= words.understood || !IsTaken(use, engine)) break;
    uses.push_back(&use);
  }
  return uses;
}

void NoteMisplaced(const Words& parsed, CommandSet command, const Reading& reading) {
  const auto& positional = parsed.positional;
  if (positional.size() < 2 || parsed.unknown_flag || parsed.after_dashes) return;
  if (positional[0]->is_list || !parsed.unresolved.empty()) return;
  // Who names the program means the words behind the image for it.
  for (const FlagUse& use : parsed.flags)
    if (use.flag->name == "entrypoint" && !use.value.Text().empty()) return;
  const std::span<const Argument> program(positional[1], positional.size() - 1);
  const Words words = ParseWords(program, {command, reading.engine, false});
  const auto uses = OptionsBehind(words, program.data(), reading.engine);
  if (!std::any_of(uses.begin(), uses.end(), [](const FlagUse* use) { return IsTelling(*use); }))
    return;
  const Argument* last = nullptr;
  for (const FlagUse* use : uses) {
    // Letters in one word are one mistake.
    const bool letters = use->bare && use->spelling.size() == 2;
    if (letters && use->value.word == last) continue;
    last = use->value.word;
    Add(reading, RemarkKind::kMisplacedOption, letters ? last->span : use->value.whole,
        "`" + (letters ? last->Written() : use->spelling) +
            "` stands behind the image: the program gets it, the engine does not",
        "move it before `" + positional[0]->Written() + "`",
        {{positional[0]->span, "the image: what follows is the program's command line"}});
  }
}

// `--name --rm`: the value is the next word, and that is an option.
void NoteTakenOption(const FlagUse& use, CommandSet command, const Reading& reading) {
  const std::string_view text = use.value.Text();
  if (use.bare || use.value.begin != 0 || text.size() < 2 || text[0] != '-') return;
  if (!IsLiteralText(text)) return;
  const std::string_view name = text.substr(2, text.find('=') - 2);
  const Flag* flag = text[1] == '-' ? FindFlag(command, reading.engine, name)
                                    : FindFlag(command, reading.engine, text[1]);
  // `-e -v` of a variable is refused; `--entrypoint -c` is a program's own affair.
  if (flag == nullptr || use.flag->name == "entrypoint") return;
  if (!TextRefusal(use, reading.engine).empty()) return;  // the client says it
  Add(reading, RemarkKind::kSwallowedValue, use.value.Span(),
      "`" + use.value.Written() + "` is the value of `" + use.spelling + "`, not an option",
      "give `" + use.spelling + "` its value, or leave it out");
}

// `-u=`: a letter keeps a lone `=` as its value. `-it=false`: only the last letter is switched off.
void NoteEquals(const FlagUse& use, const Reading& reading) {
  if (use.bare || use.spelling.size() != 2 || use.value.begin == 0) return;
  const std::string_view word = use.value.word->text;
  if (word.size() < 3 || word[0] != '-' || word[1] == '-') return;
  if (use.value.Text() == "=" && use.value.end == word.size()) {
    if (!TextRefusal(use, reading.engine).empty()) return;
    Add(reading, RemarkKind::kSwallowedValue, use.value.word->span,
        "`" + use.spelling + "` gets the value `=`, not an empty one",
        "write `" + use.spelling + " ''`, or leave it out");
    return;
  }
  const std::size_t equals = word.find('=');
  if (!use.flag->IsBool() || use.value.begin != equals + 1 || equals < 3) return;
  if (ParseBool(use.value.Text()) != false) return;
  Add(reading, RemarkKind::kSwallowedValue, use.value.word->span,
      "`=" + use.value.Written() + "` is for `" + use.spelling +
          "` alone: the letters before it "
          "stay on",
      "leave out what is not wanted");
}

// `-user root`: letters and a value, where an option with two dashes was meant.
void NoteOneDash(const FlagUse& use, CommandSet command, const Reading& reading) {
  const std::string_view word = use.value.word->text;
  if (use.bare || use.spelling.size() != 2 || use.value.begin == 0) return;
  if (word.size() < 4 || word[0] != '-' || word[1] == '-' || use.value.end != word.size()) return;
  const std::string_view name = word.substr(1, word.find('=') - 1);
  const Flag* meant = name.size() < 3 ? nullptr : FindFlag(command, reading.engine, name);
  if (meant == nullptr || meant->status == FlagStatus::kHidden) return;
  if (!IsLiteralText(word) || !TextRefusal(use, reading.engine).empty()) return;
  Add(reading, RemarkKind::kSwallowedValue, use.value.word->span,
      "`-" + std::string(name) + "` is read as `" + use.spelling + "` with the value `" +
          use.value.Written() + "`",
      "write `--" + std::string(name) + "`");
}

// `--read-only false img`: a bool takes no word, so `false` is the image. Alone it may be one.
void NoteBoolWord(const Words& parsed, const Reading& reading) {
  if (parsed.positional.size() < 2 || parsed.flags.empty()) return;
  const Argument& image = *parsed.positional[0];
  const FlagUse& before = parsed.flags.back();
  if (!before.bare || before.value.word + 1 != &image) return;
  if (!IsOneOf(base::ToLower(image.text), {"true", "false", "yes", "no", "on", "off", "0", "1"}))
    return;
  Add(reading, RemarkKind::kSwallowedValue, image.span,
      "`" + image.text + "` is the image here: `" + before.spelling +
          "` takes no word as its value",
      "write `" + before.spelling + "=" + image.text + "`",
      {{before.value.whole, "this is `true`"}});
}

}  // namespace

void NoteMistakes(const Words& parsed, CommandSet command, const Reading& reading) {
  for (const FlagUse& use : parsed.flags) {
    NoteTakenOption(use, command, reading);
    NoteEquals(use, reading);
    NoteOneDash(use, command, reading);
  }
  NoteBoolWord(parsed, reading);
  NoteMisplaced(parsed, command, reading);
}

}  // namespace cagelint::input
