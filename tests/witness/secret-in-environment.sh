#!/bin/sh
# rules: secret-in-environment
# Every process inside inherits it, and whatever the program prints or sends can hold it.

# expect: secret-in-environment error `SIGNING_SECRET`
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 \
  -e SIGNING_SECRET=7Kq2vX9mLw4T probe:1 sh -c 'echo REACHED; env | grep -q 7Kq2vX9mLw4T'

# The engine keeps it as well, for whoever may ask it.
# expect: secret-in-environment error `SIGNING_SECRET`
docker run --name kept --network none -e SIGNING_SECRET=7Kq2vX9mLw4T probe:1 echo REACHED
docker inspect kept | grep -q 7Kq2vX9mLw4T

# ok: secret-in-environment
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 \
  -e SIGNING_SECRET_FILE=/run/secrets/signing probe:1 \
  sh -c 'echo REACHED; env | grep -q 7Kq2vX9mLw4T'
