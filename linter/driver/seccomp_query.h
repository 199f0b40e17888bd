// `cagelint seccomp PROFILE --query …`: what the kernel would decide, and what in the file decides
// it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/result.h"
#include "linter/seccomp/judgement.h"

namespace cagelint::driver {

struct SeccompQuery {
  std::string abi;      // libseccomp's name; "" is the native one
  std::string syscall;  // a name or a number
  std::vector<std::uint64_t> arguments;
  // The call alone was named: its conditions are wanted, not one verdict.
  bool conditions = false;
};

struct SeccompRequest {
  std::string path;
  seccomp::Environment environment;
  std::vector<SeccompQuery> queries;
};

struct SeccompAnswer {
  std::string text;   // one line a query
  std::string json;   // as in the contract
  bool loads = true;  // false: the runtime would refuse the profile (exit 3)
};

// Reads "[ABI:]SYSCALL[:ARG0[,ARG1…]]"; numbers decimal or hexadecimal (0x…).
base::Result<SeccompQuery> ParseSeccompQuery(std::string_view text);

// Sets a part of `environment` from the value of its flag: "engine" (docker, podman, oci),
// "runtime" (runc, crun, runc-nostub), "arch" (Go's names), "kernel" (M.m), "caps" (a comma list,
// or "none"). An error names what is allowed.
base::Result<bool> SetSeccompOption(std::string_view flag, std::string_view value,
                                    seccomp::Environment& environment);

// Docker's defaults: its 14 capabilities, runc, the architecture that this program runs on.
seccomp::Environment DefaultSeccompEnvironment();

// An error when the file cannot be read.
base::Result<SeccompAnswer> AnswerSeccomp(const SeccompRequest& request,
                                          const base::FileSystem& files);

}  // namespace cagelint::driver
