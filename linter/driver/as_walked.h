// What a walk of the working directory would make of a path that somebody named.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "linter/base/files.h"
#include "linter/driver/ignored.h"

namespace cagelint::driver {

// Whether a walk passes a folder of this name by, in which nothing is configured that runs
// containers, or what is not the project's own.
bool IsSkippedDirectory(std::string_view name, bool hidden);

class AsWalked {
 public:
  // `files` must outlive it.
  AsWalked(const IgnoreOptions& options, bool hidden, const base::FileSystem& files)
      : ignoring_(options, files), hidden_(hidden), files_(files) {}

  // Why a walk would not come to `path`, as base::ShownPath has it; "" where it would. Of what lies
  // outside of the working directory nobody can say where the walk would have begun.
  std::string_view WhyPassedBy(const std::string& path, base::FileKind kind);

 private:
  using Rules = std::shared_ptr<const FolderRules>;
  // Those of the folder `name` in the folder with the rules `parent`; null where it is ignored.
  const Rules& Enter(const Rules& parent, const std::string& path, const std::string& name);

  const Ignoring ignoring_;
  const bool hidden_;
  const base::FileSystem& files_;
  std::map<std::string, Rules> known_;  // by the path of the folder
};

}  // namespace cagelint::driver
