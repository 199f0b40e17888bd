# rules: privileged
# Root makes the root file system writable again, writes settings of the host's kernel (what stands
# there already), and has the host's devices. No option that takes away capabilities changes that.

# expect: privileged error `--privileged`
docker run --rm --network none --privileged --read-only probe:1 sh -c '
  echo REACHED
  mount -o remount,rw / && echo evil >/bin/planted
  now=$(cat /proc/sys/kernel/core_pattern) && echo "$now" >/proc/sys/kernel/core_pattern'

# ok: privileged
docker run --rm --network none --read-only probe:1 sh -c '
  echo REACHED
  mount -o remount,rw / && echo evil >/bin/planted
  now=$(cat /proc/sys/kernel/core_pattern) && echo "$now" >/proc/sys/kernel/core_pattern'

# expect: privileged error `--privileged`
docker run --rm --network none --privileged --cap-drop ALL --security-opt no-new-privileges \
  probe:1 sh -c 'echo REACHED; mount -t tmpfs none /tmp && call bpf && test -e /dev/kmsg'

# ok: privileged
docker run --rm --network none --privileged=false --cap-drop ALL \
  --security-opt no-new-privileges \
  probe:1 sh -c 'echo REACHED; mount -t tmpfs none /tmp && call bpf && test -e /dev/kmsg'

# Another user is one setuid program away from it.
# expect: privileged error `true`
docker run --rm --network none --privileged=true --user 1000:1000 probe:1 sh -c '
  echo REACHED
  become-root mount -t tmpfs none /tmp'

# ok: privileged
docker run --rm --network none --user 1000:1000 probe:1 sh -c '
  echo REACHED
  become-root mount -t tmpfs none /tmp'

# Where he cannot become root, no filter keeps him from namespaces of his own.
# expect: privileged error `--privileged`
docker run --rm --network none --privileged --user 1000:1000 --security-opt no-new-privileges \
  probe:1 sh -c 'echo REACHED; call mount'

# ok: privileged
docker run --rm --network none --user 1000:1000 --security-opt no-new-privileges \
  probe:1 sh -c 'echo REACHED; call mount'
