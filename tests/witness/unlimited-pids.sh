#!/bin/sh
# rules: unlimited-pids
# A fork bomb, cut short at 150 processes.

# expect: unlimited-pids error `docker run`
docker run --rm --network none probe:1 sh -c 'echo REACHED; i=0
  while test $i -lt 150; do sleep 60 & i=$((i + 1)); done'

# expect: unlimited-pids error `-1`
docker run --rm --network none --pids-limit -1 probe:1 sh -c 'echo REACHED; i=0
  while test $i -lt 150; do sleep 60 & i=$((i + 1)); done'

# A limit of the user's processes does not hold for root.
# expect: unlimited-pids error `docker run`
docker run --rm --network none --ulimit nproc=50 probe:1 sh -c 'echo REACHED; i=0
  while test $i -lt 150; do sleep 60 & i=$((i + 1)); done'

# ok: unlimited-pids
docker run --rm --network none --pids-limit 50 probe:1 sh -c 'echo REACHED; i=0
  while test $i -lt 150; do sleep 60 & i=$((i + 1)); done'
