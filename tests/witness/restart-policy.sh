#!/bin/sh
# rules: restart-policy
# The program ends itself, and is started again without anybody's doing, with all that it left
# behind.

# expect: restart-policy error `always`
docker run -d --name agent --network none --restart always probe:1 \
  sh -c 'test ! -e /seen || { echo again; sleep 60; }; echo REACHED; touch /seen; exit 0'
for try in $(seq 20); do
  docker logs agent >log
  grep -q again log && break
  sleep 0.1
done
cat log
grep -q again log

# expect: restart-policy error `on-failure:1`
docker run -d --name agent --network none --restart=on-failure:1 probe:1 \
  sh -c 'test ! -e /seen || { echo again; sleep 60; }; echo REACHED; touch /seen; exit 1'
for try in $(seq 20); do
  docker logs agent >log
  grep -q again log && break
  sleep 0.1
done
cat log
grep -q again log

# ok: restart-policy
docker run -d --name agent --network none probe:1 \
  sh -c 'test ! -e /seen || { echo again; sleep 60; }; echo REACHED; touch /seen; exit 1'
for try in $(seq 20); do
  docker logs agent >log
  grep -q again log && break
  sleep 0.1
done
cat log
grep -q again log

# ok: restart-policy
docker run -d --name agent --network none --restart no probe:1 \
  sh -c 'test ! -e /seen || { echo again; sleep 60; }; echo REACHED; touch /seen; exit 1'
for try in $(seq 20); do
  docker logs agent >log
  grep -q again log && break
  sleep 0.1
done
cat log
grep -q again log
