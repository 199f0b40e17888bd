// What the engines' own profiles decide, which apply where a container names none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/model/container.h"
#include "linter/seccomp/judgement.h"

namespace cagelint::seccomp {

// Of one engine's newest release.
struct DefaultAnswer {
  bool open = false;  // whatever the capabilities
  // Any of them opens it, where it is not open; none: nothing does.
  std::vector<std::string_view> capabilities;
  std::string_view earlier;  // releases in which it was open: "before 23.0"; may be empty
};

// A call, or a way of making it: a row of rules/data/engine_seccomp.csv, which says what stands in
// it and where it comes from.
struct DefaultCall {
  std::string name;
  std::string shown;  // as a message names it, without backticks
  std::string group;  // what it is for: "mounts"
  bool dangerous = false;
  std::string needs;  // without this capability the kernel refuses it; "": not so simple
  // Which calls of this name are meant: those with these arguments, or those that meet the demand.
  std::optional<std::vector<std::uint64_t>> arguments;
  Demand demand;
  std::array<DefaultAnswer, 3> answers;  // by model::Engine

  const DefaultAnswer& Of(model::Engine engine) const {
    return answers[static_cast<std::size_t>(engine)];
  }
};

// Every call that the default of an engine does not let any container make, and dangerous ones that
// all defaults do. Sorted by weight: the worst first, what belongs to one group together.
std::span<const DefaultCall> DefaultCalls();

// "Docker", "podman", "containerd": whose default it is that an engine applies.
std::string_view DefaultOf(model::Engine engine);

// A bounding set; nothing where it cannot be known.
using Capabilities = std::optional<std::vector<std::string>>;

// The dangerous calls that a container with `capabilities` can make under the engine's default. A
// call that only some capabilities open is left out where these are unknown.
std::vector<const DefaultCall*> LeftOpen(model::Engine engine, const Capabilities& capabilities);

// A call that a profile lets through, and the engine's default does not.
struct Wider {
  const DefaultCall* call = nullptr;
  base::Span span;          // the name in the first entry that opens it; the default action's value
  bool by_default = false;  // opened by the default action alone
};

// By place. Where the container's capabilities are unknown, only what its engine's default lets
// nobody call. Empty when the profile does not load, and for a container that is privileged or may
// be: no default applies to it.
std::vector<Wider> WiderThanDefault(const Judgement& judgement);

// "mounts (`mount`, `umount` and 9 more) and keyrings (`keyctl`)": at most six groups, in the order
// of DefaultCalls, and of each at most `most_names` calls, or one more where that is all.
std::string ListByGroup(std::vector<const DefaultCall*> calls, std::size_t most_names);

}  // namespace cagelint::seccomp
