// Names of capabilities, and who gets which.
#include "linter/model/container.h"
#include "linter/model/effective.h"

namespace cagelint::model {

const std::vector<std::string>& AllCapabilities() {
  static const std::vector<std::string> kAll{
      "CAP_AUDIT_CONTROL",   "CAP_AUDIT_READ",   "CAP_AUDIT_WRITE",
      "CAP_BLOCK_SUSPEND",   "CAP_BPF",          "CAP_CHECKPOINT_RESTORE",
      "CAP_CHOWN",           "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH",
      "CAP_FOWNER",          "CAP_FSETID",       "CAP_IPC_LOCK",
      "CAP_IPC_OWNER",       "CAP_KILL",         "CAP_LEASE",
      "CAP_LINUX_IMMUTABLE", "CAP_MAC_ADMIN",    "CAP_MAC_OVERRIDE",
      "CAP_MKNOD",           "CAP_NET_ADMIN",    "CAP_NET_BIND_SERVICE",
      "CAP_NET_BROADCAST",   "CAP_NET_RAW",      "CAP_PERFMON",
      "CAP_SETFCAP",         "CAP_SETGID",       "CAP_SETPCAP",
      "CAP_SETUID",          "CAP_SYSLOG",       "CAP_SYS_ADMIN",
      "CAP_SYS_BOOT",        "CAP_SYS_CHROOT",   "CAP_SYS_MODULE",
      "CAP_SYS_NICE",        "CAP_SYS_PACCT",    "CAP_SYS_PTRACE",
      "CAP_SYS_RAWIO",       "CAP_SYS_RESOURCE", "CAP_SYS_TIME",
      "CAP_SYS_TTY_CONFIG",  "CAP_WAKE_ALARM"};
  return kAll;
}

const std::vector<std::string>& DefaultCapabilities(Engine engine) {
  static const std::vector<std::string> kDocker{
      "CAP_AUDIT_WRITE", "CAP_CHOWN",   "CAP_DAC_OVERRIDE",     "CAP_FOWNER",    "CAP_FSETID",
      "CAP_KILL",        "CAP_MKNOD",   "CAP_NET_BIND_SERVICE", "CAP_NET_RAW",   "CAP_SETFCAP",
      "CAP_SETGID",      "CAP_SETPCAP", "CAP_SETUID",           "CAP_SYS_CHROOT"};
  static const std::vector<std::string> kPodman{
      "CAP_CHOWN",   "CAP_DAC_OVERRIDE",     "CAP_FOWNER",    "CAP_FSETID",
      "CAP_KILL",    "CAP_NET_BIND_SERVICE", "CAP_SETFCAP",   "CAP_SETGID",
      "CAP_SETPCAP", "CAP_SETUID",           "CAP_SYS_CHROOT"};
  return engine == Engine::kPodman ? kPodman : kDocker;
}

}  // namespace cagelint::model
