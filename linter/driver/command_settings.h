// The settings of a command other than run and create, by the names that the model has for them:
// once for the document and for its schema.
#pragma once

#include "linter/model/document.h"

namespace cagelint::driver {

// Calls visit(name, setting) for each, in the order in which `cagelint model` prints them.
template <typename Visit>
void ForEachSetting(const model::Command& command, const Visit& visit) {
  visit("service", command.service);
  visit("new_name", command.new_name);
  visit("network", command.network);
  visit("internal", command.internal);
  visit("privileged", command.privileged);
  visit("tty", command.tty);
  visit("stdin_open", command.interactive);
  visit("detach", command.detach);
  visit("force", command.force);
  visit("user", command.user);
  visit("restart", command.restart);
  visit("memory", command.memory);
  visit("memory_swap", command.memory_swap);
  visit("pids_limit", command.pids_limit);
  visit("cpu_quota", command.cpu_quota);
  visit("cpus", command.cpus);
  visit("command", command.command);
  visit("entitlements", command.entitlements);
}

}  // namespace cagelint::driver
