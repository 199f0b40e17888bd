# rules: image-user
# An image that names no user runs as root, who leaves a setuid program of root where the host, too,
# finds it, even without a single capability.
mkdir out && chmod 777 out

# expect: image-user error `docker run`
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  probe:1 sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh

# ok: image-user
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  --user 1000:1000 probe:1 sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh

# expect: image-user error `''`
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  --user '' probe:1 sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh

# ok: image-user
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  --user agent probe:1 sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh
