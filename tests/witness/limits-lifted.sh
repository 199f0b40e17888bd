#!/bin/sh
# rules: limits-lifted
# A limit that held at the start is taken away later: 100 processes where 30 were allowed, and an
# end that is none.

# expect: limits-lifted error `-1`
docker run -d --name agent --network none --pids-limit 30 probe:1 sleep 60
docker update --pids-limit -1 agent
docker exec agent sh -c 'echo REACHED; i=0
  while test $i -lt 100; do sleep 60 & i=$((i + 1)); done'

# The program comes back with all that it left behind.
# expect: limits-lifted error `on-failure:1`
docker run -d --name agent --network none probe:1 \
  sh -c 'test ! -e /seen || { echo again; exit 0; }; echo REACHED; touch /seen; sleep 1; exit 1'
docker update --restart on-failure:1 agent
docker wait agent
for try in $(seq 20); do
  docker logs agent >log
  grep -q again log && break
  sleep 0.1
done
cat log
grep -q again log

# ok: limits-lifted
docker run -d --name agent --network none --pids-limit 30 probe:1 sleep 60
docker update --pids-limit 40 agent
docker exec agent sh -c 'echo REACHED; i=0
  while test $i -lt 100; do sleep 60 & i=$((i + 1)); done'

# To this engine 0 means: as before.
# ok: limits-lifted
docker run -d --name agent --network none --pids-limit 30 probe:1 sleep 60
docker update --pids-limit 0 agent
docker exec agent sh -c 'echo REACHED; i=0
  while test $i -lt 100; do sleep 60 & i=$((i + 1)); done'
