# rules: seccomp-allows-mount
# In namespaces of its own an ordinary user mounts what he likes, and so reaches the code of every
# file system of the kernel; with SYS_ADMIN `fsopen` does what `mount` is denied.

# expect: seccomp-allows-mount error weak.json:`mount`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=weak.json probe:1 sh -c 'echo REACHED; call mount'

# ok: seccomp-allows-mount
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call mount'

# expect: seccomp-allows-mount error list.json:`SCMP_ACT_ALLOW`
docker run --rm --network none --cap-drop ALL --cap-add SYS_ADMIN \
  --security-opt seccomp=list.json probe:1 sh -c 'echo REACHED; call fsopen'

# ok: seccomp-allows-mount
docker run --rm --network none --cap-drop ALL --cap-add SYS_ADMIN \
  --security-opt seccomp=closed.json probe:1 sh -c 'echo REACHED; call fsopen'

# --- weak.json
{
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"action": "SCMP_ACT_ALLOW", "names": [
      "access", "arch_prctl", "brk", "capget", "capset", "chdir", "close", "dup2", "dup3",
      "epoll_create1", "epoll_ctl", "epoll_pwait", "execve", "exit_group", "faccessat2",
      "fchdir", "fchown", "fcntl", "fstat", "fstatfs", "futex", "getcwd", "getdents64",
      "getegid", "geteuid", "getgid", "getpgrp", "getpid", "getppid", "getrandom", "gettid",
      "getuid", "ioctl", "lseek", "lstat", "madvise", "mmap", "mprotect", "munmap",
      "nanosleep", "newfstatat", "open", "openat", "pipe2", "poll", "prctl", "pread64",
      "prlimit64", "read", "readlink", "readlinkat", "rseq", "rt_sigaction",
      "rt_sigprocmask", "rt_sigreturn", "set_robust_list", "set_tid_address", "setgid",
      "setgroups", "setuid", "sigaltstack", "stat", "statfs", "tgkill", "umask", "uname",
      "wait4", "write"]},
    {"names": ["clone", "unshare", "mount"], "action": "SCMP_ACT_ALLOW"}
  ]
}

# --- strict.json
{
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"action": "SCMP_ACT_ALLOW", "names": [
      "access", "arch_prctl", "brk", "capget", "capset", "chdir", "close", "dup2", "dup3",
      "epoll_create1", "epoll_ctl", "epoll_pwait", "execve", "exit_group", "faccessat2",
      "fchdir", "fchown", "fcntl", "fstat", "fstatfs", "futex", "getcwd", "getdents64",
      "getegid", "geteuid", "getgid", "getpgrp", "getpid", "getppid", "getrandom", "gettid",
      "getuid", "ioctl", "lseek", "lstat", "madvise", "mmap", "mprotect", "munmap",
      "nanosleep", "newfstatat", "open", "openat", "pipe2", "poll", "prctl", "pread64",
      "prlimit64", "read", "readlink", "readlinkat", "rseq", "rt_sigaction",
      "rt_sigprocmask", "rt_sigreturn", "set_robust_list", "set_tid_address", "setgid",
      "setgroups", "setuid", "sigaltstack", "stat", "statfs", "tgkill", "umask", "uname",
      "wait4", "write"]},
    {"names": ["clone", "unshare"], "action": "SCMP_ACT_ALLOW"}
  ]
}

# --- list.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"names": ["mount", "umount", "umount2"], "action": "SCMP_ACT_ERRNO"}
  ]
}

# --- closed.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"action": "SCMP_ACT_ERRNO", "names": [
      "mount", "umount", "umount2", "move_mount", "open_tree", "open_tree_attr", "fsopen",
      "fsmount", "fsconfig", "fspick", "mount_setattr", "pivot_root"]}
  ]
}
