// Pieces of messages about profiles.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "linter/model/seccomp.h"
#include "linter/seccomp/judgement.h"

namespace cagelint::seccomp {

std::string Quoted(std::string_view text);

// "`a`", "`a` and `b`", "`a`, `b`, `c` and 12 more".
std::string NameList(std::span<const std::string_view> names);
std::string NameList(std::span<const model::Word* const> names);

// "is" or "are", as `count` asks for.
std::string_view Is(std::size_t count);

// "arg0 = 0x28": the arguments up to the last one that is not 0.
std::string ArgumentList(std::span<const std::uint64_t> arguments);

// An action as a verb: "allowed", "logged and made", "denied (`ERRNO(1)`)".
std::string Answered(Action action);

}  // namespace cagelint::seccomp
