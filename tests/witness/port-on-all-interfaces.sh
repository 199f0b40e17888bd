#!/bin/sh
# rules: port-on-all-interfaces
# A neighbour of the host, here on another of its networks, asks for what only the host's own user was
# to see.
docker network create web
docker network create --subnet 10.213.85.0/24 --gateway 10.213.85.1 neighbours

# expect: port-on-all-interfaces error `18485:80`
docker run -d --network web -p 18485:80 probe:1 \
  sh -c 'mkdir /page; echo secret >/page/index.html; httpd -f -h /page'
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 5); do
    wget -q -O - http://10.213.85.1:18485/ | grep -q secret && exit; sleep 0.2
  done; exit 1'

# The long form has no address: `host_ip` is not heeded.
# expect: port-on-all-interfaces error `target=80,published=18485,host_ip=127.0.0.1`
docker run -d --network web -p target=80,published=18485,host_ip=127.0.0.1 probe:1 \
  sh -c 'mkdir /page; echo secret >/page/index.html; httpd -f -h /page'
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 5); do
    wget -q -O - http://10.213.85.1:18485/ | grep -q secret && exit; sleep 0.2
  done; exit 1'

# ok: port-on-all-interfaces
docker run -d --network web -p 127.0.0.1:18485:80 probe:1 \
  sh -c 'mkdir /page; echo secret >/page/index.html; httpd -f -h /page'
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 5); do
    wget -q -O - http://10.213.85.1:18485/ | grep -q secret && exit; sleep 0.2
  done; exit 1'

# ok: port-on-all-interfaces
docker run -d --network none -p 18485:80 probe:1 \
  sh -c 'mkdir /page; echo secret >/page/index.html; httpd -f -h /page'
docker run --rm --network neighbours probe:1 sh -c 'echo REACHED
  for try in $(seq 5); do
    wget -q -O - http://10.213.85.1:18485/ | grep -q secret && exit; sleep 0.2
  done; exit 1'
