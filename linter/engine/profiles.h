// Which seccomp profiles of a document run where, and which of them do not load.
#pragma once

#include <vector>

#include "linter/diagnostic/diagnostic.h"
#include "linter/model/document.h"
#include "linter/seccomp/judgement.h"

namespace cagelint::engine {

// What is judged, and what is not. The pointers point into the document.
struct Judgements {
  std::vector<seccomp::Judgement> taken;
  // A container each whose environment is one too many for its profile.
  std::vector<const model::Container*> left_out;
};

// Each profile of `document` with each environment that a container gives it and that differs in
// what the profile asks for, in the order of the containers; a profile that no container names,
// with that of a plain Docker container. Effective states must be computed.
Judgements JudgementsOf(const model::Document& document);

// A gap with `refused` for each profile that the engine or the runtime would not load, since
// nothing else can be said of it; one of kind `limit-reached` for each container that is left out.
std::vector<diagnostic::Gap> ProfileGaps(const model::Document& document);

}  // namespace cagelint::engine
