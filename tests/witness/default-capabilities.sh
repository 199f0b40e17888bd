# rules: default-capabilities
# Root with what the engine gives to everybody: reads what belongs to others, hands files to them,
# makes devices. The same root without capabilities does none of it.
mkdir project
echo secret >project/vault && chmod 600 project/vault && chown 4242 project/vault

# expect: default-capabilities error `docker run`
docker run --rm --network none -v "$PWD/project:/project:ro" probe:1 \
  sh -c 'echo REACHED; grep secret /project/vault'

# ok: default-capabilities
docker run --rm --network none --cap-drop ALL -v "$PWD/project:/project:ro" probe:1 \
  sh -c 'echo REACHED; grep secret /project/vault'

# Some of them are as good as all.
# expect: default-capabilities error `--cap-drop NET_RAW`
docker run --rm --network none --cap-drop NET_RAW --cap-drop DAC_OVERRIDE probe:1 \
  sh -c 'echo REACHED; mknod /tmp/null c 1 3 && touch /tmp/file && chown 4242 /tmp/file'

# ok: default-capabilities
docker run --rm --network none --cap-drop NET_RAW --cap-drop all probe:1 \
  sh -c 'echo REACHED; mknod /tmp/null c 1 3 && touch /tmp/file && chown 4242 /tmp/file'

# A user who becomes root by a program of the image has them too.
# expect: default-capabilities error `docker run`
docker run --rm --network none --user 1000:1000 -v "$PWD/project:/project:ro" probe:1 \
  sh -c 'echo REACHED; become-root grep secret /project/vault'

# ok: default-capabilities
docker run --rm --network none --user 1000:1000 --cap-drop ALL -v "$PWD/project:/project:ro" \
  probe:1 sh -c 'echo REACHED; become-root grep secret /project/vault'
