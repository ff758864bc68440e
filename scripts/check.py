#!/usr/bin/env python3
"""Check the sources: check.py [--list] [NAME...]; no name means all."""
import os
import signal
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
# pylint: disable=wrong-import-position
from checks import layers, sizes, texts, tools  # noqa: E402

CHECKS = {
    "format": tools.format_check,
    "sizes": sizes.check,
    "columns": texts.columns,
    "layers": layers.check,
    "conditional": layers.conditional,
    "machine": layers.machine,
    "headers": tools.headers,
    "heads": texts.heads,
    "questions": texts.questions,
    "leftovers": texts.leftovers,
    "order": texts.order,
    "concepts": texts.concepts,
    "sparse": tools.sparse,
    "cppcheck": tools.cppcheck,
    "tidy": tools.tidy,
    "spelling": tools.spelling,
    "shell": tools.shell,
    "python": tools.python,
}


def main():
    names = sys.argv[1:] or list(CHECKS)
    if names == ["--list"]:
        print("\n".join(CHECKS))
        return 0
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print("no check is called %s; there are: %s" %
              (", ".join(unknown), " ".join(CHECKS)))
        return 2
    bad = 0
    for name in names:
        started = time.monotonic()
        complaints = list(CHECKS[name]())
        for complaint in complaints:
            print(complaint)
        print("check-%-12s %s  %5.1f s" % (
            name, "FAIL" if complaints else "ok  ",
            time.monotonic() - started), flush=True)
        bad += bool(complaints)
    return 1 if bad else 0


def stopped(number, _frame):
    """make, stopped by the same signal, may only say "wait: No child"."""
    print("check: stopped by signal %d before the end" % number, flush=True)
    os._exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, stopped)
    signal.signal(signal.SIGINT, stopped)
    sys.exit(main())
