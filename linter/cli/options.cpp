#include "linter/cli/options.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "linter/base/text.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/input/reader.h"

extern char** environ;

namespace cagelint::cli {
namespace {

using base::Error;
using base::Result;

constexpr std::array<std::string_view, 4> kEngines{"auto", "docker", "podman", "nerdctl"};

std::vector<std::string_view> CarrierNames() {
  std::vector<std::string_view> names;
  for (const input::Reader& reader : input::Readers()) names.push_back(reader.name);
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<std::string> SetVariable(std::string_view text,
                                       std::map<std::string, std::string>& variables) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) return std::nullopt;
  std::string name(text.substr(0, equals));
  variables[name] = text.substr(equals + 1);
  return name;
}

Result<input::Options> MakeInputOptions(const InputOptions& options) {
  input::Options out;
  if (const auto bad = FindUnknown("--engine", "engine", options.engine, kEngines))
    return Error{*bad};
  if (options.engine == "docker") out.engine = model::Engine::kDocker;
  if (options.engine == "podman") out.engine = model::Engine::kPodman;
  if (options.engine == "nerdctl") out.engine = model::Engine::kNerdctl;
  const base::FileSystem files = base::RealFiles();
  for (const std::string& path : options.env_files)
    if (files.kind(path) == base::FileKind::kMissing)
      return Error{"--env-file " + path + ": no such file"};
  out.env_files = options.env_files;
  for (const std::string& entry : options.env)
    if (!SetVariable(entry, out.environment))
      return Error{"--env: `" + entry + "` is not NAME=VALUE"};
  out.use_environment = options.use_env;
  if (options.use_env)
    for (char** entry = environ; *entry != nullptr; ++entry)
      SetVariable(*entry, out.process_environment);
  return out;
}

// At most one source of input, and what belongs to it.
std::optional<std::string> FindConflict(const InputOptions& options, const Words& words) {
  const bool stdin_named =
      std::find(options.paths.begin(), options.paths.end(), "-") != options.paths.end();
  for (const auto* list : {&options.paths, &options.files})
    if (std::find(list->begin(), list->end(), "") != list->end())
      return "a path is empty: an unset variable?";
  if (words.has_dashes && (!options.paths.empty() || !options.files.empty()))
    return "`--` and a path or -f: either files or one command";
  if (!options.files.empty() && !options.paths.empty())
    return "-f and a path: -f replaces the path";
  if (stdin_named && options.paths.size() > 1) return "`-` and another path: one at a time";
  if (!options.stdin_filename.empty() && !stdin_named)
    return "--stdin-filename without `-`: it names what is read from standard input";
  return std::nullopt;
}

}  // namespace

void AddInputOptions(OptionSet& set, InputOptions& options) {
  set.Arguments(options.paths, "files and folders (default: .); `-`: standard input", "[PATH]...");
  set.Group("Input");
  set.Flag(kAsWalked, options.as_walked, "pass by what a walk would pass by; for hooks");
  set.Repeated("-f,--file", options.files, "compose files merged in this order, no PATH then",
               "FILE");
  set.Value("--stdin-filename", options.stdin_filename, "what standard input is called", "NAME");
  set.Value("--carrier", options.carrier, "what inputs are: shell, mcp … (`help`: all)", "NAME")
      .Offer(CarrierNames());
  set.Value("--engine", options.engine, "auto, docker, podman, nerdctl", "NAME").Offer(kEngines);
  set.Repeated("--env-file", options.env_files, "variables for compose files", "FILE");
  set.Repeated("--env", options.env, "a variable for compose files and scripts", "NAME=VALUE");
  set.Flag("--use-env", options.use_env, "what is not set now is unset, not unknown");
  AddWalkOptions(set, options.walk);
}

Result<driver::Request> MakeRequest(const InputOptions& options, const Words& words) {
  if (const auto conflict = FindConflict(options, words)) return Error{*conflict};
  driver::Request request;
  auto input = MakeInputOptions(options);
  if (!input.Ok()) return Error{input.Message()};
  request.input = std::move(input).Value();
  const std::vector<std::string_view> carriers = CarrierNames();
  if (!options.carrier.empty())
    if (const auto bad = FindUnknown("--carrier", "carrier", options.carrier, carriers))
      return Error{*bad + "; there are " + Listed(carriers)};
  request.carrier = options.carrier;
  if (words.has_dashes) {
    request.arguments = words.arguments;
  } else if (!options.files.empty()) {
    request.compose_files = options.files;
  } else if (options.paths == std::vector<std::string>{"-"}) {
    auto bytes = ReadStandardInput();
    if (!bytes.Ok()) return Error{bytes.Message()};
    const std::string name = options.stdin_filename.empty() ? "<stdin>" : options.stdin_filename;
    request.text = driver::Text{name, std::move(bytes).Value()};
  } else {
    // One that was deleted looks empty.
    std::error_code gone;
    if (std::filesystem::current_path(gone).empty())
      return Error{"the working directory: " + base::ToLower(gone.message())};
    request.walk.as_walked = options.as_walked;
    request.paths = options.paths.empty() ? std::vector<std::string>{"."} : options.paths;
  }
  return WithWalkOptions(options.walk, std::move(request));
}

void AddPolicyOption(OptionSet& set, std::string& policy) {
  const std::vector<std::string> names = driver::PolicyNames();
  const std::vector<std::string_view> words(names.begin(), names.end());
  set.Value("--policy", policy, Listed(words) + "; default " + std::string(driver::kDefaultPolicy),
            "NAME|FILE")
      .Offer(words);
}

std::string UnknownRule(std::string_view id) {
  std::vector<std::string_view> ids;
  for (const engine::Rule* rule : driver::Rules()) ids.push_back(rule->info.id);
  return Unknown("rule", id, ids) + " (`cagelint rules` lists them)";
}

Result<std::vector<std::string>> RuleIds(const std::vector<std::string>& lists) {
  std::vector<std::string> out;
  const auto rules = driver::Rules();
  for (const std::string& list : lists) {
    for (const std::string_view part : base::Split(list, ',')) {
      const std::string_view id = base::Trim(part);
      if (id.empty()) continue;
      const bool known = std::any_of(rules.begin(), rules.end(),
                                     [&](const engine::Rule* r) { return r->info.id == id; });
      if (!known) return Error{UnknownRule(id)};
      out.emplace_back(id);
    }
  }
  return out;
}

}  // namespace cagelint::cli
