#!/bin/sh
# rules: unlimited-memory
# dd fills a block of 192 MB, more than the limit below allows with as much swap again.

# expect: unlimited-memory error `docker run`
docker run --rm --network none probe:1 \
  sh -c 'echo REACHED; dd if=/dev/zero of=/dev/null bs=192M count=1 || exit 1'

# expect: unlimited-memory error `0`
docker run --rm --network none --memory 0 probe:1 \
  sh -c 'echo REACHED; dd if=/dev/zero of=/dev/null bs=192M count=1 || exit 1'

# expect: unlimited-memory error `docker run`
docker run --rm --network none --memory-reservation 32m probe:1 \
  sh -c 'echo REACHED; dd if=/dev/zero of=/dev/null bs=192M count=1 || exit 1'

# ok: unlimited-memory
docker run --rm --network none --memory 32m probe:1 \
  sh -c 'echo REACHED; dd if=/dev/zero of=/dev/null bs=192M count=1 || exit 1'
