#!/bin/sh
# rules: host-device
# On the host's disk is everything, past all permissions. Here a file of a megabyte is the disk. A
# program that may make device nodes needs only the permission to use them.
echo secret >disk
truncate -s 1M disk
disk=$(losetup --find --show "$PWD/disk")
number=${disk#/dev/loop}
mkdir -p /dev/disk
ln -sf "$disk" /dev/disk/cagelint-witness
trap 'losetup --detach "$disk"; rm -f /dev/disk/cagelint-witness' EXIT

# expect: host-device error `/dev/disk/cagelint-witness:/dev/disk:r`
docker run --rm --network none --cap-drop ALL --device /dev/disk/cagelint-witness:/dev/disk:r \
  probe:1 sh -c 'echo REACHED; head -n 1 /dev/disk | grep -q secret'

# expect: host-device error `b 7:* r`
docker run --rm --network none --read-only --device-cgroup-rule 'b 7:* r' probe:1 \
  sh -c 'echo REACHED; mknod /dev/disk b 7 "$1" && head -n 1 /dev/disk | grep -q secret' \
  sh "$number"

# expect: host-device error `a *:* rwm`
docker run --rm --network none --read-only --device-cgroup-rule 'a *:* rwm' probe:1 \
  sh -c 'echo REACHED; mknod /dev/disk b 7 "$1" && head -n 1 /dev/disk | grep -q secret' \
  sh "$number"

# ok: host-device
docker run --rm --network none --read-only probe:1 \
  sh -c 'echo REACHED; mknod /dev/disk b 7 "$1" && head -n 1 /dev/disk | grep -q secret' \
  sh "$number"

# The node alone is a name: the engine's list of devices decides.
# ok: host-device
docker run --rm --network none -v /dev/disk/cagelint-witness:/dev/disk probe:1 \
  sh -c 'echo REACHED; head -n 1 /dev/disk | grep -q secret'
