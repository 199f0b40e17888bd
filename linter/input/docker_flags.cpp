#include "linter/input/docker_flags.h"

#include <array>
#include <unordered_map>
#include <vector>

#include "linter/base/text.h"

namespace cagelint::input {
namespace {

constexpr CommandSet Run = kRunCommand;
constexpr CommandSet Create = kCreateCommand;
constexpr CommandSet Exec = kExecCommand;
constexpr CommandSet Update = kUpdateCommand;
constexpr CommandSet Start = kStartCommand;
constexpr CommandSet Attach = kAttachCommand;
constexpr CommandSet Restart = kRestartCommand;
constexpr CommandSet Stop = kStopCommand;
constexpr CommandSet Kill = kKillCommand;
constexpr CommandSet Unpause = kUnpauseCommand;
constexpr CommandSet Remove = kRemoveCommand;
constexpr CommandSet Logs = kLogsCommand;
constexpr CommandSet Commit = kCommitCommand;
constexpr CommandSet Copy = kCopyCommand;
constexpr CommandSet Connect = kNetworkConnectCommand;
constexpr CommandSet Disconnect = kNetworkDisconnectCommand;
constexpr CommandSet NetCreate = kNetworkCreateCommand;
constexpr CommandSet NetRemove = kNetworkRemoveCommand;
constexpr CommandSet VolumeCreate = kVolumeCreateCommand;
constexpr CommandSet Global = kBeforeCommand;
constexpr CommandSet Rename = kRenameCommand;
constexpr CommandSet Compose = kBeforeComposeCommand;
constexpr CommandSet ComposeExec = kComposeExecCommand;
constexpr CommandSet ComposeRun = kComposeRunCommand;

constexpr std::uint8_t D = 1U << static_cast<unsigned>(model::Engine::kDocker);
constexpr std::uint8_t P = 1U << static_cast<unsigned>(model::Engine::kPodman);
constexpr std::uint8_t N = 1U << static_cast<unsigned>(model::Engine::kNerdctl);

constexpr Flag kFlags[] = {
#define FLAG(long, short, grammar, commands, engines, split, same_as, status) \
  {long, short, Grammar::k##grammar, commands, engines, split, same_as, FlagStatus::k##status},
#include "linter/input/compose_flags.def"
#include "linter/input/docker_flags.def"
#include "linter/input/docker_volume_flags.def"
#include "linter/input/podman_flags.def"
#undef FLAG
};

struct Index {
  std::unordered_multimap<std::string_view, const Flag*> by_name;
  std::array<std::vector<const Flag*>, 128> by_letter;
};

const Index& Flags() {
  static const Index kIndex = [] {
    Index index;
    for (const Flag& flag : kFlags) {
      index.by_name.emplace(flag.name, &flag);
      if (flag.letter != 0) index.by_letter[static_cast<std::size_t>(flag.letter)].push_back(&flag);
    }
    return index;
  }();
  return kIndex;
}

bool Has(const Flag& flag, CommandSet command, model::Engine engine) {
  return (flag.commands & command) != 0 &&
         (flag.engines >> static_cast<unsigned>(engine) & 1U) != 0;
}

}  // namespace

const Flag* FindFlag(CommandSet command, model::Engine engine, std::string_view name) {
  const auto [first, last] = Flags().by_name.equal_range(name);
  const Flag* global = nullptr;
  for (auto it = first; it != last; ++it) {
    if (Has(*it->second, command, engine)) return it->second;
    // What docker has no persistent flags for: `podman run --runtime X`.
    if (engine != model::Engine::kDocker && Has(*it->second, kBeforeCommand, engine))
      global = it->second;
  }
  return global;
}

const Flag* FindFlag(CommandSet command, model::Engine engine, char letter) {
  if (static_cast<unsigned char>(letter) >= 128) return nullptr;
  for (const Flag* flag : Flags().by_letter[static_cast<std::size_t>(letter)])
    if (Has(*flag, command, engine)) return flag;
  return nullptr;
}

std::string_view SuggestFlag(CommandSet command, model::Engine engine, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Flag& flag : kFlags)
    if (flag.status == FlagStatus::kPlain && Has(flag, command, engine)) names.push_back(flag.name);
  return base::Suggest(name, names);
}

}  // namespace cagelint::input
