// Networks, volumes and configs of a compose file → the model.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "linter/base/span.h"
#include "linter/input/compose_load.h"
#include "linter/input/compose_value.h"
#include "linter/model/container.h"
#include "linter/model/document.h"

namespace cagelint::input::compose {

// A named volume, and the path of the host that its driver binds, if it does.
struct BoundVolume {
  std::size_t index = 0;  // in Document::volumes
  model::HostPath host;
  bool read_only = false;
  base::Span place;  // of the path; invalid when none is bound
};
using BoundVolumes = std::unordered_map<std::string, BoundVolume>;  // by key

// Adds the networks, volumes and configs of `root` to `document`.
BoundVolumes ReadResources(const View& root, const Project& project, model::Document& document);

// Driver options of a named volume belong to every mount of it.
void JoinVolumes(const model::Document& document, const BoundVolumes& volumes,
                 model::Container& container);

}  // namespace cagelint::input::compose
