# required
# needs: bash mkfifo
# prints: pipe 3
# prints: subshell 7
# prints: here document
# prints: through a fifo
# prints: job 5
# prints: process substitution 2
# prints: trapped
# prints: coprocess back
bash -eu <<'END'
echo "pipe $(printf '%s\n' a b c | cat | wc -l)"
(exit 7) || echo "subshell $?"
cat <<TEXT
here document
TEXT
mkfifo pipe
echo 'through a fifo' >pipe & cat pipe; wait
(sleep 0.1; exit 5) & wait $! || echo "job $?"
echo "process substitution $(wc -l < <(printf '1\n2\n'))"
trap 'echo trapped' USR1; kill -USR1 $$
coproc cat; echo back >&"${COPROC[1]}"; read -r line <&"${COPROC[0]}"; echo "coprocess $line"
END
