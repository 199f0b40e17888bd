# required
# needs: git
# prints: second
# prints: first
# prints: cloned text
# prints: 1 file changed
# prints: clean
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git init -q -b main project
cd project
git config user.name Agent && git config user.email agent@localhost
echo text >file && git add file && git commit -q -m first
echo cloned text >file && git commit -q -a -m second
git log --format=%s
git clone -q . ../clone
cd ../clone
cat file
git diff --shortstat HEAD~1 | cut -d, -f1 | sed 's/^ //'
git -c gc.auto=0 gc -q && git fsck --no-progress && git stash list && git worktree add -q ../other HEAD
[ -z "$(git status --porcelain)" ] && echo clean
