#!/bin/sh
# rules: network-reattach
# A program that waits for its time: as soon as there is a network, it sends what it has read. It
# gives up after four seconds.
docker network create way-out
docker network create --internal inside
server=$(docker network inspect --format '{{(index .IPAM.Config 0).Gateway}}' way-out)
echo thanks >stolen
busybox httpd -f -p "$server:18484" &
trap "kill $!" EXIT
until busybox wget -q -O /dev/null "http://$server:18484/stolen"; do :; done

# expect: network-reattach error `docker network connect`
docker run -d --name late --network none probe:1 sh -c 'echo REACHED
  for try in $(seq 20); do
    wget -q -O - "http://$1:18484/stolen" 2>/dev/null && exit; sleep 0.2
  done; exit 1' sh "$server"
docker network disconnect none late
docker network connect way-out late
code=$(docker wait late)
docker logs late
test "$code" = 0

# From a network without a way out this is enough.
# expect: network-reattach error `docker network connect`
docker run -d --name late --network inside probe:1 sh -c 'echo REACHED
  for try in $(seq 20); do
    wget -q -O - "http://$1:18484/stolen" 2>/dev/null && exit; sleep 0.2
  done; exit 1' sh "$server"
docker network connect way-out late
code=$(docker wait late)
docker logs late
test "$code" = 0

# ok: network-reattach
docker run -d --name late --network none probe:1 sh -c 'echo REACHED
  for try in $(seq 20); do
    wget -q -O - "http://$1:18484/stolen" 2>/dev/null && exit; sleep 0.2
  done; exit 1' sh "$server"
docker network disconnect none late
code=$(docker wait late)
docker logs late
test "$code" = 0
