#!/bin/sh
# rules: published-port
# What the program inside serves is fetched by the host, which takes it for a service of its own.
docker network create web

# expect: published-port error `127.0.0.1::80`
docker run -d --name site --network web -p 127.0.0.1::80 probe:1 \
  sh -c 'mkdir /page; echo lure >/page/index.html; echo REACHED; httpd -f -h /page'
port=$(docker port site 80 | sed 's/.*://; q')
for try in $(seq 10); do
  busybox wget -q -O - "http://127.0.0.1:$port/" >page && break
  sleep 0.1
done
docker logs site
grep -q lure page

# expect: published-port error `--publish-all`
docker run -d --name site --network web --expose 80 --publish-all probe:1 \
  sh -c 'mkdir /page; echo lure >/page/index.html; echo REACHED; httpd -f -h /page'
port=$(docker port site 80 | sed 's/.*://; q')
for try in $(seq 10); do
  busybox wget -q -O - "http://127.0.0.1:$port/" >page && break
  sleep 0.1
done
docker logs site
grep -q lure page

# To expose a port says what it is good for, and opens nothing.
# ok: published-port
docker run -d --name site --network web --expose 18487 probe:1 \
  sh -c 'mkdir /page; echo lure >/page/index.html; echo REACHED; httpd -f -p 18487 -h /page'
for try in $(seq 10); do
  busybox wget -q -O - http://127.0.0.1:18487/ >page && break
  sleep 0.1
done
docker logs site
grep -q lure page

# Without a network there is nothing to forward to.
# ok: published-port
docker run -d --name site --network none -p 18487:80 probe:1 \
  sh -c 'mkdir /page; echo lure >/page/index.html; echo REACHED; httpd -f -h /page'
for try in $(seq 10); do
  busybox wget -q -O - http://127.0.0.1:18487/ >page && break
  sleep 0.1
done
docker logs site
grep -q lure page
