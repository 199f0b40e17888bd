// What the readers of flag values share: where refusals go, and how values become settings.
#pragma once

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/docker_cli.h"
#include "linter/input/docker_words.h"

namespace cagelint::input {

// The reading of one command.
struct Reading {
  const Invocation& invocation;
  const Context& context;
  model::Document& document;
  model::Engine engine = model::Engine::kDocker;
  // The client prints help: it looks at single values, and at nothing that comes after.
  bool shows_help = false;

  // The client refuses the command for what stands at `span`.
  void Refuse(base::Span span, std::string message) const;
  // The same for the value of a flag, with the client's reason.
  void RefuseValue(const FlagUse& use, const std::string& reason) const;
  void RefuseValue(const FlagUse& use, const Value& part, const std::string& reason) const;
  void AddGap(std::string kind, base::Span span, std::string message) const;
  bool IsDocker() const { return engine == model::Engine::kDocker; }
};

// True when nothing in `text` is unknown: symbols with a meaning ($PWD, $(id -u)) may be in it.
bool IsKnowable(std::string_view text);
// `text` with its symbols spelled: "$PWD", "$HOME", "$(id -u)", "$(id -g)", "$(dirname "$0")".
std::string Spelled(std::string_view text);

// Where the variables that the value is made of are set.
std::vector<model::Step> StepsOf(const Value& value);

// The value as a setting: known with its symbols spelled, or dynamic.
model::Setting<std::string> TextSetting(const Value& value);
// A setting with the place of `value`.
template <typename T>
model::Setting<T> KnownSetting(T known, const Value& value) {
  auto setting = model::Setting<T>::Known(std::move(known), value.whole, value.Span());
  setting.steps = StepsOf(value);
  return setting;
}
template <typename T>
model::Setting<T> DynamicSetting(const Value& value) {
  return model::Setting<T>::Dynamic(value.Written(), value.whole, value.Span());
}

// Replaces what an earlier flag said; steps remember the last ones that were. Bounded: a command of
// 100,000 times the same flag is no reason to keep them all.
template <typename T>
void Replace(model::Setting<T>& setting, model::Setting<T> value) {
  constexpr std::size_t kMostSteps = 8;
  if (!setting.IsAbsent()) {
    std::vector<model::Step> steps = std::move(setting.steps);
    if (steps.size() >= kMostSteps) steps.erase(steps.begin());
    steps.push_back({setting.whole, "overridden by a later flag"});
    value.steps.insert(value.steps.end(), std::make_move_iterator(steps.begin()),
                       std::make_move_iterator(steps.end()));
    if (value.steps.size() > kMostSteps)
      value.steps.erase(value.steps.begin(),
                        value.steps.end() - static_cast<std::ptrdiff_t>(kMostSteps));
  }
  setting = std::move(value);
}

// A file that the client reads (env file): its bytes, or why not. Relative paths are looked for in
// the invocation's directories. Nothing when the path cannot be known.
std::optional<base::ReadResult> ReadNamedFile(const Value& path, const Reading& reading);
// Whether nothing stands at a path that can be known.
bool IsMissing(const Value& path, const Reading& reading);

// The path without a leading `$PWD/` or `$(dirname "$0")/`: relative to where files are looked for.
std::string_view WithoutBase(std::string_view path);

}  // namespace cagelint::input
