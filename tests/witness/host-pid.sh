#!/bin/sh
# rules: host-pid
# The command line of every process of the host can be read by any user, and root may end them.
mkfifo gate
sh -c 'read -r line <gate' sh secret-of-the-host &
victim=$!
trap 'kill "$victim"' EXIT

# expect: host-pid error `host`
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 --pid host probe:1 \
  sh -c 'echo REACHED; cat /proc/[0-9]*/cmdline | tr "\0" "\n" | grep -q "^secret-of-the-host$"'

# expect: host-pid error `host`
trap - EXIT
docker run --rm --network none --security-opt apparmor=unconfined --pid=host probe:1 \
  sh -c 'echo REACHED; kill "$1"' sh "$victim"
wait "$victim" || test $? -gt 128

# ok: host-pid
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 probe:1 \
  sh -c 'echo REACHED; cat /proc/[0-9]*/cmdline | tr "\0" "\n" | grep -q "^secret-of-the-host$"'

# ok: host-pid
docker run --rm --network none --security-opt apparmor=unconfined probe:1 \
  sh -c 'echo REACHED; kill "$1"' sh "$victim"
