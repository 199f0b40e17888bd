# needs: tmux
# prints: hello from tmux
tmux -S ./socket -f /dev/null new-session -d -x 80 -y 24 "echo hello from tmux >out; tmux -S ./socket wait-for -S done"
tmux -S ./socket wait-for done 2>/dev/null || sleep 1
cat out
