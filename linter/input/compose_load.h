// Compose files → one merged project, in the stages of compose-go 2.9.1: parse, put variables in,
// extend, include, lay over what is there. What real Compose would refuse is a gap with `refused`;
// the rest is read all the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/input/compose_value.h"
#include "linter/input/compose_variables.h"
#include "linter/input/reader.h"
#include "linter/model/remark.h"
#include "linter/model/suppression.h"

namespace cagelint::input::compose {

struct Project {
  ValuePtr root;                     // a map; null when no file could be read
  std::string name;                  // normalised
  std::string directory;             // the project folder, absolute
  std::vector<std::string> folders;  // absolute; what Value::folder counts
  bool partial = false;              // a file has a syntax error: what stands behind it is missing
  bool absolute = false;             // files are shown as the first was named: from the root
  std::vector<diagnostic::Gap> gaps;
  std::vector<model::Remark> remarks;
  std::vector<model::Suppression> suppressions;  // of the comments of all files

  // What reading env files may still cost, in bytes: many services may name one huge file.
  std::int64_t env_budget = std::int64_t{8} << 20;

  explicit Project(const Options& options) : variables(options) {}
  Variables variables;

  // A gap, and where a rule reports what is wrong, a remark.
  void Add(const Problem& problem);
};

// Loads `sources`, the later over the earlier; at least one. `started` is the folder where Compose
// would be started: its .env comes before that of the first file's folder.
Project Load(const std::vector<const base::Source*>& sources, const std::string& started,
             const Context& context);

// Reads a file that a project names (an env file). Null with a gap at `place` when it cannot be
// read; `required` says whether the loader refuses the project for a missing one. An unreadable
// file is never shown.
const base::Source* ReadNamed(const std::string& path, base::Span place, bool required,
                              const Context& context, std::vector<diagnostic::Gap>& gaps);

}  // namespace cagelint::input::compose
