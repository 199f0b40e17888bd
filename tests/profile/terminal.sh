# required
# needs: python3 bash
# prints: a terminal of 40 lines
# prints: job control
# prints: interrupted
# A terminal of its own, as tmux and editors open one: sizes, line editing, job control, control keys.
python3 - <<'END'
import fcntl, os, pty, select, struct, termios, time
pid, terminal = pty.fork()
if pid == 0:
    os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
text = b""
def until(what):
    global text
    end = time.time() + 20
    while what not in text and time.time() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            text += os.read(terminal, 65536)
    assert what in text, text
    text = b""
os.write(terminal, b"PS1='$'; stty size | sed 's/^/size=/'\n")
until(b"size=40 100")
print("a terminal of 40 lines")
os.write(terminal, b"sleep 60 & fg\n")
time.sleep(0.5)
os.write(terminal, b"\x1a")
until(b"Stopped")
print("job control")
os.write(terminal, b"fg || echo code=$?\n")
time.sleep(0.5)
os.write(terminal, b"\x03")
os.write(terminal, b"echo code=$?\n")
until(b"code=130")
print("interrupted")
os.write(terminal, b"exit\n")
os.waitpid(pid, 0)
END
