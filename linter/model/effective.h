// What the settings of a container amount to, computed once for all rules. Facts: each function in
// effective.cpp names its source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "linter/model/setting.h"

namespace cagelint::model {

enum class Tri : std::uint8_t { kNo, kYes, kUnknown };

enum class UserKind : std::uint8_t {
  kRoot,     // uid 0
  kNonRoot,  // any other uid, or a name that is not root
  kImage,    // nothing said: the image decides, and most say root
  kUnknown,  // also the caller's own (`$(id -u)`): root where root runs the script
};

enum class NetworkKind : std::uint8_t {
  kNone,
  kHost,
  kInternal,  // every network is known to be internal
  kOutside,   // at least one network with a way out (the default bridge, a user-defined one)
  kJoined,    // the namespace of another container
  kUnknown,
};

enum class SeccompKind : std::uint8_t {
  kDefault,     // nothing said, or `builtin`: the engine's own profile
  kUnconfined,  // asked for, or --privileged
  kProfile,     // a file
  kUnknown,
};

struct Effective {
  // Sorted, with CAP_; nothing when a part of it is unknown. For a non-root user on Docker these
  // are only the bounding set.
  std::optional<std::vector<std::string>> capabilities;
  Tri drops_all_capabilities = Tri::kUnknown;
  UserKind user = UserKind::kUnknown;
  NetworkKind network = NetworkKind::kUnknown;
  // Of Container::networks.items, one by one.
  std::vector<NetworkKind> networks;
  // Also through the namespace of another container that the document shows.
  bool host_pid = false;
  bool host_ipc = false;
  SeccompKind seccomp = SeccompKind::kUnknown;
  Tri no_new_privileges = Tri::kUnknown;
  Tri read_only_root = Tri::kUnknown;
  Tri memory_limited = Tri::kUnknown;
  Tri cpu_limited = Tri::kUnknown;
  Tri pids_limited = Tri::kUnknown;
  // Where something writable begins, as far as it is known: "/" when the root is not read-only,
  // then the targets of writable mounts. Sorted, cleaned. What lies in one of them may be read-only
  // again: ask WritableAt.
  std::vector<std::string> writable_paths;
  bool image_is_made_here = false;  // the same script builds or tags an image of this name
};

struct Container;
struct Document;

// What the value of `--user` makes a process. Its uid is a number for Go's Atoi: `00` is root, and
// so is nothing before a colon. kImage for "", and kUnknown where the uid cannot be known.
UserKind KindOfUser(const Setting<std::string>& user);

// Whether what is bound on this address of the host is bound on all of them: "", "0.0.0.0", "::" in
// any spelling, also "::ffff:0.0.0.0".
bool IsEveryAddress(const std::string& address);

// Whether a published port of this container is open on the host. With the networks `none` and
// `host`, on internal ones and in the network of another container nothing is published (run on
// Docker 20.10 and 28.5; podman says that it discards them). Needs Container::effective.
Tri PublishesPorts(const Container& container);

// What the networks of a document are, looked up once for all of its containers.
struct NetworkTable {
  std::map<std::string, NetworkKind, std::less<>> by_key;   // Compose's top-level `networks`
  std::map<std::string, NetworkKind, std::less<>> by_name;  // the engine's name
};
NetworkTable TabulateNetworks(const Document& document);

// The images that a document's own commands name, by ImageKey.
using ImageTable = std::set<std::string>;
ImageTable TabulateImages(const Document& document);

// The tables are those of the document that holds the container.
Effective ComputeEffective(const Container& container, const NetworkTable& networks,
                           const ImageTable& images = {});

// What a container has through a namespace that it joins: sets host_pid and host_ipc of all, and
// the network of those that are in that of a container on the host's. Needs the rest of Effective.
void FollowJoins(Document& document);

// Docker's 14 default capabilities (moby, oci/caps/defaults.go), podman's 11 (containers-common).
// Sorted, with CAP_.
enum class Engine : std::uint8_t;
const std::vector<std::string>& DefaultCapabilities(Engine engine);
// capabilities(7), all 41, sorted, with CAP_. Docker 20.10 does not know CAP_BPF, CAP_PERFMON and
// CAP_CHECKPOINT_RESTORE.
const std::vector<std::string>& AllCapabilities();

// The last of the security options with `key` ("seccomp", "no-new-privileges") counts. `unknown` is
// set when an option that cannot be known could override it.
struct SecurityOption {
  bool present = false;
  bool unknown = false;
  std::string value;      // behind "=" or ":"; "" for the bare word
  std::size_t index = 0;  // in Container::security_opt.items
};
SecurityOption FindSecurityOption(const Container& container, const std::string& key);

struct Mount;

// Whether the program can write through `mount`: its last `ro` or `rw` counts.
Tri Writable(const Mount& mount);

// Whether the program can write at `path` (absolute, cleaned): the innermost mount around it
// decides, the root where there is none. kUnknown also where a mount that cannot be known may lie
// there.
Tri WritableAt(const Container& container, std::string_view path);

// Whether root inside can make writable again what is mounted read-only: with SYS_ADMIN, as root or
// as whatever the image says.
bool CanRemount(const Container& container);

// True for a bind of the project: of the folder that the client or the file stands in, or of a
// folder above it. A folder inside it, or beside it, is not the project.
bool IsProjectBind(const Mount& mount);

// The last option of a tmpfs that is `name` or the opposite `no`+`name` ("exec": exec or noexec).
// kUnknown when an option behind it cannot be known; nothing when none of the two stands there.
struct TmpfsFlag {
  std::optional<Tri> value;
  std::size_t index = 0;  // in Mount::options.items
};
TmpfsFlag FindTmpfsFlag(const Mount& mount, const std::string& name);

// The last option of a tmpfs that sets its size, `size=` or `nr_blocks=`: an index into
// Mount::options.items. Nothing where none does, and for the long form, which has Mount::size.
std::optional<std::size_t> FindTmpfsLimit(const Mount& mount);

// The mount options of a volume that is a tmpfs (`type: tmpfs` of the driver `local`), to which
// nothing is added. Nothing for other mounts.
std::optional<std::string> TmpfsVolumeOptions(const Mount& mount);

// Whether a tmpfs has a limit of its own: a size or a number of blocks above zero. A percentage is
// one of the host's memory, not of the container's: kNo.
Tri TmpfsLimited(const Mount& mount);

// The last components of a host path of which the beginning cannot be known: {"podman",
// "podman.sock"} of `$XDG_RUNTIME_DIR/podman/podman.sock`. Empty for a path that is known.
std::vector<std::string_view> KnownTail(const Mount& mount);

}  // namespace cagelint::model
