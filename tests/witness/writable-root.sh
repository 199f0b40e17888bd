#!/bin/sh
# rules: writable-root
# A program put among the image's own stays until the container is removed, and is run in place of
# what it replaced.

# expect: writable-root error `docker run`
docker run --rm --network none probe:1 \
  sh -c 'echo REACHED; rm /bin/true && printf "#!/bin/sh\necho evil" >/bin/true &&
    chmod +x /bin/true && /bin/true | grep -q evil'

# Behind the image the option is a word for the program.
# expect: writable-root error `docker run`
docker run --rm --network none probe:1 \
  sh -c 'echo REACHED; echo evil >/bin/planted' --read-only

# ok: writable-root
docker run --rm --network none --read-only probe:1 \
  sh -c 'echo REACHED; rm /bin/true && printf "#!/bin/sh\necho evil" >/bin/true &&
    chmod +x /bin/true && /bin/true | grep -q evil'

# ok: writable-root
docker run --rm --network none --read-only=true probe:1 \
  sh -c 'echo REACHED; echo evil >/bin/planted'
