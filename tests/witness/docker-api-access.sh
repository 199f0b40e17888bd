#!/bin/sh
# rules: docker-api-access
# A container that hands the engine's API on without a password: who can ask it for a container can
# ask for one that has the host's disk. A client inside goes where the variable says.
engine=${DOCKER_HOST#unix://}
docker network create --subnet 10.213.82.0/24 tools
docker run -d --network tools --ip 10.213.82.9 -v "$engine:/engine" probe:1 \
  nc -ll -p 2375 -e local-socket ask /engine

# expect: docker-api-access error `DOCKER_HOST=tcp://10.213.82.9:2375`
docker run --rm --network tools -e DOCKER_HOST=tcp://10.213.82.9:2375 probe:1 sh -c 'echo REACHED
  wget -q -O - "http://${DOCKER_HOST#tcp://}/images/json" | grep -q "probe:1"'

# Nothing of the host is there.
# ok: docker-api-access
docker run --rm --network tools -e DOCKER_HOST=tcp://127.0.0.1:2375 probe:1 sh -c 'echo REACHED
  wget -q -O - "http://${DOCKER_HOST#tcp://}/images/json" | grep -q "probe:1"'

# The variable does nothing where no network is.
# ok: docker-api-access
docker run --rm --network none -e DOCKER_HOST=tcp://10.213.82.9:2375 probe:1 sh -c 'echo REACHED
  wget -q -O - "http://${DOCKER_HOST#tcp://}/images/json" | grep -q "probe:1"'
