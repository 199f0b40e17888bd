# rules: all-capabilities
# Root of the container makes a device file of another machine part, mounts over its own files, and
# takes the name of the machine. What is added counts more than what is dropped.

# expect: all-capabilities error `--cap-add ALL`
docker run --rm --network none --read-only --cap-drop ALL --cap-add ALL probe:1 sh -c '
  echo REACHED
  mount -o remount,rw / && echo changed >/etc/passwd && hostname elsewhere'

# ok: all-capabilities
docker run --rm --network none --read-only --cap-drop ALL probe:1 sh -c '
  echo REACHED
  mount -o remount,rw / && echo changed >/etc/passwd && hostname elsewhere'
