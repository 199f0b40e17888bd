# rules: seccomp-ignored-field
# Behind a key that is none, `arg` for `args`, the condition is no condition: the call is let
# through with any arguments.

# expect: seccomp-ignored-field error weak.json:`arg`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=weak.json probe:1 sh -c 'echo REACHED; call unshare'

# ok: seccomp-ignored-field
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call unshare'

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
    {"names": ["unshare"], "action": "SCMP_ACT_ALLOW",
     "arg": [{"index": 0, "value": 2114060288, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}]}
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
    {"names": ["unshare"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 2114060288, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}]}
  ]
}
