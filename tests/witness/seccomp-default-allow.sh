# rules: seccomp-default-allow
# What a list of denials forgets is open, and so is each call that a later kernel has: here
# `io_uring_setup`, which is younger than most such lists.

# expect: seccomp-default-allow error weak.json:`SCMP_ACT_ALLOW`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=weak.json probe:1 sh -c 'echo REACHED; call io_uring_setup'

# ok: seccomp-default-allow
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call io_uring_setup'

# --- weak.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"action": "SCMP_ACT_ERRNO", "names": [
      "acct", "add_key", "bpf", "clone3", "keyctl", "mount", "ptrace", "reboot", "request_key",
      "setns", "swapon", "umount2", "unshare", "userfaultfd"]}
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
