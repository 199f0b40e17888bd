// What one file (with what it loads) says about containers, and what a run of the linter knows.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/model/container.h"
#include "linter/model/remark.h"
#include "linter/model/seccomp.h"
#include "linter/model/suppression.h"

namespace cagelint::model {

enum class CommandKind : std::uint8_t {
  kAttach,
  kBringUp,  // starts containers that the document does not show: `compose up`
  kBuild,    // gives images their names or itself more rights: `build`, `tag`
  kCommit,
  kCopy,
  kExec,
  kKill,
  kLogs,
  kNetworkConnect,
  kNetworkCreate,
  kNetworkDisconnect,
  kNetworkRemove,
  kRemove,
  kRename,
  kRestart,
  kStart,
  kStop,
  kUnpause,
  kUpdate,
  kVolumeCreate,
};

std::string_view Name(CommandKind kind);  // "exec", "network connect", …

// A container as a command names it.
struct Target {
  Setting<std::string> name;  // known: the literal name or id; dynamic: `$cid`
  // The container of the same document that it is; -1 where the reader cannot tell. A reader sets
  // it for a name given by `--name`, and for a variable that `cid=$(docker run …)` filled.
  int container = -1;
};

// A container command of a script other than run and create.
struct Command {
  Command();
  Command(const Command& other);
  Command(Command&& other) noexcept;
  Command& operator=(const Command& other);
  Command& operator=(Command&& other) noexcept;
  ~Command();

  CommandKind kind = CommandKind::kExec;
  Engine engine = Engine::kDocker;
  base::Span anchor;  // the words `docker network connect`
  base::Span extent;
  int order = 0;  // place among the containers and commands of its document
  bool output_captured = false;
  std::vector<Target> targets;
  // `docker compose exec`: the service. Its container stands in a compose file, so that there are
  // no targets.
  Setting<std::string> service;
  Setting<std::string> new_name;  // of rename
  Setting<std::string> network;   // of the network commands
  Setting<bool> internal;         // network create --internal
  Setting<std::string> volume;    // of volume create, with its driver and the options of that
  Setting<std::string> driver;
  std::vector<std::pair<std::string, std::string>> driver_options;
  Setting<bool> privileged, tty, interactive, detach, force;
  Setting<std::string> user;
  Setting<Restart> restart;
  Setting<std::int64_t> memory, memory_swap, pids_limit, cpu_quota;
  Setting<double> cpus;
  List<std::string> command;       // what exec runs
  List<std::string> images;        // the names that build, tag and commit give
  List<std::string> entitlements;  // of build: `--allow`
};

// A file that a compose file holds itself: `content` of a top-level config.
struct InlineConfig {
  std::string key;
  Setting<std::string> content;
};

struct Document {
  Document();
  Document(const Document& other);
  Document(Document&& other) noexcept;
  Document& operator=(const Document& other);
  Document& operator=(Document&& other) noexcept;
  ~Document();

  base::FileId file = base::kNoFile;
  Carrier carrier = Carrier::kShell;
  // Of a text in another file: what that file is. Set by the driver.
  std::optional<Carrier> within = {};
  // What stands in this file as texts of their own, each with places in its own text.
  std::vector<Document> embedded;
  std::vector<base::FileId> project;  // compose: the files of the project, in their order
  // A deque: a container is thousands of bytes, and moving all of them as the list grows costs more
  // than reading them.
  std::deque<Container> containers;
  std::vector<Command> commands;
  std::vector<SeccompProfile> profiles;  // the file itself, or those that its containers name
  std::vector<Network> networks;
  std::vector<Volume> volumes;
  std::vector<InlineConfig> configs;
  std::vector<diagnostic::Gap> gaps;
  std::vector<Remark> remarks;
  std::vector<Suppression> suppressions;  // of comments and of `x-cagelint`
  std::vector<PolicyRequest> policies;    // at most one a service, and one of the project
  std::vector<PreferenceError> preference_errors;

  // What the file is, whatever is embedded in it.
  Carrier FileCarrier() const { return within.value_or(carrier); }
};

}  // namespace cagelint::model
