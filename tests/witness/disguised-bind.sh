#!/bin/sh
# rules: disguised-bind
# A volume of the engine's `local` driver is whatever mount its options name: no bind is to be seen,
# and the host's files are there.

# expect: disguised-bind error `type=volume,dst=/data,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/etc`
docker run --rm --network none \
  --mount type=volume,dst=/data,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/etc \
  probe:1 sh -c 'echo REACHED; grep -q ^root: /data/shadow'

# A fresh procfs of the host without the engine's masks: what is written there runs as root on the
# host. It is only opened.
# expect: disguised-bind error `host-proc`
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges \
  --mount src=host-proc,dst=/data,volume-opt=type=proc,volume-opt=device=proc probe:1 \
  sh -c 'echo REACHED; : >>/data/sys/kernel/core_pattern'

# ok: disguised-bind
docker run --rm --network none --mount type=volume,dst=/data probe:1 \
  sh -c 'echo REACHED; grep -q ^root: /data/shadow'

# ok: disguised-bind
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges \
  --mount src=own,dst=/data probe:1 \
  sh -c 'echo REACHED; : >>/data/sys/kernel/core_pattern'
