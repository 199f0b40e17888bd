// What a kernel would decide under a profile: profile + environment → verdicts. Pure, no I/O.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/model/container.h"
#include "linter/model/seccomp.h"

namespace cagelint::seccomp {

// How the file is resolved before it reaches the runtime.
enum class Dialect : std::uint8_t { kDocker, kPodman, kOci };
enum class Runtime : std::uint8_t { kRunc, kCrun, kRuncNoStub };

struct KernelVersion {
  int major = 0;
  int minor = 0;
  auto operator<=>(const KernelVersion&) const = default;
};

struct Environment {
  Dialect dialect = Dialect::kDocker;
  Runtime runtime = Runtime::kRunc;
  std::string architecture = "amd64";  // Go's name
  KernelVersion kernel{6, 18};
  std::vector<std::string> capabilities;  // the bounding set, sorted, with CAP_; {"ALL"} is all
};

// A profile judged in one environment.
struct Judgement {
  const model::SeccompProfile* profile = nullptr;
  const model::Container* container = nullptr;  // that names the profile; null: linted alone
  Environment environment;
};

}  // namespace cagelint::seccomp
