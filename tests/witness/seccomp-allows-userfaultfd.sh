# rules: seccomp-allows-userfaultfd
# Whoever answers page faults himself stops the kernel in the middle of a copy for as long as he
# likes: that turns races of the kernel into exploits.

# expect: seccomp-allows-userfaultfd error weak.json:`userfaultfd`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=weak.json probe:1 sh -c 'echo REACHED; call userfaultfd'

# ok: seccomp-allows-userfaultfd
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call userfaultfd'

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
    {"names": ["clone", "userfaultfd"], "action": "SCMP_ACT_ALLOW"}
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
    {"names": ["clone"], "action": "SCMP_ACT_ALLOW"}
  ]
}
