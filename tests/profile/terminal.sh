# required
# needs: python3 bash
# prints: a terminal of 40 lines
# prints: stopped
# prints: interrupted
# A terminal of its own, as tmux and editors open one: sizes, job control, control keys.
python3 - <<'END'
import fcntl, os, pty, select, struct, termios, time
pid, terminal = pty.fork()
if pid == 0:
    os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))

def until(what, key=b""):
    """Reads until `what` comes, and presses `key` whenever nothing comes for a while."""
    text, end = b"", time.time() + 60
    while what not in text:
        assert time.time() < end, text[-500:]
        if select.select([terminal], [], [], 0.5)[0]:
            text += os.read(terminal, 65536)
        elif key:
            os.write(terminal, key)

# What is typed is echoed: what is waited for is spelled otherwise there.
os.write(terminal, b"stty size | sed 's/^/size=/'\n")
until(b"size=40 100")
print("a terminal of 40 lines")
os.write(terminal, b"sh -c 'trap \"echo got=$((1 + 1)); exit\" INT; echo at=$((2 + 2)); while sleep 0.1; do :; done'\n")
until(b"at=4")
until(b"Stopped", b"\x1a")
print("stopped")
os.write(terminal, b"fg\n")
until(b"got=2", b"\x03")
print("interrupted")
os.write(terminal, b"exit\n")
os.close(terminal)
os.waitpid(pid, 0)
END
