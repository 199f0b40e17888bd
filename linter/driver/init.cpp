#include "linter/driver/init.h"

#include <algorithm>
#include <map>
#include <vector>

#include "linter/base/text.h"

namespace cagelint::driver {
namespace {

// Why a project is a service, as people use the word, and not a cage; "" where it is none.
std::string ServiceReason(const model::Document& document) {
  if (document.FileCarrier() != model::Carrier::kCompose) return "";
  for (const model::Container& container : document.containers)
    if (!container.ports.items.empty() || container.publish_all.Is(true))
      return "`" + container.service + "` publishes ports";
  for (const model::Container& container : document.containers)
    if (!container.depends_on.items.empty())
      return "`" + container.service + "` depends on another service";
  return "";
}

// A path as a text of YAML that is also a pattern for this path alone.
std::string Quoted(std::string_view path) {
  std::string out = "\"";
  for (const char c : base::Escape(path)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '*' ? '?' : c;
  }
  // Without a slash it would mean every file of this name.
  const bool is_bare = path.find('/') == std::string_view::npos;
  return (is_bare ? "\"./" + out.substr(1) : out) + "\"";
}

}  // namespace

std::string InitialConfig(const Outcome& outcome) {
  std::map<std::string, std::string> services;  // path, reason
  std::string found;
  for (const Listed& input : outcome.inputs)
    if (!input.carrier.empty())
      found += "#   " + base::Escape(input.path) + ": " + input.carrier + "\n";
  for (const model::Document& document : outcome.documents)
    if (const std::string reason = ServiceReason(document); !reason.empty())
      services.emplace(outcome.sources->Get(document.file).Path(), reason);
  std::string out =
      "# How cagelint judges what stands here. `cagelint schema config` has all keys,\n"
      "# `cagelint rules` all rules.\n#\n";
  out += found.empty() ? "# Nothing that runs a container was found.\n"
                       : "# Found when this was written:\n" + found;
  out +=
      "\n# agent: the code inside is hostile. service: an ordinary service with a network.\n"
      "# baseline: only ways out of the container. cis-docker: the CIS Docker Benchmark.\n"
      "policy: agent\n"
      "\n# Files and folders that a walk passes by.\n"
      "# exclude: [vendor]\n"
      "\n# A severity for a rule (off, info, warning, error), or its parameters.\n"
      "# rules:\n"
      "#   writable-project-mount: {outputs: [./out]}\n"
      "\n# Findings that are meant to be there, with the reason.\n"
      "# ignore:\n"
      "#   persistent-container: the state is looked at after each run\n";
  if (services.empty()) return out;
  out += "\noverrides:\n";
  for (const auto& [path, reason] : services)
    out += "  # " + base::Escape(reason) + "\n  - files: [" + Quoted(path) +
           "]\n    policy: service\n";
  return out;
}

}  // namespace cagelint::driver
