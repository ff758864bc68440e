#!/usr/bin/env python3
"""Run the benches and set them beside Linux's figures: `make bench`.

Under -icount the time-stamp counter counts guest instructions, so one run
is enough and every host gives the same figures.  Writes build/bench.json.
"""
import argparse
import fnmatch
import json
import os
import re
import sys

from ktest.machine import RELEASE_ELF, BadSetting, Machine
from ktest.process import Limits, Process

BASELINE = "tests/bench/linux-6.1.tsv"
ICOUNT = ("-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off")
LINE = re.compile(r"^# bench: (\S+) (\d+) (\d+)\r?$", re.M)
SKIPPED = re.compile(r"^# bench (\S+) skipped: (.*?)\r?$", re.M)
PANIC = re.compile(r"^Kernel panic.*", re.M)


def baseline():
    """name -> instructions of Linux without SMP, in the file's order."""
    figures = {}
    with open(BASELINE) as lines:
        for line in lines:
            if not line.startswith("#") and line.strip():
                name, figure = line.split("\t")[:2]
                figures[name] = int(figure)
    return figures


def boot(options):
    """Run the benches; return all that the kernel said."""
    machine = Machine(kernel=options.kernel, mem="4G",
                      words="bench=" + options.bench, extra=ICOUNT)
    machine.check()
    os.makedirs("build", exist_ok=True)
    process = Process(machine.qemu("build/bench.iso") +
                      ["-serial", "stdio", "-monitor", "none"],
                      "build/bench.log", Limits(300, 1800))
    while process.read(1.0) is not None:
        pass
    process.close()
    if process.killed:
        sys.exit("bench: %s; see build/bench.log" % process.killed)
    return process.text


def wanted(name, glob):
    """A part (a.free) is asked for by the name of its bench (a)."""
    return (fnmatch.fnmatchcase(name, glob) or
            fnmatch.fnmatchcase(name.split(".")[0], glob))


def table(found, linux):
    print("%-36s %8s %8s %7s" % ("instructions per operation", "Quire",
                                 "Linux", "ratio"))
    names = [n for n in linux if n in found]
    names += [n for n in found if n not in linux]
    for name in names:
        own = found[name][0]
        if name in linux:
            print("%-36s %8d %8d %7.2f%s" % (
                name, own, linux[name], own / linux[name],
                "  slower" if own > linux[name] else ""))
        else:
            print("%-36s %8d %8s" % (name, own, "-"))


def write_json(found, linux, path):
    rows = [dict(name=name, instructions=own, iterations=count,
                 linux=linux.get(name))
            for name, (own, count) in found.items()]
    with open(path, "w") as out:
        json.dump(dict(unit="guest instructions per operation",
                       benches=rows), out, indent=1)
        out.write("\n")


def verdict(text, found, linux, glob):
    """Tell what is missing; the exit status."""
    compared = [(found[n][0], linux[n]) for n in linux if n in found]
    print("\n%d compared: %d at or below Linux, %d at or below half of it" %
          (len(compared), sum(a <= b for a, b in compared),
           sum(2 * a <= b for a, b in compared)))
    errors = [match[0] for match in PANIC.finditer(text)]
    reasons = dict(SKIPPED.findall(text))
    for name in linux:
        if name not in found and wanted(name, glob):
            errors.append("missing: %s %s" % (
                name, reasons.get(name.split(".")[0], "")))
    if not found:
        errors.append("no bench is called " + glob)
    for error in errors:
        print("bench: " + error.strip())
    return 1 if errors else 0


def main():
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--kernel", default=RELEASE_ELF)
    parser.add_argument("--bench", default="*", metavar="GLOB")
    options = parser.parse_args()
    linux = baseline()
    try:
        text = boot(options)
    except BadSetting as error:
        sys.exit("bench: %s" % error)
    found = {name: (int(own), int(count))
             for name, own, count in LINE.findall(text)}
    table(found, linux)
    write_json(found, linux, "build/bench.json")
    return verdict(text, found, linux, options.bench)


if __name__ == "__main__":
    sys.exit(main())
