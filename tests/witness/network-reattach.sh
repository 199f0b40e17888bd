#!/bin/sh
# rules: network-reattach
# A program that waits for its time: as soon as there is a network, it sends what it has read. It
# gives up after five seconds.
docker network create --subnet 10.213.84.0/24 --gateway 10.213.84.1 way-out
docker network create --internal inside
echo thanks >stolen
busybox httpd -f -p 10.213.84.1:18484 &
trap "kill $!" EXIT

# expect: network-reattach error `docker network connect`
docker run -d --name late --network none probe:1 sh -c 'echo REACHED
  for try in $(seq 25); do
    wget -q -O - http://10.213.84.1:18484/stolen && exit 0; sleep 0.2
  done; exit 1'
docker network disconnect none late
docker network connect way-out late
test "$(docker wait late)" = 0
docker logs late

# From a network without a way out this is enough.
# expect: network-reattach error `docker network connect`
docker run -d --name late --network inside probe:1 sh -c 'echo REACHED
  for try in $(seq 25); do
    wget -q -O - http://10.213.84.1:18484/stolen && exit 0; sleep 0.2
  done; exit 1'
docker network connect way-out late
test "$(docker wait late)" = 0
docker logs late

# ok: network-reattach
docker run -d --name late --network none probe:1 sh -c 'echo REACHED
  for try in $(seq 25); do
    wget -q -O - http://10.213.84.1:18484/stolen && exit 0; sleep 0.2
  done; exit 1'
code=$(docker wait late)
docker logs late
test "$code" = 0

# ok: network-reattach
docker run -d --name late --network none probe:1 sh -c 'echo REACHED
  for try in $(seq 25); do
    wget -q -O - http://10.213.84.1:18484/stolen && exit 0; sleep 0.2
  done; exit 1'
docker network disconnect none late
code=$(docker wait late)
docker logs late
test "$code" = 0
