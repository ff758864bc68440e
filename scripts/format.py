#!/usr/bin/env python3
"""Put sources into the house's format: format.py [--check] FILE...

clang-format does it, except for what it takes for running text and spoils:
macros, macros used in place of a declaration, assembly, and assertions of
the compiler stay as they were laid out by hand.  They are hidden from it
behind #pragma lines.
"""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

BY_HAND = re.compile(
    r"^[ \t]*#[ \t]*define\b(?:[^\n]*\\\n)*[^\n]*"
    r"|^[A-Za-z_]\w*\([^\n;{}]*\)$(?!\n\{)"
    r"|^[ \t]*(?:asm|__asm__)\b[^;]*?\);$"
    r"|^(?:_S|s)tatic_assert\b[^;]*;$", re.M)
HIDDEN = re.compile(r"^[ \t]*#pragma laid_by_hand_(\d+)$", re.M)


def formatted(path, text):
    kept = []

    def hide(match):
        kept.append(match[0])
        return "#pragma laid_by_hand_%d" % (len(kept) - 1)

    done = subprocess.run(["clang-format", "--assume-filename=" + path],
                          input=BY_HAND.sub(hide, text), check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    return HIDDEN.sub(lambda match: kept[int(match[1])], done)


def first_difference(path, text, wanted):
    """Where the file leaves the format, or nothing."""
    pairs = zip(text.splitlines() + [""], wanted.splitlines() + [""])
    for number, (is_, should) in enumerate(pairs, 1):
        if is_ != should:
            return ["%s:%d: should be: %s" % (path, number, should)]
    return []


def check(paths):
    """Complaints about files that are not in the format."""
    def one(path):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        return first_difference(path, text, formatted(path, text))

    with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
        return [line for lines in pool.map(one, paths) for line in lines]


def rewrite(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    wanted = formatted(path, text)
    if wanted != text:
        with open(path, "w", encoding="utf-8") as file:
            file.write(wanted)
        print("formatted " + path)


def main():
    paths = [p for p in sys.argv[1:] if p != "--check"]
    if "--check" not in sys.argv:
        for path in paths:
            rewrite(path)
        return 0
    complaints = check(paths)
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
