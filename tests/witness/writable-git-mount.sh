#!/bin/sh
# rules: writable-git-mount
# git runs the hooks that lie in .git, and the programs that its settings name: the user of the host
# has but to look at the state of the project.
git init -q .
mkdir src

# expect: writable-git-mount error `$PWD/.git`
docker run --rm --network none --read-only --cap-drop ALL -v "$PWD/.git:/work/.git" probe:1 \
  sh -c 'echo REACHED; mkdir -p /work/.git/hooks; cd /work/.git/hooks
  printf "#!/bin/sh\ntouch planted\n" >pre-commit && chmod +x pre-commit'
git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m message
test -e planted

# expect: writable-git-mount error `$PWD`
docker run --rm --network none --read-only --cap-drop ALL -v "$PWD:/work" probe:1 \
  sh -c 'echo REACHED; printf "[core]\n\tfsmonitor = touch planted; false\n" >>/work/.git/config'
git status
test -e planted

# A protected .git does not help where a folder beside it can become a repository.
# expect: writable-git-mount warning `$PWD`
docker run --rm --network none --read-only --cap-drop ALL \
  -v "$PWD:/work" -v "$PWD/.git:/work/.git:ro" probe:1 sh -c 'echo REACHED; cd /work/src
  mkdir own own/objects own/refs && echo "ref: refs/heads/x" >own/HEAD &&
  echo "gitdir: own" >.git &&
  printf "[core]\n\tfsmonitor = touch ../planted; false\n\tworktree = ..\n" >own/config'
git -C src status
test -e planted

# ok: writable-git-mount
docker run --rm --network none --read-only --cap-drop ALL -v "$PWD:/work:ro" probe:1 \
  sh -c 'echo REACHED
  printf "[core]\n\tfsmonitor = touch planted; false\n" >>/work/.git/config' || :
git status
test -e planted

# ok: writable-git-mount
docker run --rm --network none --read-only --cap-drop ALL \
  -v "$PWD/.git:/work/.git:ro" -v "$PWD/src:/work/src" probe:1 \
  sh -c 'echo REACHED
  printf "[core]\n\tfsmonitor = touch planted; false\n" >>/work/.git/config' || :
git status
test -e planted
