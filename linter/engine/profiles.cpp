#include "linter/engine/profiles.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "linter/model/effective.h"
#include "linter/seccomp/dangers.h"

namespace cagelint::engine {
namespace {

// With different capabilities, for one profile: far more than anybody writes; bounds the work.
constexpr std::size_t kMostEnvironments = 16;

// containerd's reader, which nerdctl uses, takes the file as the OCI runtime specification has it.
seccomp::Dialect DialectOf(model::Engine engine) {
  switch (engine) {
    case model::Engine::kDocker:
      return seccomp::Dialect::kDocker;
    case model::Engine::kPodman:
      return seccomp::Dialect::kPodman;
    case model::Engine::kNerdctl:
      return seccomp::Dialect::kOci;
  }
  return seccomp::Dialect::kDocker;
}

seccomp::Environment EnvironmentOf(const model::Container* container) {
  seccomp::Environment environment;
  const model::Engine engine = container == nullptr ? model::Engine::kDocker : container->engine;
  environment.dialect = DialectOf(engine);
  environment.capabilities = model::DefaultCapabilities(engine);
  // Where the capabilities cannot be known, the engine's defaults are the likeliest.
  if (container != nullptr && container->effective.capabilities)
    environment.capabilities = *container->effective.capabilities;
  return environment;
}

// The capabilities that some entry asks for.
std::set<std::string_view> AskedFor(const model::SeccompProfile& profile) {
  std::set<std::string_view> caps;
  for (const model::SeccompEntry& entry : profile.entries)
    for (const auto* words : {&entry.includes.caps, &entry.excludes.caps})
      for (const model::Word& word : *words) caps.insert(word.text);
  return caps;
}

// What two environments of one profile must share to give the same filter and the same findings.
using Key = std::pair<seccomp::Dialect, std::vector<std::string>>;

// The environments in which one profile is judged already.
struct Known {
  std::set<std::string_view> asked_for;
  std::set<Key> keys;

  Key KeyOf(const seccomp::Environment& environment) const {
    Key key{environment.dialect, {}};
    const std::set<std::string_view>& needed = seccomp::NeededCapabilities();
    for (const std::string& cap : environment.capabilities)
      if (cap == "ALL" || asked_for.contains(cap) || needed.contains(cap))
        key.second.push_back(cap);
    return key;
  }
};

}  // namespace

Judgements JudgementsOf(const model::Document& document) {
  Judgements out;
  std::vector<std::optional<Known>> profiles(document.profiles.size());
  for (const model::Container& container : document.containers) {
    if (!container.seccomp || container.seccomp->profile < 0) continue;
    const auto index = static_cast<std::size_t>(container.seccomp->profile);
    const model::SeccompProfile& profile = document.profiles[index];
    std::optional<Known>& known = profiles[index];
    if (!known) known = Known{AskedFor(profile), {}};
    seccomp::Environment environment = EnvironmentOf(&container);
    Key key = known->KeyOf(environment);
    if (known->keys.contains(key)) continue;
    if (known->keys.size() < kMostEnvironments) {
      known->keys.insert(std::move(key));
      out.taken.push_back({&profile, &container, std::move(environment)});
    } else {
      out.left_out.push_back(&container);
    }
  }
  for (std::size_t i = 0; i < profiles.size(); ++i)
    if (!profiles[i]) out.taken.push_back({&document.profiles[i], nullptr, EnvironmentOf(nullptr)});
  return out;
}

std::vector<diagnostic::Gap> ProfileGaps(const model::Document& document) {
  std::vector<diagnostic::Gap> out;
  const auto add = [&](std::string kind, std::string message, const base::Span& span) {
    out.push_back({std::move(kind), std::move(message), span, "", false});
  };
  const Judgements judgements = JudgementsOf(document);
  for (const seccomp::Judgement& judgement : judgements.taken) {
    const seccomp::Loaded loaded = seccomp::LoadProfile(*judgement.profile, judgement.environment);
    if (loaded.load != seccomp::Load::kError) continue;
    add("seccomp-invalid-profile", loaded.reason, loaded.place);
    out.back().refused = true;
  }
  for (const model::Container* container : judgements.left_out)
    add("limit-reached",
        "the profile is named by containers of more than " + std::to_string(kMostEnvironments) +
            " kinds: not judged for this one",
        container->seccomp->span);
  return out;
}

}  // namespace cagelint::engine
