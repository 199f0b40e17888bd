// The flags of the docker, podman and nerdctl command lines: docker_flags.def as a table.
#pragma once

#include <cstdint>
#include <string_view>

#include "linter/model/container.h"

namespace cagelint::input {

// What a flag's value must be. Those behind kDuration are grammars of one flag or a few; each names
// its source where it is read.
enum class Grammar : std::uint8_t {
  kBool,        // strconv.ParseBool
  kText,        // anything
  kList,        // anything, repeated
  kMap,         // key=value, repeated, the last of a key counts
  kInteger,     // strconv.ParseInt, base 0, 64 bits
  kUnsigned,    // strconv.ParseUint, base 0, 64 bits
  kUnsigned16,  // the same, 16 bits
  kBytes,       // units.RAMInBytes
  kSwapBytes,   // the same, or -1
  kDuration,    // time.ParseDuration
  kAddress,
  kAlias,
  kCapability,
  kCgroupns,
  kCpus,
  kDevice,
  kDeviceBytes,
  kDeviceCount,
  kDeviceRule,
  kDomain,
  kEnv,
  kEnvFile,
  kExpose,
  kExtraHost,
  kGpus,
  kLabel,
  kLabelFile,
  kLink,
  kLogOption,
  kMac,
  kMount,
  kNetwork,
  kPid,
  kPort,
  kPull,
  kRestart,
  kSecurityOption,
  kStorageOption,
  kStream,
  kSwappiness,
  kSysctl,
  kTmpfs,
  kUlimit,
  kUserns,
  kUts,
  kVolume,
  kWeightDevice,
};

// Where a flag may stand; a set of bits.
using CommandSet = std::uint32_t;
inline constexpr CommandSet kRunCommand = 1U << 0U;
inline constexpr CommandSet kCreateCommand = 1U << 1U;
inline constexpr CommandSet kExecCommand = 1U << 2U;
inline constexpr CommandSet kUpdateCommand = 1U << 3U;
inline constexpr CommandSet kStartCommand = 1U << 4U;
inline constexpr CommandSet kAttachCommand = 1U << 5U;
inline constexpr CommandSet kRestartCommand = 1U << 6U;
inline constexpr CommandSet kStopCommand = 1U << 7U;
inline constexpr CommandSet kKillCommand = 1U << 8U;
inline constexpr CommandSet kUnpauseCommand = 1U << 9U;
inline constexpr CommandSet kRemoveCommand = 1U << 10U;
inline constexpr CommandSet kLogsCommand = 1U << 11U;
inline constexpr CommandSet kCommitCommand = 1U << 12U;
inline constexpr CommandSet kCopyCommand = 1U << 13U;
inline constexpr CommandSet kNetworkConnectCommand = 1U << 14U;
inline constexpr CommandSet kNetworkDisconnectCommand = 1U << 15U;
inline constexpr CommandSet kNetworkCreateCommand = 1U << 16U;
inline constexpr CommandSet kNetworkRemoveCommand = 1U << 17U;
inline constexpr CommandSet kBeforeCommand = 1U << 18U;
inline constexpr CommandSet kRenameCommand = 1U << 19U;
inline constexpr CommandSet kBeforeComposeCommand = 1U << 20U;
inline constexpr CommandSet kComposeExecCommand = 1U << 21U;
inline constexpr CommandSet kComposeRunCommand = 1U << 22U;
inline constexpr CommandSet kVolumeCreateCommand = 1U << 23U;

enum class FlagStatus : std::uint8_t { kPlain, kHidden, kDeprecated, kWindows };

struct Flag {
  std::string_view name;
  char letter = 0;  // 0: none
  Grammar grammar = Grammar::kText;
  CommandSet commands = 0;
  std::uint8_t engines = 0;  // bit 1 << Engine
  std::uint8_t split = 0;    // the same
  std::string_view same_as;
  FlagStatus status = FlagStatus::kPlain;

  bool IsBool() const { return grammar == Grammar::kBool; }
  bool SplitsCommas(model::Engine engine) const {
    return (split >> static_cast<unsigned>(engine) & 1U) != 0;
  }
  // The name under which its value is kept: "network" for `--net`.
  std::string_view Canonical() const { return same_as.empty() ? name : same_as; }
};

// The flag `--name` of `command` (one bit); null when the client knows none. podman and nerdctl
// take their global flags behind the subcommand as well, but not by their letters.
const Flag* FindFlag(CommandSet command, model::Engine engine, std::string_view name);
const Flag* FindFlag(CommandSet command, model::Engine engine, char letter);

// The flag's name that was probably meant by `name`; empty when none is near.
std::string_view SuggestFlag(CommandSet command, model::Engine engine, std::string_view name);

}  // namespace cagelint::input
