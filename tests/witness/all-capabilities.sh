# rules: all-capabilities
# Root of the container mounts its files anew, writable, and takes the name of the machine. What is
# added counts more than what is dropped.

# expect: all-capabilities error `ALL` #2
docker run --rm --network none --read-only --cap-drop ALL --cap-add ALL probe:1 sh -c '
  echo REACHED
  mount -o remount,rw / && echo changed >/etc/passwd && hostname elsewhere'

# ok: all-capabilities
docker run --rm --network none --read-only --cap-drop ALL probe:1 sh -c '
  echo REACHED
  mount -o remount,rw / && echo changed >/etc/passwd && hostname elsewhere'
