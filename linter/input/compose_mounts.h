// `volumes`, `tmpfs`, `devices` and `ports` of a service → the model.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "linter/input/compose_load.h"
#include "linter/input/compose_settings.h"
#include "linter/model/container.h"

namespace cagelint::input::compose {

// `volumes` first, then `tmpfs`, as Compose lists them.
model::List<model::Mount> MountsOf(const View& service, const Project& project, Findings& findings);
model::List<model::Device> DevicesOf(const View& view, Findings& findings);
model::List<model::Port> PortsOf(const View& view, Findings& findings);

// Where a path in `value` [begin, end) points: relative ones begin at the value's folder. Symbolic
// where it begins with $PWD or $HOME that are not known.
model::HostPath HostPathOf(const Argument& text, std::size_t begin, std::size_t end, int folder,
                           const Project& project);
// The path as the engine gets it: absolute, or with its symbols as they were written.
std::string EnginePath(const Argument& text, std::size_t begin, std::size_t end, int folder,
                       const Project& project);

// The `file` of each top-level secret and config, by "secrets" and "configs" and the name. Looked
// up by every service, of which a hostile file has thousands.
using FileTable = std::map<std::string, std::unordered_map<std::string, View>>;
FileTable TabulateFiles(const View& root);

// Adds what Compose makes of the secrets and configs of a service that are files of the host:
// read-only binds (run on docker-compose 2.40).
void AddFileMounts(const View& service, const FileTable& files, const Project& project,
                   model::Container& container);

}  // namespace cagelint::input::compose
