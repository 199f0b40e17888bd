#!/bin/sh
# rules: published-admin-port
# The port of a database that knows no password, asked by a neighbour of the host: nc stands for
# Redis.
docker network create back-end
docker network create neighbours
host=$(docker network inspect --format '{{(index .IPAM.Config 0).Gateway}}' neighbours)

# expect: published-admin-port error `6379`
docker run -d --name store --network back-end -p 6379 probe:1 nc -ll -p 6379 -e echo secret
port=$(docker port store 6379 | sed 's/.*://; q')
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 3); do
    nc "$1" "$2" </dev/null | grep -q secret && exit; sleep 0.2
  done; exit 1' sh "$host" "$port"

# expect: published-admin-port error `0.0.0.0::5432/tcp`
docker run -d --name store --network back-end -p 0.0.0.0::5432/tcp probe:1 \
  nc -ll -p 5432 -e echo secret
port=$(docker port store 5432 | sed 's/.*://; q')
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 3); do
    nc "$1" "$2" </dev/null | grep -q secret && exit; sleep 0.2
  done; exit 1' sh "$host" "$port"

# ok: published-admin-port
docker run -d --name store --network back-end -p 127.0.0.1::6379 probe:1 \
  nc -ll -p 6379 -e echo secret
port=$(docker port store 6379 | sed 's/.*://; q')
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 3); do
    nc "$1" "$2" </dev/null | grep -q secret && exit; sleep 0.2
  done; exit 1' sh "$host" "$port"
