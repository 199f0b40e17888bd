# rules: dangerous-capability
# SYS_ADMIN makes a read-only bind writable again; DAC_READ_SEARCH reads what no other user may;
# SYS_MODULE loads code into the kernel of the host (the module is not there: the kernel says so to
# those whom it would obey).
mkdir project
echo old >project/file
echo secret >project/vault && chmod 600 project/vault && chown 4242 project/vault

# expect: dangerous-capability error `SYS_ADMIN`
docker run --rm --network none --cap-drop ALL --cap-add SYS_ADMIN -v "$PWD/project:/project:ro" \
  probe:1 sh -c '
    echo REACHED
    mount -o remount,rw,bind /project && echo new >/project/file'
grep new project/file

# ok: dangerous-capability
docker run --rm --network none --cap-drop ALL -v "$PWD/project:/project:ro" \
  probe:1 sh -c '
    echo REACHED
    mount -o remount,rw,bind /project && echo new >/project/file'

# expect: dangerous-capability error `cap_dac_read_search`
docker run --rm --network none --cap-drop ALL --cap-add cap_dac_read_search \
  -v "$PWD/project:/project:ro" probe:1 sh -c 'echo REACHED; grep secret /project/vault'

# ok: dangerous-capability
docker run --rm --network none --cap-drop ALL \
  -v "$PWD/project:/project:ro" probe:1 sh -c 'echo REACHED; grep secret /project/vault'

# expect: dangerous-capability error `SYS_MODULE`
docker run --rm --network none --cap-add SYS_MODULE probe:1 sh -c 'echo REACHED; call finit_module'

# ok: dangerous-capability
docker run --rm --network none probe:1 sh -c 'echo REACHED; call finit_module'

# An ordinary user does not get the capability itself. But for its sake the engine's filter lets the
# calls through by which he makes namespaces, and mounts in them.
# expect: dangerous-capability error `SYS_ADMIN`
docker run --rm --network none --cap-drop ALL --cap-add SYS_ADMIN --user 1000:1000 \
  --security-opt no-new-privileges probe:1 sh -c 'echo REACHED; call mount'

# ok: dangerous-capability
docker run --rm --network none --cap-drop ALL --user 1000:1000 \
  --security-opt no-new-privileges probe:1 sh -c 'echo REACHED; call mount'
