import subprocess
from subprocess import run

# odd but legal
async def a(self, tag: str = "x", *, k=None, **kw) -> "str":
    proc = await asyncio.create_subprocess_exec("docker", "run", "--privileged",
        *self.opts,  # docker "run"
        f"img:{tag}", stdout=PIPE)
    x = ["docker", "run", "-v", os.path.join(os.getcwd(), "x") + ":/x", "-e", "A=%s" % tag, "-u", "{}:{}".format(uid, gid), image]
    self._exec(x)
    if k: cmd = ["docker", "run"]
    else: cmd = ["podman", "run"]
    for m in mounts: cmd += ["-v", m]
    cmd += ["--privileged"] if kw.get("p") else []
    cmd.append("alpine")
    self.log.info("running %s", cmd)
    return subprocess.run(cmd, check=True, text=True).stdout

def b():
    """docker run --privileged alpine"""
    print("docker run --privileged alpine")
    assert cmd == ["docker", "run", "--privileged", "alpine"]
    s = "docker run " \
        "--privileged " \
        "alpine"
    os.system(s)
    subprocess.run(shlex.split("docker run --pid host alpine"))
    subprocess.run("podman run --pid host alpine".split())
    cmd = " ".join(["docker", "run", "--privileged", "alpine"])
    subprocess.Popen(cmd, shell=True)
    os.execvp("docker", ["docker", "run", "--privileged", "alpine"])
def c():
    StdioServerParameters(command="docker", args=["run", "-i", "--rm", "-v", "/:/host", "mcp/x"], env=None)
    match x:
        case "a":
            c = ["--privileged"]
        case _:
            c = []
    run(["docker", "run", *c, "alpine"])
    try:
        run(["docker", "run", "-d", "alpine"])
    except Exception as e:
        raise SystemExit(1)
    finally:
        run(["docker", "rm", "-f", "x"])
    with open("x") as f:
        return ["docker", "run", "--privileged", "alpine"]
r'''raw \x''' + b'''bytes'''
def d():
    run(['docker', 'run', '-v', '/var/run/docker.sock:/var/run/docker.sock',
         '--privileged',
         'alp\x69ne'])
	# tab
def e(image, cmd=None):
    args = ["docker", "run", "--rm"]
    args = args + ["--network", "host"]
    args = [*args, "--ipc=host"]
    args.insert(2, "-it")
    args.append(image)
    os.execvp(args[0], args)
def f():
    subprocess.run(["sudo", "docker", "run", "--privileged", "alpine"])
    subprocess.run(["bash", "-c", "docker run --privileged alpine"])
    subprocess.run(["ls", "docker"])
    "docker run".split()
