# usage: sh image.sh FOLDER PROGRAMS
# Makes the image `probe:1` in the engine at DOCKER_HOST: busybox, which needs no library, with a link
# for each of its commands, the programs of PROGRAMS, and `become-root` as a setuid program of root.
# FOLDER is where the root file system is put together.
set -eu
root=$1
mkdir -p "$root/bin" "$root/etc" "$root/tmp" "$root/home/agent"
chmod 755 "$root" && chmod 1777 "$root/tmp"
cp /bin/busybox "$root/bin/"
for name in $(/bin/busybox --list); do
  [ "$name" = busybox ] || ln -sf busybox "$root/bin/$name"
done
cp "$2"/* "$root/bin/"
chmod 4755 "$root/bin/become-root"
printf 'root:x:0:0::/:/bin/sh\nagent:x:1000:1000::/home/agent:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\nagent:x:1000:\n' >"$root/etc/group"
tar -C "$root" --owner=0 --group=0 -c . | docker import -c 'ENV PATH=/bin' - probe:1 >/dev/null
