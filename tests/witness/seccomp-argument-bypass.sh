# rules: seccomp-argument-bypass
# The filter compares 64 bits of the family of a socket, the kernel reads 32: a bit above them
# passes the one and means nothing to the other. Neither is a flag denied by comparing it with all
# flags.

# expect: seccomp-argument-bypass error weak.json:`SCMP_CMP_NE`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=weak.json probe:1 sh -c 'echo REACHED; call vsock-high'

# ok: seccomp-argument-bypass
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call vsock-high'

# expect: seccomp-argument-bypass error list.json:`SCMP_CMP_EQ`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=list.json probe:1 sh -c 'echo REACHED; call vsock-high'

# ok: seccomp-argument-bypass
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=closed.json probe:1 sh -c 'echo REACHED; call vsock-high'

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
    {"names": ["clone"], "action": "SCMP_ACT_ALLOW"},
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 40, "op": "SCMP_CMP_NE"}]}
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
    {"names": ["clone"], "action": "SCMP_ACT_ALLOW"},
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]}
  ]
}

# --- list.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"names": ["socket"], "action": "SCMP_ACT_ERRNO",
     "args": [{"index": 0, "value": 40, "op": "SCMP_CMP_EQ"}]}
  ]
}

# --- closed.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"names": ["socket"], "action": "SCMP_ACT_ERRNO",
     "args": [{"index": 0, "value": 4294967295, "valueTwo": 40, "op": "SCMP_CMP_MASKED_EQ"}]}
  ]
}
