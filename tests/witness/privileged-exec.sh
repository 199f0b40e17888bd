# rules: privileged-exec
# A container that dropped every capability: who gets in with --privileged has them all, and reads
# files of the host that its root could not. The filter of calls and the devices stay as they were.
mkdir project
echo secret >project/vault && chmod 600 project/vault && chown 4242 project/vault
docker run -d --rm --name agent --network none --cap-drop ALL --user 0 \
  -v "$PWD/project:/project:ro" probe:1 sleep 60 >id

# expect: privileged-exec error `--privileged`
docker exec --privileged agent sh -c 'echo REACHED; grep secret /project/vault'

# ok: privileged-exec
docker exec agent sh -c 'echo REACHED; grep secret /project/vault'

# expect: privileged-exec error `--privileged`
docker exec --privileged --user root agent sh -c '
  echo REACHED
  ifconfig lo 127.9.9.9 && chown 4242 /etc/passwd'

# ok: privileged-exec
docker exec --user root agent sh -c '
  echo REACHED
  ifconfig lo 127.9.9.9 && chown 4242 /etc/passwd'
