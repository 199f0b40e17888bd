#!/bin/sh
# rules: host-network
# What listens on the host's loopback address believes that only the host can reach it.
echo secret >page
port=$((20000 + $$ % 10000))
busybox httpd -f -p "127.0.0.1:$port" &
trap "kill $!" EXIT
until busybox wget -q -O /dev/null "http://127.0.0.1:$port/page"; do :; done

# expect: host-network error `host`
docker run --rm --read-only --cap-drop ALL --user 1000:1000 --network host probe:1 \
  sh -c 'echo REACHED; wget -q -O - "http://127.0.0.1:$1/page" | grep -q secret' sh "$port"

# ok: host-network
docker run --rm --network none probe:1 \
  sh -c 'echo REACHED; wget -q -O - "http://127.0.0.1:$1/page" | grep -q secret' sh "$port"

# A network of its own has a loopback address of its own.
# ok: host-network
docker network create own
docker run --rm --network own probe:1 \
  sh -c 'echo REACHED; wget -q -O - "http://127.0.0.1:$1/page" | grep -q secret' sh "$port"
