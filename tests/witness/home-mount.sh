#!/bin/sh
# rules: home-mount
# In a home are keys, and what the next shell of the user runs. `login` is what sets the variable
# for a user.
echo "export HOME=$PWD/home" >login
. ./login
mkdir home home/.ssh home/work
echo secret >home/.ssh/id_ed25519
echo ': greeting' >home/.profile

# expect: home-mount error `$HOME`
docker run --rm --network none --read-only --cap-drop ALL -v "$HOME:/work" probe:1 \
  sh -c 'echo REACHED; grep -q secret /work/.ssh/id_ed25519 &&
    echo "touch planted" >>/work/.profile'
sh -c '. ./home/.profile'
test -e planted

# expect: home-mount error `${HOME}`
docker run --rm --network none --read-only --cap-drop ALL -v "${HOME}:/work:ro" probe:1 \
  sh -c 'echo REACHED; grep -q secret /work/.ssh/id_ed25519'

# One folder of it.
# ok: home-mount
docker run --rm --network none --read-only --cap-drop ALL -v "$HOME/work:/work" probe:1 \
  sh -c 'echo REACHED; grep -q secret /work/.ssh/id_ed25519'

# ok: home-mount
docker run --rm --network none --read-only --cap-drop ALL -v "$HOME/work:/work" probe:1 \
  sh -c 'echo REACHED; echo "touch planted" >>/work/.profile'
sh -c '. ./home/.profile'
test -e planted
