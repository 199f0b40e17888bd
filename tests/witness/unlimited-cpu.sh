#!/bin/sh
# rules: unlimited-cpu
# A loop that does nothing takes a whole core. Field 16 of /proc/PID/stat is the processor time of
# ended children, in hundredths of a second; the loop runs for two seconds.

# expect: unlimited-cpu error `docker run`
docker run --rm --network none probe:1 sh -c 'echo REACHED
  timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 60'

# A period alone limits nothing.
# expect: unlimited-cpu error `docker run`
docker run --rm --network none --cpu-period 50000 probe:1 sh -c 'echo REACHED
  timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 60'

# expect: unlimited-cpu error `0`
docker run --rm --network none --cpus 0 probe:1 sh -c 'echo REACHED
  timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 60'

# ok: unlimited-cpu
docker run --rm --network none --cpus 0.1 probe:1 sh -c 'echo REACHED
  timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 60'

# ok: unlimited-cpu
docker run --rm --network none --cpu-quota 10000 probe:1 sh -c 'echo REACHED
  timeout 2 sh -c "while :; do :; done"
  read -r line </proc/$$/stat; set -- $line; echo "${16}"; test "${16}" -gt 60'
