#!/bin/sh
# rules: host-service-socket
# An SSH agent signs for who connects to it. Here a program in another container stands for it; that
# the socket is mounted read-only, and that there is no network, changes nothing. `login` is what
# sets the variable for a user.
echo "SSH_AUTH_SOCK=$PWD/run/agent.sock" >login
. ./login
mkdir run
docker run -d --name agent --network none -v "$PWD/run:/run" probe:1 \
  local-socket serve /run/agent.sock signature
until docker logs agent | grep -q ready; do :; done

# expect: host-service-socket error `$SSH_AUTH_SOCK`
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 \
  -v "$SSH_AUTH_SOCK:/agent.sock:ro" probe:1 \
  sh -c 'echo REACHED; echo sign | local-socket ask /agent.sock | grep -q signature'

# ok: host-service-socket
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 probe:1 \
  sh -c 'echo REACHED; echo sign | local-socket ask /agent.sock | grep -q signature'

# A variable that says where it is gives nothing.
# ok: host-service-socket
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 \
  -e SSH_AUTH_SOCK=/agent.sock probe:1 \
  sh -c 'echo REACHED; echo sign | local-socket ask "$SSH_AUTH_SOCK" | grep -q signature'
