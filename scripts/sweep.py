#!/usr/bin/env python3
"""Every allocation of every case failed in turn: `make sweep ONLY=SUITES`.

Boots the checked kernel with the word `sweep`, then prints what it said of each
suite, and what it found.  Of the few cases with more than a thousand attempts
(one takes all memory, a page at a time) the later ones are sampled.
"""
import argparse
import os
import re
import sys

from ktest.boot import BootSession
from ktest.machine import BadSetting, Machine, elf
from ktest.process import Limits

FOLDER = "build/sweep"
# A suite's figures, a run with something wrong, and what it printed.
SAID = re.compile(r"^# \w+: \d+ cases, |^    # \w+\.\w+: attempt |^    # \| ")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--suites", default="*", metavar="GLOB")
    parser.add_argument("--limit", type=int, default=1000,
                        help="at most so many runs of a case, 0: no limit")
    parser.add_argument("--kernel", default=elf())
    parser.add_argument("--mem", default="256M")
    options = parser.parse_args()
    words = "sweep=%s sweep.limit=%d kunit.timeout=0" % (options.suites,
                                                         options.limit)
    machine = Machine(kernel=options.kernel, mem=options.mem, words=words)
    os.makedirs(FOLDER, exist_ok=True)
    try:
        machine.check()
        result = BootSession("sweep", machine,
                             limits=Limits(3600, 3600 * 24)).run(FOLDER)
    except BadSetting as error:
        sys.exit("sweep: %s" % error)
    with open(result.log, errors="replace") as lines:
        for line in lines:
            if SAID.match(line):
                print(line.rstrip())
    failed = [item for item in result.items if item.status == "failed"]
    for item in failed:
        print("FAILED %s" % item.name)
    print("log: %s, %d s" % (result.log, result.seconds))
    return 1 if failed or not result.items else 0


if __name__ == "__main__":
    sys.exit(main())
