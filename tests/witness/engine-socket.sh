#!/bin/sh
# rules: engine-socket
# Who can ask the engine for a container can ask for one that has the host's disk. Read-only changes
# nothing: a socket is connected to, not written. `login` is what sets the variable for a user.
echo "XDG_RUNTIME_DIR=$PWD/run" >login
. ./login
mkdir run
ln -s "${DOCKER_HOST#unix://}" run/docker.sock

# expect: engine-socket error `$XDG_RUNTIME_DIR/docker.sock`
docker run --rm --network none --read-only --cap-drop ALL \
  -v "$XDG_RUNTIME_DIR/docker.sock:/engine:ro" probe:1 sh -c 'echo REACHED
  printf "GET /images/json HTTP/1.0\r\n\r\n" | local-socket ask /engine | grep -q "probe:1"'

# Another file of the same folder.
# ok: engine-socket
touch run/data
docker run --rm --network none --read-only --cap-drop ALL \
  -v "$XDG_RUNTIME_DIR/data:/engine:ro" probe:1 sh -c 'echo REACHED
  printf "GET /images/json HTTP/1.0\r\n\r\n" | local-socket ask /engine | grep -q "probe:1"'
