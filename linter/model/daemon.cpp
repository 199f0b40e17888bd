#include "linter/model/daemon.h"

namespace cagelint::model {

std::vector<Refusal> DaemonRefusals(const Container& container) {
  std::vector<Refusal> out;
  FindRefusedPrivileges(container, out);
  if (container.engine != Engine::kDocker) return out;
  FindRefusedMounts(container, out);
  FindRefusedNetwork(container, out);
  FindRefusedLimits(container, out);
  return out;
}

bool IsPlaceholder(std::string_view text) {
  return text.find_first_of("<>{}[]$%`") != std::string_view::npos ||
         text.find("...") != std::string_view::npos;
}

}  // namespace cagelint::model
