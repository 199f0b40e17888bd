# With CAGELINT (the program) and CASE set: a job that `harden` leaves working, or an attack that
# works in the command as it was written and fails in the hardened one. Prints what is wrong.
set -u
echo payload >in
echo 'echo tool' >tool.sh
mkdir out
chown -R 1000:1000 .

# The program that runs inside, and what is true on the host where it got its way.
network=none
case $CASE in
  job) inside='cat in >out/result' worked='test "$(cat out/result)" = payload' ;;
  new-file) inside='echo x >/app/evil' worked='test -e evil' ;;
  changed-file) inside='echo evil >>/app/tool.sh' worked='grep -q evil tool.sh' ;;
  deleted-file) inside='rm -f /app/in' worked='test ! -e in' ;;
  git-hook) inside='mkdir -p .git/hooks && echo x >.git/hooks/pre-commit' worked='test -e .git/hooks/pre-commit' ;;
  root-file) inside='echo x >/bin/evil && echo PWNED' worked='grep -q PWNED log' ;;
  run-from-tmp) inside='cp /bin/busybox /tmp/echo && /tmp/echo PWNED' worked='grep -q PWNED log' ;;
  owner) inside='chown 0:4242 out && echo PWNED' worked='grep -q PWNED log' ;;
  device) inside='mknod out/null c 1 3 && echo PWNED' worked='grep -q PWNED log' ;;
  capabilities) inside='grep -q "CapBnd:.0000000000000000" /proc/self/status || echo PWNED' worked='grep -q PWNED log' ;;
  privileges) inside='become-root true && echo PWNED' worked='grep -q PWNED log' ;;
  fork-bomb) inside='(i=0; while [ $i -lt 500 ]; do sleep 5 & i=$((i + 1)); done)
      [ "$(ls -d /proc/[0-9]* | wc -l)" -gt 300 ] && echo PWNED' worked='grep -q PWNED log' ;;
  memory) inside='dd if=/dev/zero of=/dev/null bs=700M count=1 && echo PWNED' worked='grep -q PWNED log' ;;
  network) network=host inside='[ "$(grep -c : /proc/net/dev)" -gt 1 ] && echo PWNED' worked='grep -q PWNED log' ;;
  *) echo "no case $CASE"; exit 1 ;;
esac

# The engine of the tests has no bridge: the host's network stands for having one.
option=
[ "$network" = none ] || option='--network host'
cat >run.sh <<END
docker run $option -v "\$PWD:/app" -v "\$PWD/out:/app/out" -w /app probe:1 sh -c '$inside'
END
"$CAGELINT" harden run.sh >hardened.sh 2>notes || echo "harden failed: $(cat notes)"

sh run.sh >log 2>&1 || :
eval "$worked" || echo "as written it does not work: $(cat log)"

rm -rf out/* evil .git
echo payload >in
echo 'echo tool' >tool.sh
chown -R 1000:1000 in out tool.sh
sh hardened.sh >log 2>&1 || :
if [ "$CASE" = job ]; then
  eval "$worked" || echo "hardened it does not work: $(cat log)"
elif eval "$worked"; then
  echo "hardened it still works: $(cat hardened.sh)"
fi
[ "$(docker ps -aq | wc -l)" -le 1 ] || echo "the hardened container is still there"
