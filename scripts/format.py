#!/usr/bin/env python3
"""Put sources into the house's format: format.py [--check] FILE...

clang-format does it, except for what it takes for running text and spoils:
macros, macros used in place of a declaration, assembly, assertions of the
compiler, tables and enumerations stay as they were laid out by hand.  They
are hidden from it behind #pragma lines and plain words.  A comment behind
code keeps the tabs before it, so that columns of comments stay columns.
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
    r"|^(?:_S|s)tatic_assert\b[^;]*;$"
    r"|^enum\b[^\n;]*\{$[^}]*^\}[^\n]*;$", re.M)
HIDDEN = re.compile(r"^[ \t]*#pragma laid_by_hand_(\d+)$", re.M)
TABLE = re.compile(r"(?<== )(?:\([\w ]+\))?"
                   r"\{(?:\n.*?\n[ \t]*| [^;\n]*\n[^;]*?)\}(?=;)", re.S)
HIDDEN_TABLE = re.compile(r"\bQ(\d+)q\b")
# Words of C++ that are names in C, and what they are called meanwhile.
NAMES = {"new": "neW", "private": "privatE", "class": "clasS",
         "this": "thiS"}
BEHIND = re.compile(r"(?<=[^\s\\])([ \t]+)(/\*[^\n]*?(?:\*/)?)$", re.M)


def formatted(path, text):
    kept, tables = [], []

    def hide(match):
        kept.append(match[0])
        return "#pragma laid_by_hand_%d" % (len(kept) - 1)

    def hide_table(match):
        if match[0].count("{") != match[0].count("}"):
            return match[0]
        tables.append(match[0])
        return "Q%dq" % (len(tables) - 1)

    hidden = TABLE.sub(hide_table, BY_HAND.sub(hide, text))
    for name, other in NAMES.items():
        hidden = re.sub(r"\b%s\b" % name, other, hidden)
    done = subprocess.run(["clang-format", "--assume-filename=" + path],
                          input=hidden, check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    done = columns_of(hidden, done)
    for name, other in NAMES.items():
        done = re.sub(r"\b%s\b" % other, name, done)
    done = HIDDEN_TABLE.sub(lambda match: tables[int(match[1])], done)
    return HIDDEN.sub(lambda match: kept[int(match[1])], done)


def columns_of(old, new):
    """The new text with the blanks that stood before its comments."""
    before = iter(BEHIND.findall(old))

    def put_back(match):
        blanks, comment = next(before, ("", ""))
        return (blanks if comment == match[2] else match[1]) + match[2]

    return BEHIND.sub(put_back, new)


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
