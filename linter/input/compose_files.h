// Which compose files make one project, when Compose is started without `-f`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/input/reader.h"
#include "linter/syntax/node.h"

namespace cagelint::input::compose {

// The names that Compose looks for, and those that it lays over them by itself.
bool IsDefaultName(std::string_view name);
bool IsOverrideName(std::string_view name);

// Whether Compose knows `key` at the top of a file.
bool IsTopKey(std::string_view key);
// Whether some line of a file begins with `key:`, quoted or not.
bool HasTopKey(std::string_view bytes, std::string_view key);
// Whether a file that another one names is a compose file, well written or not. What is none is
// somebody's secret perhaps, and nothing of it must be shown.
bool LooksLikeCompose(const syntax::Tree& tree, std::string_view bytes);

// Whether a service has neither an image nor a build, nor what brings it one: the file means to be
// laid over another (`-f docker-compose.yml -f docker-compose.prod.yml`).
bool IsFragment(const base::Source& source);

struct ProjectFiles {
  std::vector<std::string> paths;  // the later over the earlier; none: no project of its own
  // Where Compose would be started; its .env is read before that of the first file's folder.
  std::string folder;
};

// The project that `source` is part of: the one that `COMPOSE_FILE` lists (in the options or the
// .env of its folder or of one above it, up to the working directory), a default name with its
// override, the base and a file that means to be laid over it, or the file alone. Facts: the
// reference loader, cli/options.go, and docker-compose 2.40.3.
ProjectFiles FilesOf(const base::Source& source, const Context& context,
                     std::vector<diagnostic::Gap>& gaps);

}  // namespace cagelint::input::compose
