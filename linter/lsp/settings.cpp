#include "linter/lsp/settings.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace cagelint::lsp {
namespace {

constexpr std::int64_t kLongestDebounce = 10'000;

// Reads members of one object, and says what is not as it should be.
class Reading {
 public:
  Reading(const Json& json, std::vector<std::string>& problems)
      : json_(json), problems_(problems) {}

  void Text(std::string_view name, std::string& out) {
    Take(name, TextOf(At(json_, name)), out, "a string");
  }
  void Flag(std::string_view name, bool& out) {
    Take(name, BoolOf(At(json_, name)), out, "true or false");
  }
  void Texts(std::string_view name, std::vector<std::string>& out) {
    const Json& list = At(json_, name);
    std::optional<std::vector<std::string>> texts;
    if (list.is_array()) texts.emplace();
    for (const Json& item : list.is_array() ? list : Json::array()) {
      auto text = TextOf(item);
      if (!text) return Wrong(name, "a list of strings");
      texts->push_back(std::move(*text));
    }
    Take(name, std::move(texts), out, "a list of strings");
  }
  void OneOf(std::string_view name, std::span<const std::string_view> words, std::string& out) {
    std::string text;
    Text(name, text);
    if (text.empty()) return;
    if (std::find(words.begin(), words.end(), text) == words.end())
      return Wrong(name, "a word that is known: `" + text + "`");
    out = std::move(text);
  }
  void Wrong(std::string_view name, const std::string& wanted) {
    problems_.push_back("setting `cagelint." + std::string(name) + "` is not " + wanted);
  }
  const Json& Member(std::string_view name) const { return At(json_, name); }

 private:
  template <typename T>
  void Take(std::string_view name, std::optional<T> value, T& out, const char* wanted) {
    if (value) {
      out = std::move(*value);
    } else if (!At(json_, name).is_null()) {
      Wrong(name, wanted);
    }
  }

  const Json& json_;
  std::vector<std::string>& problems_;
};

void KeepRules(Reading& reading, std::string_view name, std::vector<std::string>& ids) {
  std::erase_if(ids, [&](const std::string& id) {
    const auto known = driver::Rules();
    const bool is_rule = std::any_of(known.begin(), known.end(),
                                     [&](const engine::Rule* rule) { return rule->info.id == id; });
    if (!is_rule) reading.Wrong(name, "a list of rules: there is no `" + id + "`");
    return !is_rule;
  });
}

}  // namespace

std::span<const std::string_view> Settings::Names() {
  static constexpr std::array<std::string_view, 10> kNames{
      "policy", "config", "select",   "ignore",          "minSeverity",
      "strict", "engine", "envFiles", "capabilityHints", "debounce"};
  return kNames;
}

Settings Settings::From(const Json& json, std::vector<std::string>& problems) {
  constexpr std::array<std::string_view, 3> kLevels{"info", "warning", "error"};
  constexpr std::array<std::string_view, 4> kEngines{"auto", "docker", "podman", "nerdctl"};
  Settings out;
  Reading reading(json, problems);
  std::string level = "info";
  reading.Text("policy", out.policy);
  reading.Text("config", out.config);
  reading.Texts("select", out.select);
  reading.Texts("ignore", out.ignore);
  KeepRules(reading, "select", out.select);
  KeepRules(reading, "ignore", out.ignore);
  reading.OneOf("minSeverity", kLevels, level);
  reading.Flag("strict", out.strict);
  reading.OneOf("engine", kEngines, out.engine);
  reading.Texts("envFiles", out.env_files);
  reading.Flag("capabilityHints", out.capability_hints);
  out.min_severity = *diagnostic::SeverityNamed(level);
  if (out.engine == "auto") out.engine.clear();
  const Json& debounce = reading.Member("debounce");
  const auto wait = IntegerOf(debounce);
  if (wait && *wait >= 0 && *wait <= kLongestDebounce) {
    out.debounce = std::chrono::milliseconds(*wait);
  } else if (!debounce.is_null()) {
    reading.Wrong("debounce", "a number of milliseconds from 0 to 10000");
  }
  return out;
}

driver::Request RequestOf(const Settings& settings, const base::FileSystem& files,
                          std::vector<std::string>& problems) {
  driver::Request out;
  out.policy = driver::NamedPolicy(settings.policy, files, problems);
  out.policy_is_forced = !settings.policy.empty();
  out.config = settings.config;
  out.selection = {settings.select, settings.ignore, settings.min_severity};
  out.strict = settings.strict;
  out.input.env_files = settings.env_files;
  if (settings.engine == "docker") out.input.engine = model::Engine::kDocker;
  if (settings.engine == "podman") out.input.engine = model::Engine::kPodman;
  if (settings.engine == "nerdctl") out.input.engine = model::Engine::kNerdctl;
  out.walk.jobs = 1;
  return out;
}

}  // namespace cagelint::lsp
