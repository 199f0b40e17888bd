# rules: root-user
# Root leaves a setuid program of root where the host, too, finds it, even without a single
# capability. A user that is only a group is root, whatever user the image names.
mkdir out && chmod 777 out
printf 'FROM probe:1\nUSER 1000\n' | docker build -t probe:agent - >log

# expect: root-user error `0`
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  --user 0 probe:agent sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh

# ok: root-user
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  --user 1000 probe:agent sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh

# expect: root-user error `:1000`
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  --user :1000 probe:agent sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh

# ok: root-user
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  --user 1000:0 probe:agent sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh

# expect: root-user error `+0`
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  --user +0 probe:agent sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh

# ok: root-user
docker run --rm --network none --cap-drop ALL --security-opt no-new-privileges -v "$PWD/out:/out" \
  --user '' probe:agent sh -c 'echo REACHED; cp /bin/busybox /out/sh && chmod 4755 /out/sh'
test -u out/sh -a -O out/sh
