#!/bin/sh
# rules: swallowed-value
# The option before it takes the word as its value, and what was to be on is off.

# expect: swallowed-value error `--read-only`
docker run --rm --network none -e --read-only probe:1 \
  sh -c 'echo REACHED; echo evil >/bin/planted'

# expect: swallowed-value error `--read-only`
docker run --rm --network none --label --read-only probe:1 \
  sh -c 'echo REACHED; echo evil >/bin/planted'

# ok: swallowed-value
docker run --rm --network none -e KEY --read-only probe:1 \
  sh -c 'echo REACHED; echo evil >/bin/planted'

# ok: swallowed-value
docker run --rm --network none --label agent --read-only probe:1 \
  sh -c 'echo REACHED; echo evil >/bin/planted'
