#!/usr/bin/env python3
"""Run the fuzzers of tests/fuzz: what `make fuzz` calls.

    python3 scripts/fuzz.py [--time MINUTES] [--target NAME,...] [--keep]

Two targets at a time, TIME minutes together. Each starts from what is kept
in tests/fuzz/corpus/NAME/ and from what earlier runs found, in
build/fuzz/NAME/. What ends the kernel is put into tests/fuzz/found/NAME/.
--keep makes a new tests/fuzz/corpus out of both, small enough to be kept.

Exit status 0 only if nothing was found.
"""
import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ELF = "build/host-fuzz/fuzz"
KEPT = "tests/fuzz/corpus"
FOUND = "tests/fuzz/found"
WORK = "build/fuzz"
JOBS = 2
KEEP_FILES = 28             # of each target
KEEP_BYTES = 30000
SINGLE_LIMIT = 20           # seconds for one input: then it hangs

# Signals are the kernel's exceptions. The memory file counts as resident.
OPTIONS = ["-handle_segv=0", "-handle_bus=0", "-handle_ill=0",
           "-handle_fpe=0", "-rss_limit_mb=0", "-print_final_stats=1",
           "-timeout=%d" % SINGLE_LIMIT,
           # long programs soon: a state of many steps is what takes finding
           "-len_control=10", "-max_len=400"]


def targets():
    """The names, from the table of tests/fuzz."""
    names = []
    for path in sorted(glob.glob("tests/fuzz/*.c")):
        with open(path, encoding="utf-8") as lines:
            names += re.findall(r'\.name = "(\w+)",\s+\.run', lines.read())
    return names


def run(name, options, folders):
    """libFuzzer with a target; its exit status and what it printed."""
    env = dict(os.environ, ASAN_OPTIONS="symbolize=0")
    log = os.path.join(WORK, name + ".log")
    with open(log, "w", encoding="utf-8") as out:
        status = subprocess.run([ELF, "--target=" + name] + OPTIONS + options +
                                folders, stdout=out, stderr=out, env=env,
                                stdin=subprocess.DEVNULL,
                                check=False).returncode
    with open(log, encoding="utf-8", errors="replace") as lines:
        return status, lines.read()


def last(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def fuzz(name, seconds):
    """One target; a line of figures, and whether nothing was found."""
    new = os.path.join(WORK, name)
    found = os.path.join(FOUND, name)
    os.makedirs(new, exist_ok=True)
    os.makedirs(found, exist_ok=True)
    before = len(os.listdir(new))
    status, text = run(name, ["-max_total_time=%d" % seconds,
                              "-artifact_prefix=%s/" % found],
                       [new] + kept(name))
    line = "%-9s %9d %7d %8d %7d %6d" % (
        name, last(r"number_of_executed_units: (\d+)", text),
        last(r"average_exec_per_sec: +(\d+)", text),
        last(r"cov: (\d+)", text), last(r"ft: (\d+)", text),
        len(os.listdir(new)) - before)
    if not os.listdir(found):
        os.rmdir(found)
    if status == 0:
        return line, True
    why = re.findall(r"^(?:fuzz: |.*runtime error|.*ERROR).*", text, re.M)
    unit = re.findall(r"Test unit written to (\S+)", text)
    return "%s\n  FOUND %s\n  %s" % (line, " ".join(unit),
                                     why[0] if why else "see the log"), False


def kept(name):
    folder = os.path.join(KEPT, name)
    return [folder] if os.path.isdir(folder) else []


def keep(name):
    """The smallest inputs that together reach what all reach, up to a
    limit."""
    merged = os.path.join(WORK, name + ".merged")
    shutil.rmtree(merged, ignore_errors=True)
    os.makedirs(merged)
    run(name, ["-merge=1"], [merged, os.path.join(WORK, name)] + kept(name))
    folder = os.path.join(KEPT, name)
    named = [f for f in glob.glob(folder + "/*")
             if not re.fullmatch(r"[0-9a-f]{40}", os.path.basename(f))]
    chosen = choose(glob.glob(merged + "/*"))
    for path in set(glob.glob(folder + "/*")) - set(named):
        os.unlink(path)
    os.makedirs(folder, exist_ok=True)
    for path in chosen:
        shutil.copy(path, folder)
    print("%-9s %d files kept, %d of them by name" % (
        name, len(chosen) + len(named), len(named)))


def choose(paths):
    """Of all sizes some: each is another depth of steps."""
    paths = sorted(paths, key=lambda p: (os.path.getsize(p), p))
    if len(paths) > KEEP_FILES:
        step = len(paths) / KEEP_FILES
        paths = [paths[int((i + 1) * step) - 1] for i in range(KEEP_FILES)]
    while sum(map(os.path.getsize, paths)) > KEEP_BYTES:
        paths.pop()
    return paths


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--time", type=float, default=9)
    parser.add_argument("--target", default="")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    names = [n for n in targets()
             if not given.target or n in given.target.split(",")]
    if not names:
        print("no target %s; there are %s" % (given.target,
                                              " ".join(targets())))
        return 2
    os.makedirs(WORK, exist_ok=True)
    if given.keep:
        for name in names:
            keep(name)
        return 0
    seconds = max(1, int(given.time * 60 * min(JOBS, len(names)) / len(names)))
    print("%d targets, %d s each\n" % (len(names), seconds))
    print("target         runs  per s.    edges features    new", flush=True)
    good = True
    with ThreadPoolExecutor(JOBS) as pool:
        for line, well in pool.map(lambda n: fuzz(n, seconds), names):
            print(line, flush=True)
            good &= well
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
