#!/usr/bin/env python3
"""Every allocation of every case failed in turn: `make sweep ONLY=SUITES`.

Each case that can runs in the kernel as a program of this machine, which is
fast and under sanitizers; the suites that need a machine, or all if one is
asked for (--smp), run in QEMU. What cases lose that give up would add up, so
that a new kernel is started after some attempts, which goes on with the next.
Prints the figures of each suite, and what was found.
"""
import argparse
import fnmatch
import os
import re
import subprocess
import sys
import time

from ktest import native
from ktest.boot import BootSession
from ktest.machine import BadSetting, Machine, elf
from ktest.process import Limits

FOLDER = "build/sweep"
LIMITS = Limits(900, 3600)
CASE = re.compile(r"^(\w+)\.(\w+)\r?$", re.M)
FIGURES = re.compile(r"^# sweep: (\d+) cases, (\d+) runs, "
                     r"(\d+) failures injected, (\d+) leaks, (\d+) crashes, "
                     r"(\d+) others; (\d+) gave up holding")
WORDS = ("%d cases, %d runs, %d failures injected, %d leaks, %d crashes, "
         "%d others; %d gave up holding")
INJECTED = 2
# A run with something wrong, and what it printed.
SAID = re.compile(r"^    # \w+\.\w+: attempt |^    # \| ")


class Program:
    """The kernel as a program: a new one for each case."""
    AT_ONCE = 200

    def __init__(self, options):
        self.elf = os.path.join(".", options.host)

    def listing(self):
        return [self.elf, "test", "kunit.action=list"]

    def session(self, name, words):
        argv = (self.elf,) + native.SWEEP_MAP + words
        return native.NativeSession(name, argv=argv, limits=LIMITS)

    @staticmethod
    def parts(suite, cases):
        return ["%s.%s" % (suite, case) for case in cases]


class Emulated:
    """The kernel in QEMU, where a start takes longer: once for a suite."""
    AT_ONCE = 100

    def __init__(self, options):
        self.options = options

    def machine(self, words):
        made = Machine(kernel=self.options.kernel, mem=self.options.mem,
                       smp=self.options.smp or "1", words=" ".join(words))
        made.check()
        return made

    def listing(self):
        return (self.machine(("test", "kunit.action=list")).qemu(None) +
                ["-serial", "stdio"])

    def session(self, name, words):
        return BootSession(name, self.machine(words), limits=LIMITS)

    @staticmethod
    def parts(suite, _cases):
        return [suite]


def suites(where, wanted):
    """The cases of each suite, as the kernel lists them."""
    listed = subprocess.run(where.listing(), timeout=300, check=False,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL).stdout
    found = {}
    for suite, case in CASE.findall(listed.decode(errors="replace")):
        if suite != "kunit_init" and fnmatch.fnmatch(suite, wanted):
            found.setdefault(suite, []).append(case)
    return found


def run(session):
    """Figures, None if it did not come to them; prints what was found."""
    result = session.run(FOLDER)
    figures = None
    with open(result.log, errors="replace") as lines:
        for line in lines:
            found = FIGURES.match(line)
            if found:
                figures = [int(n) for n in found.groups()]
            elif SAID.match(line):
                print(line.rstrip(), flush=True)
    failed = [item for item in result.items if item.status == "failed"]
    if failed or not figures:
        print("FAILED %s: %s, log: %s" %
              (session.name, " ".join(session.describe().split()),
               result.log), flush=True)
    return figures, not failed


def sweep_part(where, part, limit):
    """All attempts of a suite or a case, or about as many as limit says."""
    sums, first = [0] * 7, 1
    while True:
        last = first + where.AT_ONCE - 1
        words = ("sweep=" + part, "kunit.timeout=0")
        words += (("sweep.limit=%d" % limit,) if limit else
                  ("sweep.limit=0", "sweep.first=%d" % first,
                   "sweep.last=%d" % last))
        figures, good = run(where.session(part, words))
        if not figures:
            return sums, False
        if first > 1:
            figures[0] = 0      # the same cases
        sums = [a + b for a, b in zip(sums, figures)]
        if not good or limit or figures[INJECTED] < where.AT_ONCE:
            return sums, good
        first = last + 1


def sweep_suite(where, suite, cases, limit):
    """Figures of all its cases; whether all went well."""
    sums, good, started = [0] * 7, True, time.monotonic()
    for part in where.parts(suite, cases):
        figures, well = sweep_part(where, part, limit)
        sums = [a + b for a, b in zip(sums, figures)]
        good &= well
    if sums[0]:
        print("%s: %s; %.0f s" % (suite, WORDS % tuple(sums),
                                  time.monotonic() - started), flush=True)
    return sums, good


def sweep(options):
    """Does all of them; the figures, and the suites with something wrong."""
    done, totals, wrong = set(), [0] * 7, []
    places = [Emulated(options)]
    if not options.smp:
        places.insert(0, Program(options))
    for where in places:
        for suite, cases in suites(where, options.suites).items():
            if suite in done:
                continue
            done.add(suite)
            figures, good = sweep_suite(where, suite, cases, options.limit)
            totals = [a + b for a, b in zip(totals, figures)]
            if not good:
                wrong.append(suite)
    return len(done), totals, wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--suites", default="*", metavar="GLOB")
    parser.add_argument("--limit", type=int, default=0,
                        help="at most so many runs of a case, 0: no limit")
    parser.add_argument("--kernel", default=elf())
    parser.add_argument("--host", default=native.ELF,
                        help="the kernel as a program")
    parser.add_argument("--mem", default="256M")
    parser.add_argument("--smp", default="", metavar="CPUS",
                        help="all in a machine of so many CPUs")
    options = parser.parse_args()
    os.makedirs(FOLDER, exist_ok=True)
    started = time.monotonic()
    try:
        nr_suites, totals, wrong = sweep(options)
    except BadSetting as error:
        sys.exit("sweep: %s" % error)
    if not nr_suites:
        sys.exit("sweep: no suite matches \"%s\"" % options.suites)
    print("%d suites, %s; %.0f s" % (nr_suites, WORDS % tuple(totals),
                                     time.monotonic() - started))
    if wrong:
        print("something is wrong in: " + " ".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
