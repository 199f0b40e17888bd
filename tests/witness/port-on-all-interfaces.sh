#!/bin/sh
# rules: port-on-all-interfaces
# A neighbour of the host, here on another of its networks, asks for what only the host's own user
# was to see.
docker network create web
docker network create neighbours
host=$(docker network inspect --format '{{(index .IPAM.Config 0).Gateway}}' neighbours)

# expect: port-on-all-interfaces error `80`
docker run -d --name site --network web -p 80 probe:1 \
  sh -c 'mkdir /page; echo secret >/page/index.html; httpd -f -h /page'
port=$(docker port site 80 | sed 's/.*://; q')
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 3); do
    wget -q -O - "http://$1/" | grep -q secret && exit; sleep 0.2
  done; exit 1' sh "$host:$port"

# The long form has no address: `host_ip` is not heeded.
# expect: port-on-all-interfaces error `target=80,host_ip=127.0.0.1`
docker run -d --name site --network web -p target=80,host_ip=127.0.0.1 probe:1 \
  sh -c 'mkdir /page; echo secret >/page/index.html; httpd -f -h /page'
port=$(docker port site 80 | sed 's/.*://; q')
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 3); do
    wget -q -O - "http://$1/" | grep -q secret && exit; sleep 0.2
  done; exit 1' sh "$host:$port"

# ok: port-on-all-interfaces
docker run -d --name site --network web -p 127.0.0.1::80 probe:1 \
  sh -c 'mkdir /page; echo secret >/page/index.html; httpd -f -h /page'
port=$(docker port site 80 | sed 's/.*://; q')
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 3); do
    wget -q -O - "http://$1/" | grep -q secret && exit; sleep 0.2
  done; exit 1' sh "$host:$port"

# Without a network there is nothing to forward to.
# ok: port-on-all-interfaces
docker run -d --network none -p 18485:80 probe:1 \
  sh -c 'mkdir /page; echo secret >/page/index.html; httpd -f -h /page'
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 3); do
    wget -q -O - "http://$1/" | grep -q secret && exit; sleep 0.2
  done; exit 1' sh "$host:18485"
