#!/usr/bin/env python3
"""Run the benches and set them beside Linux's figures: `make bench`.

Under -icount the time-stamp counter counts guest instructions, so one run
is enough and every host gives the same figures.  Writes build/bench.json (or
build/bench-up.json for --up).

Fails when a figure is above Linux's, or above the one kept in
tests/bench/quire.tsv by more than the tolerance; --record writes that file.
Both files have a column for a kernel built for one CPU (UP, --up), and one
for a kernel for several that runs on one (SMP).
"""
import argparse
import fnmatch
import json
import os
import re
import sys

from ktest.machine import BadSetting, Machine, elf
from ktest.process import Limits, Process

LINUX = "tests/bench/linux-6.1.tsv"
OWN = "tests/bench/quire.tsv"
RECORD_HEAD = """\
# What each operation costs in Quire, in guest instructions: the figures that
# `make bench` holds new ones against.  `scripts/bench.py --record` writes
# this file; docs/benches.md tells when.
#
# name	UP	SMP
"""
COLUMNS = ("UP", "SMP")
ICOUNT = ("-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off")
LINE = re.compile(r"^# bench: (\S+) (\d+) (\d+)\r?$", re.M)
SKIPPED = re.compile(r"^# bench (\S+) skipped: (.*?)\r?$", re.M)
NEEDS = re.compile(r"^# bench (\S+) skipped: needs (\d+) CPUs\r?$", re.M)
LARGE_PAIR = re.compile(r"^page_pair_o[4-9]$")
PANIC = re.compile(r"^Kernel panic.*", re.M)


def rows(path):
    """name -> column -> figure, in the file's order."""
    figures = {}
    with open(path) as lines:
        for line in lines:
            if not line.startswith("#") and line.strip():
                name, *fields = line.rstrip("\n").split("\t")
                figures[name] = {column: int(field) for column, field
                                 in zip(COLUMNS, fields) if field.isdigit()}
    return figures


def kept(path, column):
    """name -> instructions, in the file's order."""
    return {name: row[column] for name, row in rows(path).items()
            if column in row}


def boot(options, glob, cpus="1"):
    """Run the benches; return all that the kernel said."""
    machine = Machine(kernel=options.kernel, mem="4G", smp=cpus,
                      words="bench=" + glob, extra=ICOUNT)
    machine.check()
    os.makedirs("build", exist_ok=True)
    process = Process(machine.qemu(options.log + ".iso") +
                      ["-serial", "stdio", "-monitor", "none"],
                      options.log + ".log", Limits(300, 1800))
    while process.read(1.0) is not None:
        pass
    process.close()
    if process.killed:
        sys.exit("bench: %s; see %s.log" % (process.killed, options.log))
    return process.text


def boots(options):
    """The words of one boot with one CPU, then of one with each other number
    that benches asked for.  The emulator runs CPUs in turn, so those repeat
    too."""
    text = boot(options, options.bench)
    if options.up:
        return text
    asked = {}
    for name, cpus in NEEDS.findall(text):
        asked.setdefault(cpus, []).append(name)
    for cpus, names in asked.items():
        text += boot(options, ",".join(names), cpus)
    return text


def wanted(name, glob):
    """A part (a.free) is asked for by the name of its bench (a)."""
    return (fnmatch.fnmatchcase(name, glob) or
            fnmatch.fnmatchcase(name.split(".")[0], glob))


def allowed(name, figure):
    """Another compiler may cost two or three instructions; a batch, a large
    block and a large area also depend on what was free before."""
    percent = 2
    if "_batch_" in name or name == "vmalloc_1024":
        percent = 15
    elif LARGE_PAIR.match(name):
        percent = 100
    return figure + max(3, figure * percent // 100)


def table(found, linux, recorded):
    print("%-34s %9s %9s %9s %6s" % ("instructions per operation", "Quire",
                                     "recorded", "Linux", "ratio"))
    for name, (own, _count) in found.items():
        ratio = "%.2f" % (own / linux[name]) if name in linux else "-"
        print("%-34s %9d %9s %9s %6s" % (name, own, recorded.get(name, "-"),
                                         linux.get(name, "-"), ratio))


def worse(found, linux, recorded):
    """One line for each figure that is too high."""
    errors = []
    for name, (own, _count) in found.items():
        if name in recorded and own > allowed(name, recorded[name]):
            errors.append("worse: %s %d, recorded %d" %
                          (name, own, recorded[name]))
        if name in linux and own > linux[name]:
            errors.append("slower than Linux: %s %d, Linux %d" %
                          (name, own, linux[name]))
    return errors


def record(found, path, column):
    """Replace one column; a bench that no column has any more goes."""
    old, new = rows(path), {}
    for name, (own, _count) in found.items():
        new[name] = dict(old.pop(name, {}), **{column: own})
    for name, row in old.items():
        row.pop(column, None)
        new.update({name: row} if row else {})
    with open(path, "w") as out:
        out.write(RECORD_HEAD)
        for name, row in new.items():
            out.write("\t".join([name] + [str(row.get(c, "-"))
                                          for c in COLUMNS]) + "\n")


def write_json(found, linux, path):
    rows = [dict(name=name, instructions=own, iterations=count,
                 linux=linux.get(name))
            for name, (own, count) in found.items()]
    with open(path, "w") as out:
        json.dump(dict(unit="guest instructions per operation",
                       benches=rows), out, indent=1)
        out.write("\n")


def verdict(text, found, linux, recorded, glob):
    """Tell what is missing or too high; the exit status."""
    compared = [(found[n][0], linux[n]) for n in linux if n in found]
    print("\n%d compared: %d at or below Linux, %d at or below half of it" %
          (len(compared), sum(a <= b for a, b in compared),
           sum(2 * a <= b for a, b in compared)))
    errors = [match[0] for match in PANIC.finditer(text)]
    reasons = dict(SKIPPED.findall(text))
    for name in {**linux, **recorded}:
        if name not in found and wanted(name, glob):
            errors.append("missing: %s %s" % (
                name, reasons.get(name.split(".")[0], "")))
    if not found:
        errors.append("no bench is called " + glob)
    errors += worse(found, linux, recorded)
    for error in errors:
        print("bench: " + error.strip())
    return 1 if errors else 0


def main():
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--up", action="store_true",
                        help="the kernel for one CPU (SMP=n)")
    parser.add_argument("--kernel", help="instead of the one make builds")
    parser.add_argument("--bench", default="*", metavar="GLOB")
    parser.add_argument("--record", action="store_true",
                        help="keep these figures in " + OWN)
    options = parser.parse_args()
    column = "UP" if options.up else "SMP"
    if not options.kernel:
        options.kernel = elf("release", *["up"] * options.up)
    options.log = "build/bench-up" if options.up else "build/bench"
    linux = kept(LINUX, column)
    try:
        text = boots(options)
    except BadSetting as error:
        sys.exit("bench: %s" % error)
    found = {name: (int(own), int(count))
             for name, own, count in LINE.findall(text)}
    if options.record:
        record(found, OWN, column)
    recorded = kept(OWN, column)
    table(found, linux, recorded)
    write_json(found, linux, options.log + ".json")
    return verdict(text, found, linux, recorded, options.bench)


if __name__ == "__main__":
    sys.exit(main())
