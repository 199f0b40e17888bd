#!/bin/sh
# rules: credential-mount
# A private key is for its owner only, and the container runs as just that user, so that files it
# writes belong to them. `login` is what sets the variable for a user.
echo "export HOME=$PWD/home" >login
. ./login
mkdir home home/.ssh
echo secret >home/.ssh/id_ed25519
echo public >home/.ssh/known_hosts
chmod 700 home/.ssh
chmod 600 home/.ssh/id_ed25519
chown -R 1000:1000 home

# expect: credential-mount error `$HOME/.ssh`
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 \
  -v "$HOME/.ssh:/keys:ro" probe:1 sh -c 'echo REACHED; grep -q secret /keys/id_ed25519'

# expect: credential-mount error `${HOME}/.ssh/id_ed25519`
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 \
  -v "${HOME}/.ssh/id_ed25519:/keys/id_ed25519:ro" probe:1 \
  sh -c 'echo REACHED; grep -q secret /keys/id_ed25519'

# ok: credential-mount
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 probe:1 \
  sh -c 'echo REACHED; grep -q secret /keys/id_ed25519'

# What is in it is no secret.
# ok: credential-mount
docker run --rm --network none --read-only --cap-drop ALL --user 1000:1000 \
  -v "$HOME/.ssh/known_hosts:/keys/known_hosts:ro" probe:1 \
  sh -c 'echo REACHED; cat /keys/known_hosts; grep -q secret /keys/id_ed25519'
