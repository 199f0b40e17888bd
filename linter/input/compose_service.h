// A merged project → containers, networks and volumes of the model.
#pragma once

#include "linter/input/compose_load.h"
#include "linter/input/compose_settings.h"
#include "linter/input/reader.h"
#include "linter/model/document.h"

namespace cagelint::input::compose {

// Adds every service, of whatever profile, with its gaps; then what the project as a whole would be
// refused for.
void ReadProject(Project& project, const Context& context, model::Document& document);

// `cpus`, `mem_limit`, `pids_limit` and their like, or what `deploy` says in their place.
void ReadLimits(const View& service, model::Container& container, Findings& findings);

// `environment` over `env_file`, `labels` over `label_file`.
void ReadEnvironment(const View& service, Project& project, const Context& context,
                     model::Container& container);

// What the Dockerfile of `build` says, where it is a local one.
void ReadDockerfileOf(const View& service, Project& project, const Context& context,
                      model::Container& container);

// `x-cagelint` of `owner`, a service or (`service` is "") the root.
void ReadPreferences(const View& owner, const std::string& service, model::Document& document);

// Whether the service is in no profile, or in one of COMPOSE_PROFILES. What depends on variables
// counts as not in use: nothing can be said of it.
bool IsInUse(const View& service, const Project& project);

// compose-go's checkConsistency: networks, volumes, services, secrets that are referred to and not
// defined; what excludes each other; circles of dependencies.
void CheckConsistency(const Project& project, Findings& findings);

}  // namespace cagelint::input::compose
