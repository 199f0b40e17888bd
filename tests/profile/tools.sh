# required
# needs: tar gzip find sed grep awk xargs
# prints: packed 3
# prints: link a
# prints: times 2001-02-03
# prints: compared
# prints: mode 640
# prints: parallel 2
# prints: sorted 1 2 3
mkdir -p tree/sub && echo one >tree/a && echo two >tree/sub/b && ln -s a tree/link && mkfifo tree/fifo
tar -czf tree.tar.gz tree && rm -r tree && tar -xzf tree.tar.gz
echo "packed $(find tree -type f -o -type l | wc -l)"
echo "link $(readlink tree/link)"
touch -d 2001-02-03 tree/a && echo "times $(date -r tree/a +%F)"
cp -a tree copy && diff -r --exclude=fifo tree copy && echo compared
install -m 640 tree/a installed && echo "mode $(stat -c %a installed)"
echo "parallel $(printf '%s\n' tree/a tree/sub/b | xargs -P 2 -n 1 cat | grep -c -e one -e two)"
echo "sorted $(printf '3\n1\n2\n' | sort -n | xargs)"
timeout 5 nice -n 1 dd if=/dev/zero of=zeros bs=64k count=4 conv=fsync 2>/dev/null
df . >/dev/null && du -s . >/dev/null && id >/dev/null && uname -a >/dev/null
