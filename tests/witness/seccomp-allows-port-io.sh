# rules: seccomp-allows-port-io
# The ports of the machine are its devices, disks and clocks, past everything that the kernel has
# before them.

# expect: seccomp-allows-port-io error weak.json:`SCMP_ACT_ALLOW`
docker run --rm --network none --cap-drop ALL --cap-add SYS_RAWIO \
  --security-opt seccomp=weak.json probe:1 sh -c 'echo REACHED; call ioperm'

# ok: seccomp-allows-port-io
docker run --rm --network none --cap-drop ALL --cap-add SYS_RAWIO \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call ioperm'

# --- weak.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"names": ["iopl"], "action": "SCMP_ACT_ERRNO"}
  ]
}

# --- strict.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"names": ["ioperm", "iopl"], "action": "SCMP_ACT_ERRNO"}
  ]
}
