#include "tests/witness/support/machine.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <elf.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "linter/base/text.h"
#include "tests/support/program.h"

namespace cagelint::test {
namespace {

// By number, as <linux/capability.h> has them.
constexpr const char* kCapabilities[] = {"CHOWN",
                                         "DAC_OVERRIDE",
                                         "DAC_READ_SEARCH",
                                         "FOWNER",
                                         "FSETID",
                                         "KILL",
                                         "SETGID",
                                         "SETUID",
                                         "SETPCAP",
                                         "LINUX_IMMUTABLE",
                                         "NET_BIND_SERVICE",
                                         "NET_BROADCAST",
                                         "NET_ADMIN",
                                         "NET_RAW",
                                         "IPC_LOCK",
                                         "IPC_OWNER",
                                         "SYS_MODULE",
                                         "SYS_RAWIO",
                                         "SYS_CHROOT",
                                         "SYS_PTRACE",
                                         "SYS_PACCT",
                                         "SYS_ADMIN",
                                         "SYS_BOOT",
                                         "SYS_NICE",
                                         "SYS_RESOURCE",
                                         "SYS_TIME",
                                         "SYS_TTY_CONFIG",
                                         "MKNOD",
                                         "LEASE",
                                         "AUDIT_WRITE",
                                         "AUDIT_CONTROL",
                                         "SETFCAP",
                                         "MAC_OVERRIDE",
                                         "MAC_ADMIN",
                                         "SYSLOG",
                                         "WAKE_ALARM",
                                         "BLOCK_SUSPEND",
                                         "AUDIT_READ",
                                         "PERFMON",
                                         "BPF",
                                         "CHECKPOINT_RESTORE"};

std::string Failed(const std::string& what) { return what + ": " + std::strerror(errno); }

// Mount points at or below `folder`, the last mounted first.
std::vector<std::string> MountsBelow(const std::string& folder) {
  std::vector<std::string> found;
  std::ifstream file("/proc/self/mountinfo");
  for (std::string line; std::getline(file, line);) {
    const auto fields = base::Split(line, ' ');
    if (fields.size() < 5) continue;
    const std::string_view point = fields[4];
    if (point == folder || point.starts_with(folder + "/")) found.emplace_back(point);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

}  // namespace

bool HasProgram(const std::string& name) {
  const char* path = std::getenv("PATH");
  for (const std::string_view folder : base::Split(path == nullptr ? "" : path, ':'))
    if (access((std::string(folder) + "/" + name).c_str(), X_OK) == 0) return true;
  return false;
}

bool IsStaticProgram(const std::string& path) {
  const std::string bytes = ReadBytes(path);
  Elf64_Ehdr head;
  if (bytes.size() < sizeof head) return false;
  std::memcpy(&head, bytes.data(), sizeof head);
  if (std::memcmp(head.e_ident, ELFMAG, SELFMAG) != 0) return false;
  for (std::size_t i = 0; i < head.e_phnum; ++i) {
    Elf64_Phdr part;
    const std::size_t at = head.e_phoff + i * head.e_phentsize;
    if (at + sizeof part > bytes.size()) return false;
    std::memcpy(&part, bytes.data() + at, sizeof part);
    if (part.p_type == PT_INTERP) return false;
  }
  return true;
}

std::vector<std::string> MissingCapabilities() {
  std::ifstream file("/proc/self/status");
  std::uint64_t bounding = ~std::uint64_t{0};
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("CapBnd:")) bounding = std::stoull(line.substr(7), nullptr, 16);
  std::vector<std::string> missing;
  for (std::size_t i = 0; i < std::size(kCapabilities); ++i) {
    const bool known = prctl(PR_CAPBSET_READ, i) >= 0;  // by this kernel
    if (known && (bounding >> i & 1) == 0)
      missing.push_back(std::string("CAP_") + kCapabilities[i]);
  }
  return missing;
}

std::string SeparateMounts(const std::string& folder) {
  if (unshare(CLONE_NEWNS) != 0) return Failed("no mount namespace");
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return Failed("the mounts cannot be made private");
  const char* path = folder.c_str();
  if (mount(path, path, nullptr, MS_BIND, nullptr) != 0) return Failed("no bind mount");
  if (mount("none", path, nullptr, MS_SHARED, nullptr) != 0) return Failed("no shared mount");
  // An engine that finds a containerd running takes that, not its own.
  const char* containerd = "/run/containerd";
  if (std::filesystem::exists(containerd) && mount("none", containerd, "tmpfs", 0, "mode=711") != 0)
    return Failed("no tmpfs");
  return "";
}

std::string RemoveTree(const std::string& folder) {
  for (int tries = 0; tries < 3; ++tries)
    for (const std::string& point : MountsBelow(folder)) umount2(point.c_str(), MNT_DETACH);
  const auto left = MountsBelow(folder);
  if (!left.empty()) return "still mounted: " + left.front();
  std::error_code error;
  std::filesystem::remove_all(folder, error);
  return error ? folder + ": " + error.message() : "";
}

}  // namespace cagelint::test
