// Configuration files and policy files → plain data.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/source.h"
#include "linter/engine/config.h"

namespace cagelint::driver {

// What reading a file of ours needs, and where it says what is wrong ("PATH:LINE:COLUMN: …").
struct Loading {
  const base::FileSystem& files;
  base::SourceSet& sources;
  std::vector<std::string>& errors;
};

// `name` is a policy that is built in, or (with a slash, or ending in .yaml or .yml) a file, named
// from `folder`. A file may extend another policy, up to eight deep. Null after an error; `place`
// begins the message for what is wrong with the name itself.
std::shared_ptr<const engine::Policy> FindPolicy(const std::string& name, const std::string& folder,
                                                 const std::string& place, const Loading& loading);

// Whether FindPolicy would take it for a file.
bool IsPolicyFile(std::string_view name);

// Reads a configuration that stands in `folder` (absolute). Nothing after an error. What it names
// must lie in `root` (absolute): a file of somebody's repository shows nothing from outside of it.
std::optional<engine::Config> ReadConfig(const base::Source& source, const std::string& folder,
                                         const std::string& root, const Loading& loading);

}  // namespace cagelint::driver
