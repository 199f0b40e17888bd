// Paths on the command line → files, in a fixed order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/engine/report.h"

namespace cagelint::driver {

struct WalkedFile {
  std::string path;
  bool named = false;  // on the command line, not met while walking
};

// Expands directories recursively. Symlinks below a named directory are not followed; hidden
// directories are passed by, but for those that configure containers (.devcontainer, .github,
// .vscode, those of agents); so are node_modules. A path that does not exist is an error of
// `report`; the others are still walked.
// `as_walked`: what is there is met and not named, as if the working directory were walked and only
// these were in it. For programs that name whatever has changed.
std::vector<WalkedFile> Walk(const std::vector<std::string>& paths, bool as_walked,
                             const base::FileSystem& files, engine::Report& report);

// Whether a file met while walking can be of a known carrier, by its name alone.
bool MayMatter(std::string_view path);

// Whether the name says that it is a compose file: `compose` in it, and the ending .yaml or .yml.
bool IsComposeName(std::string_view path);

// Whether a file that was met while walking and cannot be judged is worth a gap: its name says that
// it is a script or a compose file, or its bytes speak of containers. Anything else (a picture
// without an extension, a large data file) is passed by.
bool IsLikelyInput(std::string_view path, std::string_view bytes);

}  // namespace cagelint::driver
