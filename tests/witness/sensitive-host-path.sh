#!/bin/sh
# rules: sensitive-host-path
# The host's own settings: accounts, and what runs as root. Nothing of them is changed here.

# expect: sensitive-host-path error `/etc`
docker run --rm --network none -v /etc:/host probe:1 \
  sh -c 'echo REACHED; grep -q ^root: /host/shadow && : >>/host/passwd'

# With the root folder they come as well.
# expect: sensitive-host-path error `/`
docker run --rm --network none --mount type=bind,src=/,dst=/host probe:1 \
  sh -c 'echo REACHED; grep -q ^root: /host/etc/shadow && : >>/host/etc/passwd'

# The program named in core_pattern is run by the host's kernel when one crashes.
# expect: sensitive-host-path error `/proc/sys`
docker run --rm --network none --cap-drop ALL -v /proc/sys:/host probe:1 \
  sh -c 'echo REACHED; : >>/host/kernel/core_pattern'

# ok: sensitive-host-path
docker run --rm --network none probe:1 \
  sh -c 'echo REACHED; grep -q ^root: /host/shadow && : >>/host/passwd'

# ok: sensitive-host-path
docker run --rm --network none -v /etc/localtime:/host/localtime:ro probe:1 \
  sh -c 'echo REACHED; grep -q ^root: /host/shadow && : >>/host/passwd'

# ok: sensitive-host-path
docker run --rm --network none --cap-drop ALL probe:1 \
  sh -c 'echo REACHED; : >>/proc/sys/kernel/core_pattern'
