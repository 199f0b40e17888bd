// The docker-compose at hand, and what it makes of a project.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace cagelint::test {

struct ComposeProgram {
  std::string path;
  int major = 0;
  int minor = 0;
};

// The first of: $CAGELINT_COMPOSE (which excludes the others), what `.ci/docker-compose` has
// unpacked, `docker-compose` on PATH, and docker's plugin. Only 2.40 and later of version 2: what
// is modelled is the compose-go 2.9 in it.
std::optional<ComposeProgram> FindCompose();

struct Loaded {
  bool timed_out = false;
  bool accepted = false;
  std::string errors;      // standard error
  nlohmann::json project;  // null unless accepted
};

// Runs `docker-compose OPTIONS config --format json` in `folder`, with exactly `environment`
// (NAME=VALUE) and no engine. Interpolated and normalised, as `up` would see it.
Loaded LoadWith(const ComposeProgram& program, const std::string& folder,
                const std::vector<std::string>& options,
                const std::vector<std::string>& environment);

}  // namespace cagelint::test
