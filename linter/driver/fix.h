// Applies the fixes of findings, in memory: whoever asks writes or prints what comes out.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "linter/base/files.h"
#include "linter/driver/lint.h"
#include "linter/driver/overlay.h"

namespace cagelint::driver {

struct FixOptions {
  bool unsafe = false;  // the unsafe ones too
  // "": every input, and what they load below the working directory. Otherwise edits are made in
  // this file only.
  std::string only = {};
  // "": whatever was found. Otherwise only what is about this container, as Belongs::subject.
  std::string subject = {};
  Linter lint = Lint;  // what judges; another one in tests
  // What tells a file from others, whatever its names are; "" where there is none. One with several
  // names is fixed once, by one that is no symlink where there is such a name.
  std::function<std::string(const std::string& path)> identity = {};
};

// A file that is something else afterwards.
struct FixedFile {
  std::string path;    // as Source::Path
  std::string before;  // what was read
  std::string after;
  std::size_t fixes = 0;
};

// A fix that was left out, or what else the user must know of a file.
struct LeftOut {
  std::string path;
  std::string message;  // lower case, no full stop
};

struct Fixing {
  Outcome after;                 // as Lint gives it, of the files as they would be
  std::vector<FixedFile> files;  // by path; those that changed
  std::vector<LeftOut> left_out;
  // Findings at warning or above of `after` for which a fix is known that could not be made: where,
  // which and why.
  std::vector<LeftOut> unmade;
  std::size_t fixes = 0;        // that were made
  std::size_t safe_left = 0;    // findings of `after` that a safe fix is known for
  std::size_t unsafe_left = 0;  // findings of `after` that only an unsafe one is known for
};

// Fixes what `request` finds, over and over, until nothing is left that can be fixed (bounded: at
// most 32 times for inputs that share files). Of several ways to make a finding go away the first
// is taken. After each time everything is linted again, by all rules: a fix that does not make its
// own finding go away, or that makes something worse (Standing::WorseThan) which none of the next
// makes good, is taken back and left out. Suppressed findings stay. Writes nothing; never throws.
Fixing Fix(const Request& request, const base::FileSystem& files, const FixOptions& options);

}  // namespace cagelint::driver
