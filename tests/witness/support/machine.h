// What the runner of the witnesses needs of the machine: mounts of its own, programs, capabilities.
#pragma once

#include <string>
#include <vector>

namespace cagelint::test {

// Whether PATH has a program of this name.
bool HasProgram(const std::string& name);
// Whether the file is an ELF program that needs no other file to start.
bool IsStaticProgram(const std::string& path);

// The capabilities of this kernel, as "CAP_SYS_RESOURCE", that this process could not give to
// another.
std::vector<std::string> MissingCapabilities();

// Gives this process mounts of its own, of which the rest of the machine sees nothing, with
// `folder` a mount that passes on what is mounted below it, and hides the sockets of engines of the
// machine. Says what went wrong, "" if nothing.
std::string SeparateMounts(const std::string& folder);

// Unmounts all that is mounted at or below `folder`, and only then removes it: a bind of the
// machine's files is never emptied. Says what is still mounted, and then removes nothing.
std::string RemoveTree(const std::string& folder);

}  // namespace cagelint::test
