// What an image that is built from a Dockerfile begins with: its user and the image below it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "linter/model/setting.h"
#include "linter/syntax/dockerfile.h"

namespace cagelint::input {

struct DockerfileFacts {
  // The last USER of the stage, or of those it is made from. Absent where none of them has one:
  // then the image below decides. Dynamic where a variable of it cannot be known.
  model::Setting<std::string> user;
  // The image of the FROM below all these stages.
  model::Setting<std::string> base;
  // Paths of VOLUME, of the stage and of those it is made from; what cannot be known is left out.
  std::vector<model::Setting<std::string>> volumes;
};

// Build arguments; none: given, with a value that is not known.
using BuildArguments = std::map<std::string, std::optional<std::string>, std::less<>>;

// Of the stage `target` (a name, or a number from 0), the last one for "". Both facts are absent
// where there is no such stage. (Docker documentation, Dockerfile reference: ARG, ENV, FROM, USER;
// moby/buildkit, dockerfile2llb.)
DockerfileFacts ReadDockerfile(const syntax::Dockerfile& file, const std::string& target,
                               const BuildArguments& arguments);

}  // namespace cagelint::input
