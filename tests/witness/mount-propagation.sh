#!/bin/sh
# rules: mount-propagation
# What is mounted inside appears on the host: here over a file that the host reads.
mkdir tree tree/settings
mount --bind tree tree
mount --make-shared tree
trap 'umount -R tree' EXIT
echo good >tree/settings/file

# expect: mount-propagation error `rshared`
docker run --rm --network none --cap-add SYS_ADMIN --security-opt apparmor=unconfined \
  -v "$PWD/tree:/tree:rshared" probe:1 \
  sh -c 'echo REACHED; mount -t tmpfs none /tree/settings && echo evil >/tree/settings/file'
grep -q evil tree/settings/file

# expect: mount-propagation error `shared`
docker run --rm --network none --cap-add SYS_ADMIN --security-opt apparmor=unconfined \
  --mount "type=bind,src=$PWD/tree,dst=/tree,bind-propagation=shared" probe:1 \
  sh -c 'echo REACHED; mount -t tmpfs none /tree/settings && echo evil >/tree/settings/file'
grep -q evil tree/settings/file

# ok: mount-propagation
docker run --rm --network none --cap-add SYS_ADMIN --security-opt apparmor=unconfined \
  -v "$PWD/tree:/tree" probe:1 \
  sh -c 'echo REACHED; mount -t tmpfs none /tree/settings && echo evil >/tree/settings/file'
grep -q evil tree/settings/file

# ok: mount-propagation
docker run --rm --network none --cap-add SYS_ADMIN --security-opt apparmor=unconfined \
  -v "$PWD/tree:/tree:rprivate" probe:1 \
  sh -c 'echo REACHED; mount -t tmpfs none /tree/settings && echo evil >/tree/settings/file'
grep -q evil tree/settings/file
