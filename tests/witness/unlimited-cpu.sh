#!/bin/sh
# rules: unlimited-cpu
# A loop that does nothing takes a whole core. Field 16 of /proc/PID/stat is the processor time of
# ended children, in hundredths of a second; the loop runs for two seconds.

# expect: unlimited-cpu error `docker run`
docker run --rm --network none probe:1 sh -c 'echo REACHED; timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 80'

# Shares only rank.
# expect: unlimited-cpu error `docker run`
docker run --rm --network none --cpu-shares 2 probe:1 sh -c 'echo REACHED
  timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 80'

# expect: unlimited-cpu error `0`
docker run --rm --network none --cpus 0 probe:1 sh -c 'echo REACHED
  timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 80'

# ok: unlimited-cpu
docker run --rm --network none --cpus 0.2 probe:1 sh -c 'echo REACHED
  timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 80'

# ok: unlimited-cpu
docker run --rm --network none --cpu-quota 20000 probe:1 sh -c 'echo REACHED
  timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 80'
