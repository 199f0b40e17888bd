#!/bin/sh
# rules: host-ipc
# /dev/shm is then the host's: what programs of the host share through it can be read and changed.
file=$(mktemp /dev/shm/witness.XXXXXX)
trap 'rm -f "$file"' EXIT
echo secret >"$file"
chmod 644 "$file"

# expect: host-ipc error `host`
docker run --rm --network none --ipc host probe:1 \
  sh -c 'echo REACHED; grep -q secret "$1"' sh "$file"

# A user without any privilege, and a size that does nothing.
# expect: host-ipc error `host`
docker run --rm --network none --read-only --cap-drop ALL --security-opt no-new-privileges \
  --user 1000:1000 --shm-size 64m --ipc=host probe:1 \
  sh -c 'echo REACHED; grep -q secret "$1"' sh "$file"

# ok: host-ipc
docker run --rm --network none probe:1 sh -c 'echo REACHED; grep -q secret "$1"' sh "$file"

# ok: host-ipc
docker run --rm --network none --ipc private probe:1 \
  sh -c 'echo REACHED; grep -q secret "$1"' sh "$file"
