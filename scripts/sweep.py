#!/usr/bin/env python3
"""Every allocation of every case failed in turn: `make sweep ONLY=SUITES`.

Boots the checked kernel once for each suite, with the word `sweep`, so that
what cases lose that give up does not add up, and prints what it said of the
suite and what it found.  Of the few cases with more than a thousand attempts
the later ones are sampled.
"""
import argparse
import fnmatch
import os
import re
import subprocess
import sys

from ktest.boot import BootSession
from ktest.machine import BadSetting, Machine, elf
from ktest.process import Limits

FOLDER = "build/sweep"
CASE = re.compile(r"^(\w+)\.\w+\r?$", re.M)
FIGURES = re.compile(r"^# sweep: (\d+) cases, (\d+) runs, (\d+) failures ")
# A suite's figures, a run with something wrong, and what it printed.
SAID = re.compile(r"^# \w+: \d+ cases, |^    # \w+\.\w+: attempt |^    # \| ")


def machine(options, words):
    made = Machine(kernel=options.kernel, mem=options.mem, words=words)
    made.check()
    return made


def suites(options):
    """Their names, as the kernel lists them."""
    args = machine(options, "test kunit.action=list").qemu(None)
    listed = subprocess.run(args + ["-serial", "stdio"], timeout=300,
                            stdin=subprocess.DEVNULL, check=False,
                            stdout=subprocess.PIPE).stdout
    names = CASE.findall(listed.decode(errors="replace"))
    return [name for name in dict.fromkeys(names)
            if fnmatch.fnmatch(name, options.suites)]


def one(options, suite, totals):
    """True if nothing was wrong; adds the figures to totals."""
    words = "sweep=%s sweep.limit=%d kunit.timeout=0" % (suite, options.limit)
    session = BootSession(suite, machine(options, words),
                          limits=Limits(3600, 3600 * 24))
    result = session.run(FOLDER)
    failed = [item for item in result.items if item.status == "failed"]
    with open(result.log, errors="replace") as lines:
        for line in lines:
            figures = FIGURES.match(line)
            if figures:
                for i, figure in enumerate(figures.groups()):
                    totals[i] += int(figure)
            elif SAID.match(line):
                print(line.rstrip(), flush=True)
    if failed:
        print("FAILED %s, log: %s" % (suite, result.log), flush=True)
    return not failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--suites", default="*", metavar="GLOB")
    parser.add_argument("--limit", type=int, default=1000,
                        help="at most so many runs of a case, 0: no limit")
    parser.add_argument("--kernel", default=elf())
    parser.add_argument("--mem", default="256M")
    options = parser.parse_args()
    os.makedirs(FOLDER, exist_ok=True)
    totals = [0, 0, 0]
    try:
        found = [s for s in suites(options) if s != "kunit_init"]
        wrong = [s for s in found if not one(options, s, totals)]
    except BadSetting as error:
        sys.exit("sweep: %s" % error)
    print("%d suites, %d cases, %d runs, %d failures injected; "
          "%d suites with something wrong" %
          (len(found), totals[0], totals[1], totals[2], len(wrong)))
    return 1 if wrong or not totals[1] else 0


if __name__ == "__main__":
    sys.exit(main())
