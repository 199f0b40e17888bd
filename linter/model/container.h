// One container as its author configured it, whatever the carrier. Plain data; readers fill it in,
// rules look at it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/model/effective.h"
#include "linter/model/setting.h"

namespace cagelint::model {

enum class Engine : std::uint8_t { kDocker, kPodman, kNerdctl };
// What a container is written in. The first four are languages; in the others one of these is
// embedded.
enum class Carrier : std::uint8_t {
  kCommandLine,
  kShell,
  kCompose,
  kSeccomp,
  kBatch,
  kDevcontainer,
  kDockerfile,
  kGitlab,
  kGo,
  kInspect,
  kJustfile,
  kMakefile,
  kMarkdown,
  kMcp,
  kPackage,
  kPowershell,
  kPython,
  kQuadlet,
  kSystemd,
  kTasks,
  kTypescript,
  kWorkflow,
};

std::string_view Name(Engine engine);    // "docker", "podman", "nerdctl"
std::string_view Name(Carrier carrier);  // "command", "shell", "compose", "gitlab-ci" …

// Where a host path begins. Readers set it from what the author wrote, before anything is expanded.
enum class PathBase : std::uint8_t {
  kNone,              // not a host path (a volume's name, a tmpfs)
  kAbsolute,          // `/srv/data`
  kWorkingDirectory,  // `.`, `$PWD/x`, `$(pwd)`: what the client was started in
  kProject,           // relative to the folder of the file: Compose's `./x`, `$(dirname "$0")/x`
  kHome,              // `~/x`, `$HOME/x`
  kUnknown,           // begins with something that cannot be known
};

// A path on the host. `path` is cleaned lexically ("." for the base itself; it may begin with "..")
// and relative to `base`, absolute only for kAbsolute. `exact` is false where a part of it cannot
// be known (`$PWD/$X`): then `path` holds what comes before that part.
struct HostPath {
  PathBase base = PathBase::kNone;
  std::string path;
  bool exact = true;
};

// Binds, volumes, tmpfs, `--tmpfs` alike.
struct Mount {
  enum class Form : std::uint8_t {
    kShort,  // -v, an entry of Compose's `volumes` in the short syntax
    kLong,   // --mount, the long syntax
    kTmpfs,  // --tmpfs, Compose's `tmpfs`
    kFile,   // the file of one of Compose's secrets and configs
  };
  Form form = Form::kShort;
  Setting<std::string> type;    // "bind", "volume", "tmpfs", "image", "npipe", "cluster" …
  Setting<std::string> source;  // as the engine gets it; absent for an anonymous volume or a tmpfs
  Setting<std::string> target;
  Setting<bool> read_only;  // absent: writable
  Setting<std::string> propagation;
  // Further options as written, in order: of -v behind the second colon (without ro and rw), of
  // --tmpfs (all of them), of the long form as `key=value`.
  List<std::string> options;
  Setting<std::int64_t> size;  // tmpfs, bytes; 0: no limit. A percentage is kept in options only
  Setting<std::string> driver;
  std::vector<std::pair<std::string, std::string>> driver_options;
  // Of `source` where it is a host path; of a volume whose driver binds one (`o: bind`) that path.
  HostPath host;

  // Whether a path of the host is mounted, in whatever disguise.
  bool IsBind() const {
    return type.Is("bind") || (type.Is("volume") && host.base != PathBase::kNone);
  }
  bool IsTmpfs() const { return type.Is("tmpfs"); }
};

struct Port {
  std::string host_ip;    // "" is all addresses
  std::string published;  // "8080", "8000-8010", "" is a random port
  std::string target;
  std::string protocol = "tcp";
};

struct Device {
  std::string source;
  std::string target;
  std::string permissions;  // "rwm"
};

struct Ulimit {
  std::string name;
  std::int64_t soft = 0;  // -1: unlimited
  std::int64_t hard = 0;
};

struct Restart {
  std::string policy;  // "no", "always", "on-failure", "unless-stopped", or what was written
  std::int64_t max_retries = 0;
};

struct KeyValue {
  std::string key;
  std::optional<std::string> value;  // none: taken from the environment of the client
};

struct Build {
  std::string context;
  std::string dockerfile;  // "" is the default name
  std::string target;
  // Whether the Dockerfile was there to be read, and what it says: its last USER (absent where it
  // has none, and the image below decides), and that image.
  bool is_read = false;
  Setting<std::string> user;
  Setting<std::string> base;
  std::vector<Setting<std::string>> volumes;  // VOLUME, of all its stages; those that are known
  // What the build may do on the host: Compose's `privileged` and `entitlements`.
  Setting<bool> privileged;
  List<std::string> entitlements;
};

// How the name of a network is bound (Compose's top-level `networks`, `docker network create`).
struct Network {
  std::string key;  // as services refer to it
  std::string name;
  Setting<bool> internal;
  Setting<bool> external;
  Setting<std::string> driver;
  base::Span anchor;
};

struct Volume {
  std::string key;
  std::string name;
  Setting<bool> external;
  Setting<std::string> driver;
  std::vector<std::pair<std::string, Setting<std::string>>> driver_opts;
  base::Span anchor;
};

// `timeout 300 docker run …`: what ends the client, and not the container.
struct ClientTimeout {
  base::Span span;     // `timeout 300`; invalid where there is none
  bool kills = false;  // by SIGKILL at once, which no client can pass on
};

// A command that Compose runs in the container, beside the container's own program.
struct Hook {
  std::string key;  // "post_start", "pre_stop", "develop.watch"
  base::Span span;  // its key
  Setting<std::string> user;
  Setting<bool> privileged;
};

// A seccomp profile that the container names by path.
struct SeccompReference {
  std::string path;  // as written
  base::Span span;
  int profile = -1;  // index in Document::profiles; -1: the file could not be read
};

struct Container {
  // Written out once, in container.cpp: a hundred members make them long, and nearly every file
  // would have them otherwise.
  Container();
  Container(const Container& other);
  Container(Container&& other) noexcept;
  Container& operator=(const Container& other);
  Container& operator=(Container&& other) noexcept;
  ~Container();

  Carrier carrier = Carrier::kShell;
  Engine engine = Engine::kDocker;
  std::string service;        // Compose: the service's name; also of `docker compose run`
  std::string project;        // Compose: the project's name
  bool created_only = false;  // `docker create`: not the whole life
  bool one_off = true;        // a command starts one container; Compose manages its services itself
  base::Span anchor;  // where an absent setting reports: the words `docker run`, the service's key
  base::Span extent;  // the whole command, the whole service
  int order = 0;      // place among the containers and commands of its document
  bool output_captured = false;  // its output goes to a file, a pipe or a variable
  // Names by which later commands can mean it: the shell variable of `cid=$(docker run …)`.
  std::vector<std::string> handles;
  std::string cid_file;  // `--cidfile`, as written: its id is in there; empty without one
  // Of a command that a script leads to in several ways: what holds on the way that is read here.
  // Its other ways are containers with the same anchor.
  std::vector<Step> conditions;
  std::optional<SeccompReference> seccomp;
  ClientTimeout client_timeout;
  std::vector<Hook> hooks;
  // Set by the engine before any rule runs; readers leave it alone.
  Effective effective;

#define SETTING(type, member, flag, key) Setting<type> member;
#define LIST(type, member, flag, key) List<type> member;
#include "linter/model/settings.def"
#undef SETTING
#undef LIST

  bool IsCompose() const { return carrier == Carrier::kCompose; }
  // A service that is no container: Compose runs a program on the host for it.
  bool IsProvided() const { return !provider.IsAbsent(); }
};

// The way an author of this container writes setting `name` with `value`: "`--cap-drop=ALL`" or
// "`cap_drop: [ALL]`", in backticks. `name` is a member of Container; a bare flag for a `value` of
// "true". Asserts that the carrier has such a setting.
std::string Spelling(const Container& container, std::string_view name, std::string_view value);

// A span, and how the value that stands there got there: several settings may come out of one word
// (`"${args[@]}"`). The steps are those of the setting, which must outlive this.
struct Place : base::Span {
  Place() = default;
  Place(const base::Span& span) : base::Span(span) {}  // NOLINT: a place is a span
  Place(const base::Span& span, const std::vector<Step>& its) : base::Span(span), steps(&its) {}
  const std::vector<Step>* steps = nullptr;
};

// Where to report `setting`: its value, all that was written for it, or the container's anchor.
template <typename T>
Place PlaceOf(const Setting<T>& setting, const Container& container) {
  if (setting.value_span.IsValid() && !setting.value_span.IsEmpty())
    return {setting.value_span, setting.steps};
  if (setting.whole.IsValid() && !setting.whole.IsEmpty()) return {setting.whole, setting.steps};
  return container.anchor;
}

// Makes every absent setting dynamic, with `source` as its text: an argument list that cannot be
// known (`"${OPTS[@]}"`) may hold any of them.
void MakeAbsentDynamic(Container& container, const std::string& source, base::Span place);

// The same for what a compose file says besides: lists that are known may have further elements,
// and `command` and `entrypoint`, which a command line replaces, stay as they are.
void MakeOpen(Container& container, const std::string& source, base::Span place);

// Makes every dynamic setting absent, and forgets dynamic elements of lists (`--strict`).
void MakeDynamicAbsent(Container& container);

}  // namespace cagelint::model
