# rules: seccomp-allows-sockets
# Sockets of AF_VSOCK reach the hypervisor and services of the host without any network; by those of
# AF_ALG, code of the kernel has been changed. Where the kernel has no such family, it is the kernel
# that says so.

# expect: seccomp-allows-sockets error vsock.json:`socket` #2
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=vsock.json probe:1 sh -c 'echo REACHED; call vsock'

# ok: seccomp-allows-sockets
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call vsock'

# expect: seccomp-allows-sockets error alg.json:`socket` #2
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=alg.json probe:1 sh -c 'echo REACHED; call alg'

# ok: seccomp-allows-sockets
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call alg'

# --- vsock.json
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
     "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]},
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 40, "op": "SCMP_CMP_EQ"}]}
  ]
}

# --- alg.json
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
     "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]},
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 38, "op": "SCMP_CMP_EQ"}]}
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
