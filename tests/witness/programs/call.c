// usage: call NAME
// Makes one system call as an attack would, and says what the kernel answered. Ends with 0 when the
// call did what it is for or, for those whose success would harm the machine, when the kernel itself
// looked at it; with 1 when it was refused.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/keyctl.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef AF_VSOCK
#define AF_VSOCK 40
#endif

static char stack[65536];

static int Nothing(void* unused) {
  (void)unused;
  return 0;
}

static long Unshare(void) { return unshare(CLONE_NEWUSER); }

static long Clone(void) {
  return clone(Nothing, stack + sizeof stack - 64, CLONE_NEWUSER | SIGCHLD, NULL);
}

static long Clone3(void) {
  unsigned long args[8] = {CLONE_NEWUSER};
  args[4] = SIGCHLD;
  const long child = syscall(SYS_clone3, args, sizeof args);
  if (child == 0) _exit(0);
  return child;
}

static long Keyctl(void) {
  return syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 1);
}

static long AddKey(void) {
  return syscall(SYS_add_key, "user", "cagelint", "x", 1UL, KEY_SPEC_PROCESS_KEYRING);
}

// For faults of user mode alone, which needs no capability.
static long Userfaultfd(void) { return syscall(SYS_userfaultfd, 1UL | O_CLOEXEC); }

// In namespaces of its own, where everybody may mount.
static long NamespaceMount(void) {
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return -1;
  return mount("none", "/tmp", "tmpfs", 0, NULL);
}

static long Fsopen(void) { return syscall(SYS_fsopen, "tmpfs", 0UL); }

static long Bpf(void) {
  union bpf_attr map;
  memset(&map, 0, sizeof map);
  map.map_type = BPF_MAP_TYPE_ARRAY;
  map.key_size = map.value_size = 4;
  map.max_entries = 1;
  return syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof map);
}

static long PerfEventOpen(void) {
  struct perf_event_attr event;
  memset(&event, 0, sizeof event);
  event.type = PERF_TYPE_SOFTWARE;
  event.size = sizeof event;
  event.config = PERF_COUNT_SW_CPU_CLOCK;
  event.exclude_kernel = 1;
  return syscall(SYS_perf_event_open, &event, 0, -1, -1, 0UL);
}

static long IoUring(void) {
  char parameters[120] = {0};
  return syscall(SYS_io_uring_setup, 1UL, parameters);
}

// Opens a file by what its file system calls it, whatever folders stand before it.
static long OpenByHandle(void) {
  union {
    struct file_handle handle;
    char bytes[sizeof(struct file_handle) + MAX_HANDLE_SZ];
  } file;
  file.handle.handle_bytes = MAX_HANDLE_SZ;
  int mount_id = 0;
  if (name_to_handle_at(AT_FDCWD, "/etc/passwd", &file.handle, &mount_id, 0) != 0) {
    perror("name_to_handle_at");
    exit(2);
  }
  return open_by_handle_at(open("/", O_RDONLY | O_DIRECTORY), &file.handle, O_RDONLY);
}

// No kernel has these segments, this module: it says so to those whom it lets try.
static long KexecLoad(void) { return syscall(SYS_kexec_load, 0UL, 1UL, NULL, ~0UL); }
static long FinitModule(void) { return syscall(SYS_finit_module, -1L, "", 0UL); }

// A port at which nothing listens but a diagnosis card.
static long Ioperm(void) {
#ifdef SYS_ioperm
  return syscall(SYS_ioperm, 0x80UL, 1UL, 1UL);
#else
  fputs("call: this processor has no ports\n", stderr);
  exit(127);
#endif
}

static long Vsock(void) { return syscall(SYS_socket, (long)AF_VSOCK, (long)SOCK_STREAM, 0L); }

// The kernel looks at the lower half of the register, a filter at all of it.
static long VsockHigh(void) {
  return syscall(SYS_socket, (1L << 32) | AF_VSOCK, (long)SOCK_STREAM, 0L);
}

static long Alg(void) { return socket(AF_ALG, SOCK_SEQPACKET, 0); }

static const struct {
  const char* name;
  long (*make)(void);
  int harmful;  // or not there in every kernel: any answer of the kernel but "no" counts
} kCalls[] = {
    {"unshare", Unshare, 0},
    {"clone", Clone, 0},
    {"clone3", Clone3, 0},
    {"keyctl", Keyctl, 0},
    {"add_key", AddKey, 0},
    {"userfaultfd", Userfaultfd, 0},
    {"mount", NamespaceMount, 0},
    {"fsopen", Fsopen, 0},
    {"bpf", Bpf, 0},
    {"perf_event_open", PerfEventOpen, 0},
    {"io_uring_setup", IoUring, 0},
    {"open_by_handle_at", OpenByHandle, 0},
    {"ioperm", Ioperm, 1},
    {"kexec_load", KexecLoad, 1},
    {"finit_module", FinitModule, 1},
    {"vsock", Vsock, 1},
    {"vsock-high", VsockHigh, 1},
    {"alg", Alg, 1},
};

int main(int count, char** words) {
  for (size_t i = 0; count == 2 && i < sizeof kCalls / sizeof *kCalls; ++i) {
    if (strcmp(words[1], kCalls[i].name) != 0) continue;
    errno = 0;
    const long result = kCalls[i].make();
    printf("%s: %s\n", words[1], result >= 0 ? "done" : strerror(errno));
    return result >= 0 || (kCalls[i].harmful && errno != EPERM) ? 0 : 1;
  }
  fprintf(stderr, "call: no such call\n");
  return 127;
}
