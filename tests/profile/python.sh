# required
# needs: python3
# prints: threads 4950
# prints: subprocess out
# prints: processes [0, 1, 4, 9]
# prints: asyncio child
# prints: loopback pong
# prints: unix pong
# prints: names 127.0.0.1
# prints: shared memory 42
# prints: sqlite 3
# prints: files ['a']
# prints: random 16
cat >main.py <<'END'
import asyncio, multiprocessing, os, socket, sqlite3, ssl, subprocess, sys, tempfile, threading
from multiprocessing import shared_memory

def square(n):
    return n * n

def answer(server):
    peer, _ = server.accept()
    peer.sendall(peer.recv(16).replace(b"ping", b"pong"))
    peer.close()

def ping(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as server:
        server.bind(address)
        server.listen()
        thread = threading.Thread(target=answer, args=(server,))
        thread.start()
        with socket.socket(family, socket.SOCK_STREAM) as client:
            client.connect(server.getsockname())
            client.sendall(b"ping")
            text = client.recv(16).decode()
        thread.join()
        return text

async def child():
    process = await asyncio.create_subprocess_exec("echo", "child", stdout=subprocess.PIPE)
    return (await process.communicate())[0].decode().strip()

def main():
    total = []
    threads = [threading.Thread(target=lambda n=n: total.append(n)) for n in range(100)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    print("threads", sum(total))
    print("subprocess", subprocess.run(["sh", "-c", "echo out"], capture_output=True, text=True).stdout.strip())
    with multiprocessing.Pool(2) as pool:
        print("processes", pool.map(square, range(4)))
    print("asyncio", asyncio.run(child()))
    print("loopback", ping(socket.AF_INET, ("127.0.0.1", 0)))
    print("unix", ping(socket.AF_UNIX, "socket"))
    print("names", socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)[0][4][0])
    socket.if_nameindex()
    memory = shared_memory.SharedMemory(create=True, size=16)
    memory.buf[0] = 42
    print("shared memory", memory.buf[0])
    memory.close(); memory.unlink()
    ssl.create_default_context()
    base = sqlite3.connect("base.sqlite")
    base.execute("pragma journal_mode = wal")
    base.execute("create table t (n)")
    base.executemany("insert into t values (?)", [(1,), (2,)])
    base.commit()
    print("sqlite", base.execute("select sum(n) from t").fetchone()[0])
    with tempfile.TemporaryDirectory() as folder:
        open(os.path.join(folder, "a"), "w").close()
        print("files", os.listdir(folder))
    print("random", len(os.urandom(16)))

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn" if len(sys.argv) > 1 else "fork")
    main()
END
python3 main.py
