#!/bin/sh
# rules: writable-host-executed-path
# Files of the project and of the user that the host runs of itself. `login` is what sets the
# variable for a user.
echo "export HOME=$PWD/home" >login
. ./login
git init -q .
git config core.hooksPath .githooks
mkdir .githooks src home
echo ': greeting' >home/.profile

# expect: writable-host-executed-path error `$PWD/.githooks`
docker run --rm --network none --read-only --cap-drop ALL \
  -v "$PWD/.githooks:/work/.githooks" probe:1 \
  sh -c 'echo REACHED; cd /work/.githooks
  printf "#!/bin/sh\ntouch planted\n" >pre-commit && chmod +x pre-commit'
git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m message
test -e planted

# A login shell.
# expect: writable-host-executed-path error `$HOME/.profile`
docker run --rm --network none --read-only --cap-drop ALL -v "$HOME/.profile:/profile" probe:1 \
  sh -c 'echo REACHED; echo "touch planted" >>/profile'
busybox sh -l -c :
test -e planted

# ok: writable-host-executed-path
docker run --rm --network none --read-only --cap-drop ALL \
  -v "$PWD/.githooks:/work/.githooks:ro" -v "$PWD/src:/work/src" probe:1 \
  sh -c 'echo REACHED; cd /work/.githooks
  printf "#!/bin/sh\ntouch planted\n" >pre-commit && chmod +x pre-commit' || :
git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m message
test -e planted

# ok: writable-host-executed-path
docker run --rm --network none --read-only --cap-drop ALL -v "$HOME/.profile:/profile:ro" probe:1 \
  sh -c 'echo REACHED; echo "touch planted" >>/profile' || :
busybox sh -l -c :
test -e planted
