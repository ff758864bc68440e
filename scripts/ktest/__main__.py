"""Run the test sessions: what `make test` calls.

    python3 scripts/ktest [--only GLOB] [--jobs N] [--timeout S]
    python3 scripts/ktest [--only GLOB] --list | --variants

Exit status 0 only if at least one test ran and none failed.
"""
import argparse
import fnmatch
import os
import shutil
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor, as_completed

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
# pylint: disable=wrong-import-position
from ktest import (checks, dialogue, fuzz, host, matrix,    # noqa: E402
                   native, report)
from ktest.machine import make_words                        # noqa: E402
from ktest.process import QUIET_LIMIT, TOTAL_LIMIT, Limits  # noqa: E402
from ktest.result import Result                             # noqa: E402

FOLDER = "build/test"
# What takes a minute or more begins first: at the end it would run alone.
LONG = ("boot-bochs-32M", "boot-sweep", "coverage", "host*", "boot-*asan*",
        "bench", "check-tidy", "boot-bochs-*")


def sessions(limits):
    """All there is, in the order in which it begins."""
    found = [host.RunnerSession()] + native.sessions(limits)
    found += sorted(matrix.boots(limits), key=lambda s: -s.megabytes())
    found += dialogue.dialogues(limits)
    found += fuzz.sessions() + checks.sessions()
    return sorted(found, key=place)


def place(session):
    """The first of LONG that names it; all others come after those."""
    for number, glob in enumerate(LONG):
        if fnmatch.fnmatchcase(session.name, glob):
            return number
    return len(LONG)


class Memory:
    """Keeps the guests that run at one time within the host's memory."""

    def __init__(self, megabytes):
        self.free = self.all = megabytes
        self.changed = threading.Condition()

    def take(self, megabytes):
        megabytes = min(megabytes, self.all)
        with self.changed:
            self.changed.wait_for(lambda: megabytes <= self.free)
            self.free -= megabytes
        return megabytes

    def give(self, megabytes):
        with self.changed:
            self.free += megabytes
            self.changed.notify_all()


def available_megabytes():
    try:
        with open("/proc/meminfo") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) // 1024
    except OSError:
        pass
    return 1024


def run_one(session, memory, progress, lock):
    taken = memory.take(session.megabytes())
    with lock:
        progress.start(session)
    try:
        result = session.run(FOLDER)
    except Exception:           # a broken session is a failed session
        result = Result(session.name)
        result.add("session", traceback.format_exc().splitlines())
    finally:
        memory.give(taken)
    with lock:
        progress.finish(result)
    return result


def run_all(chosen, jobs):
    shutil.rmtree(FOLDER, ignore_errors=True)
    os.makedirs(FOLDER)
    memory = Memory(int(available_megabytes() * 0.9))
    progress = report.Progress(len(chosen))
    lock = threading.Lock()
    with ThreadPoolExecutor(jobs) as pool:
        futures = [pool.submit(run_one, s, memory, progress, lock)
                   for s in chosen]
        results = [f.result() for f in as_completed(futures)]
    order = {s.name: n for n, s in enumerate(chosen)}
    return sorted(results, key=lambda r: order[r.session])


def variants(chosen):
    """How make builds the kernels of these sessions, each once."""
    kernels = sorted({k for s in chosen for k in s.kernels()})
    return [words for words in map(make_words, kernels) if words]


def arguments():
    parser = argparse.ArgumentParser(prog="ktest")
    parser.add_argument("--only", default="*", metavar="GLOB")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--variants", action="store_true",
                        help="how make builds the kernels that are needed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--timeout", type=float, default=TOTAL_LIMIT)
    return parser.parse_args()


def main():
    options = arguments()
    limits = Limits(min(QUIET_LIMIT, options.timeout), options.timeout)
    globs = options.only.split(",")
    chosen = [s for s in sessions(limits)
              if any(fnmatch.fnmatch(s.name, g) for g in globs)]
    if options.variants:
        print("\n".join(variants(chosen)))
        return 0
    if options.list:
        for session in chosen:
            print("%-32s %s" % (session.name, session.describe()))
        return 0
    if not chosen:
        print("no session is called %s; `make test-list` names them" %
              options.only)
        print("\n0 passed, 0 failed")
        return 1
    results = run_all(chosen, options.jobs)
    report.junit(results, os.path.join(FOLDER, "junit.xml"))
    passed, failed = report.summary(results)
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
