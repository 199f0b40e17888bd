// What an editor can have done: `workspace/executeCommand`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/lsp/session.h"

namespace cagelint::lsp {

inline constexpr std::string_view kApplyCommand = "cagelint.applyEdit";
inline constexpr std::string_view kFixAllCommand = "cagelint.fixAll";
inline constexpr std::string_view kHardenCommand = "cagelint.harden";

std::vector<std::string_view> CommandNames();

// Does it, and asks the editor to make the edit that comes out. A failure says why not.
//   cagelint.fixAll [URI]             all safe fixes of a document
//   cagelint.harden [URI, POSITION?]  every fix, or those of the container that stands there
//   cagelint.applyEdit [EDIT]         for clients that know actions as commands only
std::optional<Failure> Execute(Session& session, const Json& params);

}  // namespace cagelint::lsp
