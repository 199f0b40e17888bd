// Parts of the values of flags that have a grammar of their own.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "linter/input/docker_words.h"

namespace cagelint::input {

// The flag that mounts `value`: "--tmpfs" for `/tmp:size=64m`, "--mount" for `type=…`, "--volume".
std::string_view MountFlag(std::string_view value);

// Bytes [begin, end) of a flag's value become `text`.
struct ValueEdit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// What gives `part` ("mounts.read_only", "mounts.size", "ports.host_ip") of the flag's value the
// value `value`. Nothing where the flag has no such part.
std::optional<ValueEdit> PartEdit(const FlagUse& use, std::string_view part,
                                  std::string_view value);

}  // namespace cagelint::input
