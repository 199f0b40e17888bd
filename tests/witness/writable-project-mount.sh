#!/bin/sh
# rules: writable-project-mount
# A line more in a script of the project, which its user runs next.
mkdir out
echo ': build' >build.sh

# expect: writable-project-mount error `$PWD`
docker run --rm --network none --read-only --cap-drop ALL -v "$PWD:/work" probe:1 \
  sh -c 'echo REACHED; echo "touch planted" >>/work/build.sh'
sh build.sh
test -e planted

# expect: writable-project-mount error `$(pwd)`
docker run --rm --network none --read-only --cap-drop ALL \
  --mount "type=bind,source=$(pwd),target=/work" probe:1 \
  sh -c 'echo REACHED; echo "touch planted" >>/work/build.sh'
sh build.sh
test -e planted

# ok: writable-project-mount
docker run --rm --network none --read-only --cap-drop ALL -v "$PWD:/work:ro" probe:1 \
  sh -c 'echo REACHED; echo "touch planted" >>/work/build.sh' || :
sh build.sh
test -e planted

# Only what it is to make is writable.
# ok: writable-project-mount
docker run --rm --network none --read-only --cap-drop ALL \
  -v "$PWD:/work:ro" -v "$PWD/out:/work/out" probe:1 \
  sh -c 'echo REACHED; echo made >/work/out/result; echo "touch planted" >>/work/build.sh' || :
test -e out/result || exit 0
sh build.sh
test -e planted
