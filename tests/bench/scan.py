#!/usr/bin/env python3
"""Scans generated trees with cagelint and with grep, and prints what both cost.

    tests/bench/scan.py CAGELINT [FILES...]      default: 1000 10000 100000
    tests/bench/scan.py CAGELINT --start         one compose file of 2 KB, against /bin/true
    tests/bench/scan.py CAGELINT --dclint FOLDER against dclint (npm install dclint) on compose files

One file in a hundred is of interest. Runs are interleaved, and the median counts; caches are warm.
The tree is the same for the same number.
"""
import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

COMPOSE = """services:
  web:
    image: nginx:1.27
    ports: ["127.0.0.1:8080:80"]
  job:
    image: alpine:3.22
    network_mode: none
    read_only: true
"""
SCRIPT = "#!/bin/sh\nset -eu\ndocker run --rm --network none -v \"$PWD:/w:ro\" alpine:3.22 ls /w\n"
WORDS = ("the of and to in is for on with as by at from that this it are was be has "
         "value index result return import const static include while buffer").split()
ENDINGS = "py js ts go c h cpp md json yml yaml txt html css rs java svg sh".split()


def text(source):
    size = int(source.lognormvariate(7.3, 1.0))
    out, length = [], 0
    while length < size:
        line = " ".join(source.choices(WORDS, k=10))
        out.append(line)
        length += len(line) + 1
    return "\n".join(out) + "\n"


def generate(root, files):
    source = random.Random(files)
    texts = [text(source) for _ in range(500)]
    folder = root
    for i in range(files):
        if i % 12 == 0:
            parts = [f"d{source.randrange(20)}" for _ in range(source.randrange(1, 6))]
            folder = os.path.join(root, *parts, f"p{i}")
            os.makedirs(folder)
        if i % 100 == 0:
            name, content = source.choice([("compose.yaml", COMPOSE), (f"run{i}.sh", SCRIPT)])
        else:
            # Scripts are read whatever they say: one in a thousand is one.
            ending = source.choice(ENDINGS[:-1] if i % 1000 else ENDINGS)
            name, content = f"f{i}.{ending}", source.choice(texts)
        with open(os.path.join(folder, name), "w") as file:
            file.write(content)


def run(arguments, **options):
    """Seconds, seconds of processor, peak KiB."""
    begin = time.perf_counter()
    child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    child.returncode = status
    if os.WIFSIGNALED(status):
        sys.exit(f"{arguments[0]} ended by signal {os.WTERMSIG(status)}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def medians(commands, times):
    """Interleaved, so that what else the machine does falls on all."""
    seen = {name: [] for name, _, _ in commands}
    for _ in range(times):
        for name, arguments, options in commands:
            seen[name].append(run(arguments, **options))
    return {name: tuple(statistics.median(column) for column in zip(*rows))
            for name, rows in seen.items()}


def show(name, row, files=0):
    wall, cpu, peak = row
    print(f"  {name:<28}{wall * 1000:9.1f} ms  cpu {cpu * 1000:8.1f} ms ({cpu / wall:4.2f} cores)"
          f"  peak {peak / 1024:6.1f} MiB" + (f"  {peak * 1024 / files:6.0f} bytes a file" if files else ""))


def scan(cagelint, files, times):
    with tempfile.TemporaryDirectory() as work:
        root = work + "/tree"
        os.mkdir(root)
        generate(root, files)
        time.sleep(3)  # what changed a moment ago is not remembered
        cache = work + "/cache"
        check = [cagelint, "check", "--no-config"]
        grep = ["grep", "-rlE", "docker|podman|services:", root]
        inside = {"cwd": root}
        run(check, **inside)
        cached = check + ["--cache", cache]
        rows = medians([("grep -rlE", grep, {}), ("cagelint", check, inside),
                        ("cagelint --jobs 1", check + ["--jobs", "1"], inside),
                        ("cagelint --cache, first", ["sh", "-c", f'rm -rf "{cache}"; exec "$@"', "sh", *cached],
                         inside),
                        ("cagelint --cache, again", cached, inside),
                        ("cagelint --format jsonl", check + ["--format", "jsonl"], inside)], times)
        print(f"{files} files, {files // 100} of interest (medians of {times})")
        for name, row in rows.items():
            show(name, row, files)
        of = lambda name: rows[name][0]
        again = of("cagelint --cache, again")
        print(f"  cagelint : grep {of('cagelint') / of('grep -rlE'):.2f}, again : first with a cache"
              f" {again / of('cagelint --cache, first'):.2f}, again : without {again / of('cagelint'):.2f}")


# What projects have: a database, what serves, what works, and what stands in front.
PROJECT = """# The services of the shop, for development.
name: shop

services:
  proxy:
    image: nginx:1.27.2
    restart: unless-stopped
    ports:
      - "127.0.0.1:8080:80"
      - "127.0.0.1:8443:443"
    volumes:
      - ./proxy/nginx.conf:/etc/nginx/nginx.conf:ro
      - ./proxy/certs:/etc/nginx/certs:ro
    depends_on:
      - web

  web:
    build:
      context: .
      dockerfile: docker/web.Dockerfile
      args:
        NODE_ENV: development
    image: example.org/shop/web:1.4.0
    command: ["npm", "run", "serve"]
    user: "1000:1000"
    read_only: true
    tmpfs:
      - /tmp:size=64m
    environment:
      DATABASE_URL: postgres://shop@db/shop
      CACHE_URL: redis://cache:6379/0
      LOG_LEVEL: ${LOG_LEVEL:-info}
    volumes:
      - ./src:/app/src:ro
      - uploads:/app/uploads
    depends_on:
      db:
        condition: service_healthy
      cache:
        condition: service_started
    deploy:
      resources:
        limits:
          cpus: "1.5"
          memory: 512m
          pids: 200

  worker:
    image: example.org/shop/worker:1.4.0
    command: ["npm", "run", "work"]
    user: "1000:1000"
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    environment:
      - DATABASE_URL=postgres://shop@db/shop
      - CACHE_URL=redis://cache:6379/0
    volumes:
      - uploads:/app/uploads
    depends_on: [db, cache]

  db:
    image: postgres:16.4
    restart: unless-stopped
    environment:
      POSTGRES_USER: shop
      POSTGRES_PASSWORD_FILE: /run/secrets/db_password
    secrets: [db_password]
    volumes:
      - data:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U shop"]
      interval: 10s
      retries: 5

  cache:
    image: redis:7.4
    command: ["redis-server", "--save", "", "--appendonly", "no"]
    networks: [default]

volumes:
  data:
  uploads:

secrets:
  db_password:
    file: ./secrets/db_password
"""


def start(cagelint, times):
    with tempfile.TemporaryDirectory() as work:
        path = work + "/compose.yaml"
        with open(path, "w") as file:
            file.write(PROJECT)
        # As it is installed. A linker writes a file in pieces, which then lie in small pages of the
        # cache: that costs each start a millisecond.
        cagelint = shutil.copy(cagelint, work + "/cagelint")
        rows = medians([("/bin/true", ["/bin/true"], {}),
                        ("cagelint --version", [cagelint, "--version"], {}),
                        ("cagelint compose.yaml", [cagelint, "check", "--no-config", path], {})], times)
        print(f"one file of {os.path.getsize(path)} bytes (medians of {times})")
        for name, row in rows.items():
            show(name, row)
        print(f"  more than /bin/true: {(rows['cagelint compose.yaml'][0] - rows['/bin/true'][0]) * 1000:.2f} ms")


def against_dclint(cagelint, folder, times):
    if not shutil.which("dclint"):
        sys.exit("dclint is not on PATH: npm install dclint, and put node_modules/.bin on PATH")
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder))
    rows = medians([("dclint", ["dclint", *paths], {}),
                    ("cagelint", [cagelint, "check", "--no-config", "--carrier", "compose", *paths], {})], times)
    print(f"{len(paths)} compose files (medians of {times})")
    for name, row in rows.items():
        show(name, row)
    print(f"  dclint : cagelint {rows['dclint'][0] / rows['cagelint'][0]:.0f}")


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("cagelint")
parser.add_argument("files", nargs="*", type=int, default=[1000, 10000, 100000])
parser.add_argument("--start", action="store_true")
parser.add_argument("--dclint", metavar="FOLDER")
parser.add_argument("--times", type=int, default=0)
options = parser.parse_args()
program = os.path.abspath(options.cagelint)
if options.start:
    start(program, options.times or 101)
elif options.dclint:
    against_dclint(program, options.dclint, options.times or 3)
else:
    for number in options.files:
        scan(program, number, options.times or 9)
