// What the Docker daemon refuses though the client takes it. What is said of docker was run on
// Docker Engine 20.10.24 and 28.5.2, with the client 28.2.2, and is refused by both, or names the
// one that refuses it: at `docker create`, or where its comment says so at the start of the
// container. What is said of podman is true of podman 4.3.1.
#pragma once

#include <string>
#include <vector>

#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/model/container.h"

namespace cagelint::model {

struct Refusal {
  base::Span span;      // the value that is refused; valid, not empty
  std::string message;  // as diagnostic::Diagnostic::message
  std::string help = {};
  std::vector<diagnostic::Label> labels = {};
};

// All that the daemon would refuse of `container`, as far as it is known: a dynamic setting is
// never judged, nor what depends on the host (its CPUs, its files, its images). Of podman and
// nerdctl only what is true of them. Needs nothing of Container::effective.
std::vector<Refusal> DaemonRefusals(const Container& container);

// The parts, one a file.
void FindRefusedPrivileges(const Container& container, std::vector<Refusal>& out);
void FindRefusedMounts(const Container& container, std::vector<Refusal>& out);
void FindRefusedNetwork(const Container& container, std::vector<Refusal>& out);
void FindRefusedLimits(const Container& container, std::vector<Refusal>& out);

// True where a value looks like a placeholder of a document (`<name>`, `{{path}}`, `%cd%`).
bool IsPlaceholder(std::string_view text);

}  // namespace cagelint::model
