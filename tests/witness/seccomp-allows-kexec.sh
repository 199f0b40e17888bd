# rules: seccomp-allows-kexec
# Another kernel in place of the running one. The call is made with segments that no kernel takes:
# it answers what is wrong with them to those whom it would obey.

# expect: seccomp-allows-kexec error weak.json:`SCMP_ACT_ALLOW`
docker run --rm --network none --cap-drop ALL --cap-add SYS_BOOT \
  --security-opt seccomp=weak.json probe:1 sh -c 'echo REACHED; call kexec_load'

# ok: seccomp-allows-kexec
docker run --rm --network none --cap-drop ALL --cap-add SYS_BOOT \
  --security-opt seccomp=strict.json probe:1 sh -c 'echo REACHED; call kexec_load'

# --- weak.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"names": ["kexec_file_load", "reboot"], "action": "SCMP_ACT_ERRNO"}
  ]
}

# --- strict.json
{
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [
    {"names": ["kexec_load", "kexec_file_load", "reboot"], "action": "SCMP_ACT_ERRNO"}
  ]
}
