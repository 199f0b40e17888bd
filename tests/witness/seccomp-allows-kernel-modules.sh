# rules: seccomp-allows-kernel-modules
# Code for the kernel itself. The call is made with a module that is not there: the kernel says so
# to those whom it would obey.

# expect: seccomp-allows-kernel-modules error weak.json:`SCMP_ACT_ALLOW`
docker run --rm --network none --cap-drop ALL --cap-add SYS_MODULE \
  --security-opt seccomp=weak.json probe:1 sh -c 'echo REACHED; call finit_module'

# ok: seccomp-allows-kernel-modules
docker run --rm --network none --cap-drop ALL --cap-add SYS_MODULE \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call finit_module'

# --- weak.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"names": ["init_module", "delete_module"], "action": "SCMP_ACT_ERRNO"}
  ]
}

# --- strict.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"names": ["init_module", "finit_module", "delete_module"], "action": "SCMP_ACT_ERRNO"}
  ]
}
