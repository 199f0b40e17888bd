// What a user sets in the editor: the section `cagelint` of its configuration.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/driver/lint.h"
#include "linter/lsp/message.h"

namespace cagelint::lsp {

struct Settings {
  std::string policy;  // as --policy; "" leaves it to the configuration
  std::string config;  // as --config
  std::vector<std::string> select, ignore;
  diagnostic::Severity min_severity = diagnostic::Severity::kInfo;
  bool strict = false;
  std::string engine;  // as --engine; "" is auto
  std::vector<std::string> env_files;
  bool capability_hints = false;            // inlay hints with what a container may do
  std::chrono::milliseconds debounce{150};  // from a change to its diagnostics, more for files that
                                            // take longer

  // What is wrong is named in `problems`, one sentence each, and left as it is by default.
  static Settings From(const Json& json, std::vector<std::string>& problems);
  bool operator==(const Settings&) const = default;

  // What the members of the section are called.
  static std::span<const std::string_view> Names();
};

// The part of a request that follows from `settings`. Reads policy files through `files`; what is
// wrong goes to `problems`.
driver::Request RequestOf(const Settings& settings, const base::FileSystem& files,
                          std::vector<std::string>& problems);

}  // namespace cagelint::lsp
