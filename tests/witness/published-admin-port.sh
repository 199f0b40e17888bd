#!/bin/sh
# rules: published-admin-port
# The port of a database that knows no password, asked by a neighbour of the host: nc stands for
# Redis.
docker network create back-end
docker network create --subnet 10.213.86.0/24 --gateway 10.213.86.1 neighbours

# expect: published-admin-port error `18486:6379`
docker run -d --network back-end -p 18486:6379 probe:1 nc -ll -p 6379 -e echo secret
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 5); do
    nc 10.213.86.1 18486 </dev/null | grep -q secret && exit; sleep 0.2
  done; exit 1'

# expect: published-admin-port error `0.0.0.0:18486:5432/tcp`
docker run -d --network back-end -p 0.0.0.0:18486:5432/tcp probe:1 nc -ll -p 5432 -e echo secret
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 5); do
    nc 10.213.86.1 18486 </dev/null | grep -q secret && exit; sleep 0.2
  done; exit 1'

# ok: published-admin-port
docker run -d --network back-end -p 127.0.0.1:18486:6379 probe:1 nc -ll -p 6379 -e echo secret
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 5); do
    nc 10.213.86.1 18486 </dev/null | grep -q secret && exit; sleep 0.2
  done; exit 1'

# ok: published-admin-port
docker run -d --network back-end probe:1 nc -ll -p 6379 -e echo secret
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 5); do
    nc 10.213.86.1 18486 </dev/null | grep -q secret && exit; sleep 0.2
  done; exit 1'
