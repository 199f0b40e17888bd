# rules: writable-root
# A program is planted where the next command of the container finds it.

# expect: writable-root error `docker run`
docker run --rm --network none probe:1 sh -c '
  echo REACHED
  echo "echo evil" >/bin/planted && chmod +x /bin/planted && planted'

# ok: writable-root
docker run --rm --network none --read-only probe:1 sh -c '
  echo REACHED
  echo "echo evil" >/bin/planted && chmod +x /bin/planted && planted'
