// A JSON tree → seccomp profile, by the rules of Go's encoding/json, which Docker, podman and
// containerd read profiles with (go1.23, encoding/json/decode.go).
#pragma once

#include <string_view>

#include "linter/base/source.h"
#include "linter/model/seccomp.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

// `tree` has no errors and one document. Keys match in any case, the last of repeated keys counts,
// unknown keys are passed over: each of these is a problem of kind kIgnored. Numbers are unsigned
// and exact to 64 bit. A value of a wrong type is a problem of kind kInvalid at its place, and
// counts as absent.
model::SeccompProfile DecodeSeccompProfile(const syntax::Tree& tree, const base::Source& source);

// Whether `key` is one of the top-level keys that Docker, podman or the OCI runtime-spec know, in
// any case.
bool IsSeccompKey(std::string_view key);

}  // namespace cagelint::input
