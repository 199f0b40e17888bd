// What a kernel would decide under a profile: profile + environment → verdicts. Pure, no I/O.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/diagnostic/diagnostic.h"
#include "linter/model/container.h"
#include "linter/model/seccomp.h"

namespace cagelint::seccomp {

// How the file is resolved before it reaches the runtime.
enum class Dialect : std::uint8_t { kDocker, kPodman, kOci };
enum class Runtime : std::uint8_t { kRunc, kCrun, kRuncNoStub };

struct KernelVersion {
  int major = 0;
  int minor = 0;
  auto operator<=>(const KernelVersion&) const = default;
};

struct Environment {
  Dialect dialect = Dialect::kDocker;
  Runtime runtime = Runtime::kRunc;
  std::string architecture = "amd64";  // Go's name
  KernelVersion kernel{6, 18};
  // The bounding set, sorted, with CAP_; {"ALL"} is all.
  std::vector<std::string> capabilities = {};
  // Whether the runtime's libseccomp is 2.6 (it knows calls of Linux 6.8 and later) or 2.5.4.
  bool newest_libseccomp = false;
};

struct Loaded;

// A profile judged in one environment.
struct Judgement {
  const model::SeccompProfile* profile = nullptr;
  const model::Container* container = nullptr;  // that names the profile; null: linted alone
  Environment environment;
  // What LoadProfile gave for it, where many rules ask; null: it is loaded each time.
  std::shared_ptr<const Loaded> loaded = nullptr;
};

enum class ActionKind : std::uint8_t {
  kAllow,
  kLog,
  kTrace,
  kNotify,
  kErrno,
  kTrap,
  kKillThread,
  kKillProcess,
};

struct Action {
  ActionKind kind = ActionKind::kErrno;
  std::uint16_t data = 0;  // of kErrno and kTrace
  // Whether the call can be made: allowed, logged, or left to a tracer, which the program inside
  // can be itself.
  bool Opens() const { return kind <= ActionKind::kTrace; }
  auto operator<=>(const Action&) const = default;
};

std::string Name(Action action);  // "ALLOW", "ERRNO(1)", …

enum class Load : std::uint8_t {
  kOk,
  kError,     // the engine or runtime refuses the profile, and the container does not start
  kDisabled,  // neither a default action nor an entry: the container runs unconfined
};

struct Filter;  // what the kernel runs, by ABI and call

struct Loaded {
  Load load = Load::kOk;
  std::string reason;                    // of kError; lower case, no full stop
  base::Span place;                      // of kError: what is refused
  std::shared_ptr<const Filter> filter;  // null unless kOk
};

// `profile` must outlive the result.
Loaded LoadProfile(const model::SeccompProfile& profile, const Environment& environment);
// The same as a rule asks: with a runtime that knows every call, since the profile may meet one.
Loaded LoadProfile(const Judgement& judgement);

struct Verdict {
  Action action;
  bool exists = true;  // false: the ABI has no such call, and `action` means nothing
  // False: entries with different actions match and libseccomp's order decides, or what it makes of
  // the entries is not what they say. The action is still the one that its filter takes.
  bool certain = true;
  base::Span
      decided_by;  // the name in the entry, the default action's value; invalid: neither, the
                   // runtime's own answer to unknown numbers, or an ABI that is not let in
  bool by_default = false;
};

// What the kernel does for `syscall` (a name, or a number) on ABI `abi` (libseccomp's name, "" is
// the native one). Missing arguments are 0. `exists` is false for an unknown ABI.
Verdict Decide(const Filter& filter, std::string_view abi, std::string_view syscall,
               std::span<const std::uint64_t> arguments);

// When `syscall` is let through on its ABI, in words: "allowed when (arg0 & 0x7e020000) == 0",
// "always allowed", "never allowed: ERRNO(1)".
std::string Conditions(const Filter& filter, std::string_view abi, std::string_view syscall);

// What a way through must look like to count: an argument with one of `bits`, and nothing above
// `limit`; or one of `values`. Neither: any call counts.
struct Demand {
  std::uint64_t bits = 0;
  std::uint64_t limit = UINT64_MAX;
  unsigned argument = 0;
  unsigned argument_s390 = 0;                  // the same on s390 and s390x
  std::span<const std::uint64_t> values = {};  // must outlive the demand

  bool IsAny() const { return bits == 0 && values.empty(); }
};

// A way in which a call can be made.
struct Opening {
  base::Span span;  // the name in the entry that lets it through; the default action's value
  bool by_default = false;
  std::string condition;               // "(arg0 & 0x10000000) == 0"; "" when no condition limits it
  std::vector<std::string_view> abis;  // on which, the native one first
  const model::SeccompEntry* entry = nullptr;  // null for the default action
  // Arguments that pass, an example that meets the demand.
  std::vector<std::uint64_t> example;
};

// The ways in which `syscall` can be made on any ABI that the filter lets in, in file order, the
// default action last. Each is proved by an example that Decide lets through, so there is never one
// too many; a way that only arguments of a contrived form would pass may be missed.
std::vector<Opening> Openings(const Filter& filter, std::string_view syscall,
                              const Demand& demand = {});

// A call that a rule looks for, and what it does, as a message goes on behind its name: "can mount
// file systems".
struct Call {
  std::string_view name;
  std::string_view does;
  Demand demand = {};
  bool minor = false;  // what it gives is little
};

// A finding about calls that a profile lets through.
struct Exposure {
  base::Span span;
  std::string message;
  std::vector<diagnostic::Label> labels;
  bool minor = false;  // of all its calls
};

// One for each of `calls` that can be made, at its name in the first entry that opens it; one for
// all those together that the default action opens, at that action. None when the profile does not
// load: `seccomp-invalid-profile` and `seccomp-default-allow` say so.
std::vector<Exposure> Exposed(const Judgement& judgement, std::span<const Call> calls);

}  // namespace cagelint::seccomp
