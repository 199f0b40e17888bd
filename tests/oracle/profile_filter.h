// A profile as the kernel runs it: built with libseccomp, loaded into a child process.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <linux/filter.h>

#include "linter/model/seccomp.h"
#include "tests/support/program.h"

namespace cagelint::test {

struct BuiltFilter {
  std::vector<sock_filter> instructions;
  std::string failure;  // why there are none
};

// What runc makes of a profile (libcontainer/seccomp/seccomp_linux.go), but for its answer to
// numbers above those that the profile names. `shift` is added to every errno: an errno that no
// kernel gives proves that the filter answered. Fails for what the profiles here do not use.
BuiltFilter BuildFilter(const model::SeccompProfile& profile, int shift = 0);

// Why no filter can be built or loaded here; "" where one can.
std::string WhyNoFilter();

// Runs the script at `path` with sh in `folder`, under `filter` unless that is null, without new
// privileges. After two minutes it is killed.
Ran RunScript(const std::string& path, const std::string& folder, const BuiltFilter* filter);

struct RawCall {
  long number = -1;
  std::array<unsigned long, 6> arguments{};
};

// Makes `calls` in one child under `filter`: the errno of each, 0 for success. Nothing where the
// child did not come to its end.
std::optional<std::vector<int>> MakeCalls(std::span<const RawCall> calls,
                                          const BuiltFilter& filter);

}  // namespace cagelint::test
