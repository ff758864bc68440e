#!/usr/bin/env python3
"""Random load for as long as one likes: `make torture TIME=60`.

Boots the kernel with the torture suites again and again, on 1, 2, 4 and 8
CPUs in turn and with a new seed each time, until the minutes are over or a
boot fails.  Where the host has fewer processors, the CPUs take turns in every
first round, which is fast, and are threads of their own in every second.
Each line names the seed; what it says can be repeated by hand:

    make run SMP=4 APPEND="test=torture_* torture.seed=0x1234"
"""
import argparse
import os
import random
import sys
import time

from ktest.boot import BootSession
from ktest.machine import BadSetting, Machine, elf
from ktest.process import Limits

FOLDER = "build/torture"
CPUS = (1, 2, 4, 8)


PARALLEL = ("-accel", "tcg,thread=multi")


def session(options, cpus, seed, parallel):
    words = "test=%s kunit.timeout=0 torture.rounds=%d torture.seed=%#x" % (
        options.suites, options.rounds, seed)
    machine = Machine(kernel=options.kernel, mem=options.mem,
                      smp=str(cpus), words=words,
                      extra=PARALLEL if parallel else ())
    machine.check()
    return BootSession("cpus-%d-seed-%x" % (cpus, seed), machine,
                       limits=Limits(600, 3600 * 24))


def one(options, cpus, seed, parallel):
    """True if all went well; then the log goes."""
    result = session(options, cpus, seed, parallel).run(FOLDER)
    failed = [item for item in result.items if item.status == "failed"]
    passed = [item for item in result.items if item.status == "passed"]
    print("cpus=%d torture.seed=%#010x torture.rounds=%d: "
          "%d passed, %d failed, %d s" %
          (cpus, seed, options.rounds, len(passed), len(failed),
           result.seconds), flush=True)
    for item in failed:
        print("  %s" % item.name)
        for line in item.lines[-20:]:
            print("    %s" % line)
    if failed or not passed:
        print("  log: %s" % result.log)
        return False
    os.remove(result.log)
    return True


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--time", type=float, default=10, metavar="MINUTES")
    parser.add_argument("--rounds", type=int, default=10,
                        help="how often each suite does its steps")
    parser.add_argument("--suites", default="torture_*", metavar="GLOB")
    parser.add_argument("--kernel", default=elf())
    parser.add_argument("--mem", default="1536M",
                        help="enough for highmem by default")
    options = parser.parse_args()
    os.makedirs(FOLDER, exist_ok=True)
    end = time.monotonic() + options.time * 60
    boots = 0
    try:
        while boots < len(CPUS) or time.monotonic() < end:
            if not one(options, CPUS[boots % len(CPUS)],
                       random.getrandbits(32) | 1,
                       boots // len(CPUS) % 2 == 1):
                return 1
            boots += 1
    except BadSetting as error:
        sys.exit("torture: %s" % error)
    except KeyboardInterrupt:
        print()
    print("%d boots, none failed" % boots)
    return 0


if __name__ == "__main__":
    sys.exit(main())
