#!/bin/sh
# rules: credential-in-url
# It is a part of an address, which programs print when they cannot connect.

# expect: credential-in-url error `DATABASE_URL`
docker run --rm --network none -e DATABASE_URL=http://app:7Kq2vX9mLw4T@127.0.0.1:9/ probe:1 \
  sh -c 'echo REACHED; echo "cannot connect to $DATABASE_URL"' >log
cat log
grep -q 7Kq2vX9mLw4T log

# ok: credential-in-url
docker run --rm --network none -e DATABASE_URL=http://app@127.0.0.1:9/ probe:1 \
  sh -c 'echo REACHED; echo "cannot connect to $DATABASE_URL"' >log
cat log
grep -q 7Kq2vX9mLw4T log
