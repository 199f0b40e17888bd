#!/bin/sh
# rules: secret-in-arguments
# Another user of the host finds it in the list of processes, while the program runs.

# expect: secret-in-arguments error `--requirepass`
docker run -d --name server --network none probe:1 \
  sh -c 'echo REACHED; sleep 60; :' server --requirepass 7Kq2vX9mLw4T
until docker logs server | grep REACHED; do :; done
pid=$(docker inspect --format '{{.State.Pid}}' server)
setpriv --reuid 65534 --regid 65534 --clear-groups grep -q 7Kq2vX9mLw4T "/proc/$pid/cmdline"

# ok: secret-in-arguments
docker run -d --name server --network none probe:1 \
  sh -c 'echo REACHED; sleep 60; :' server --config /run/secrets/server.conf
until docker logs server | grep REACHED; do :; done
pid=$(docker inspect --format '{{.State.Pid}}' server)
setpriv --reuid 65534 --regid 65534 --clear-groups grep -q 7Kq2vX9mLw4T "/proc/$pid/cmdline"
