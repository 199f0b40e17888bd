# needs: tmux
# prints: hello from tmux
# What is waited for is the file: a client of a server that is about to end may wait for ever. So the
# server also outlives the client that made it.
tmux -S ./socket -f /dev/null new-session -d -x 80 -y 24 "echo hello from tmux >part; mv part out; sleep 1"
tries=0
until [ -e out ] || [ "$tries" -eq 300 ]; do tries=$((tries + 1)); sleep 0.1; done
cat out
