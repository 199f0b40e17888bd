# rules: unmasked-paths
# /proc/sys is the host's: the program that its kernel runs, as root of the host, for one that
# crashes. What stands there is written back, so that nothing changes.

# expect: unmasked-paths error `systempaths=unconfined`
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges \
  --security-opt systempaths=unconfined probe:1 sh -c '
    echo REACHED
    now=$(cat /proc/sys/kernel/core_pattern) && echo "$now" >/proc/sys/kernel/core_pattern'

# ok: unmasked-paths
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges \
  probe:1 sh -c '
    echo REACHED
    now=$(cat /proc/sys/kernel/core_pattern) && echo "$now" >/proc/sys/kernel/core_pattern'

# expect: unmasked-paths error `systempaths=unconfined`
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt systempaths=unconfined probe:1 sh -c '
    echo REACHED
    now=$(cat /proc/sys/kernel/core_pattern)
    become-root sh -c "echo \"$now\" >/proc/sys/kernel/core_pattern"'

# ok: unmasked-paths
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  probe:1 sh -c '
    echo REACHED
    now=$(cat /proc/sys/kernel/core_pattern)
    become-root sh -c "echo \"$now\" >/proc/sys/kernel/core_pattern"'
