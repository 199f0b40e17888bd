import subprocess, os, shlex
IMAGE = "alpine:3"
DOCKER = "docker"

def one():
    subprocess.run(["docker", "run", "--privileged", "--rm", IMAGE], check=True)

def two(debug, image):
    args = ["docker", "run", "--rm"]
    if debug:
        args.append("--privileged")
    args += ["-v", "/var/run/docker.sock:/var/run/docker.sock"]
    args.extend(["--network", "host"])
    args.append(image)
    subprocess.check_call(args)

def three(x):
    subprocess.run(f"docker run --privileged {x} alpine", shell=True)
    os.system('docker run --pid=host alpine')
    # cagelint: ignore[privileged] needed
    subprocess.Popen([DOCKER, "run", "--privileged", IMAGE])

class A:
    def open(self):
        words = [self.tool.engine, "create", "--pull", "always", *self.tool.more, self.tool.image]
        subprocess.run(words)
    def base(self):
        args = ["run", "--privileged"]
        if self.x:
            return args
        args.append("-d")
        return args
    def go(self):
        subprocess.run(["docker", *self.base(), "alpine"])

def wrap(cmd):
    return subprocess.run(cmd)
def use():
    wrap(["docker", "run", "--pid", "host", "alpine"])
