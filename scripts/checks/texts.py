"""Columns, comments and documents."""
import os
import re

from . import c, tree

COLUMNS = 80
CODE = (".c", ".h", ".asm", ".ld", ".py", ".sh", ".gdb")
# A message is not broken, so that it can be searched for.
MESSAGE = re.compile(r'^\t+.{0,70}"[^"]*(\\.[^"]*)*"[,); ]*$')
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
HEAD = re.compile(r"\A(?://[^\n]*\n)?/\*(.*?)\*/", re.S)
HEAD_LINES = (25, 80)
CASE = re.compile(r"\bKUNIT_CASE(?:_PARAM|_SLOW)?\(\s*(\w+)")
SUITE = re.compile(r'struct kunit_suite\b[^;]*?\.name\s*=\s*"([^"]+)"', re.S)
MADE_SUITE = re.compile(r'#define (\w+)\(_name\)(?:[^\n]*\\\n)+?[^\n]*'
                        r'\.name = "(\w+_)" #_name')
ORDER = "docs/reading-order.md"
TESTS = ("tests/kernel/", "tests/torture/")
KERNEL = ("boot/", "arch/", "mm/", "kernel/", "lib/", "drivers/", "include/",
          "tests/kernel/", "tests/torture/", "tests/bench/")
CONCEPTS = "docs/concepts.md"


def columns():
    """80 columns, no blanks at line ends, a line end at the end."""
    for path in tree.files(*CODE) + ["Makefile"]:
        lines = tree.text(path).split("\n")
        if lines[-1]:
            yield "%s:%d: no line end at the end" % (path, len(lines))
        for number, line in enumerate(lines, 1):
            if (len(line.expandtabs(8)) > COLUMNS and
                    not MESSAGE.match(line)):
                yield "%s:%d: more than %d columns" % (path, number, COLUMNS)
            if line != line.rstrip():
                yield "%s:%d: blanks at the line end" % (path, number)


def leftovers():
    """Comments state what is, not what is still to be done."""
    for path in tree.files(*CODE):
        if path == "scripts/checks/texts.py":
            continue
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            if LEFTOVER.search(line):
                yield "%s:%d: %s" % (path, number, line.strip())


def heads():
    """Every room of mm opens with its theory."""
    for path in tree.files(".c", under=("mm/",)):
        wrong = list(head_faults(path))
        if wrong and not tree.exempt("head", path):
            yield from wrong
    yield from tree.stale(["head"])


def head_faults(path):
    match = HEAD.match(tree.text(path))
    if not match:
        yield path + ":1: no head comment"
        return
    lines = match[1].count("\n") + 1
    if not HEAD_LINES[0] <= lines <= HEAD_LINES[1]:
        yield "%s:1: head comment of %d lines, not %d to %d" % (
            (path, lines) + HEAD_LINES)
    if "Differs from Linux" not in match[1]:
        yield path + ':1: the head lacks "Differs from Linux"'


def questions():
    """The comment above a test is the question it answers."""
    for path in tree.files(".c", under=TESTS):
        source = tree.text(path)
        for name in dict.fromkeys(CASE.findall(source)):
            comment = re.search(
                r"/\*((?:(?!\*/).)*)\*/\s*static void (?:__init )?" +
                name + r"\(", source, re.S)
            if not comment:
                yield "%s: %s: no comment above it" % (path, name)
            elif "?" not in comment[1]:
                yield "%s: %s: its comment asks no question" % (path, name)


def order():
    """The reading order names every source file of the kernel once."""
    if not os.path.exists(ORDER):
        return [ORDER + ": missing"]
    listed = re.findall(r"`([\w./-]+\.(?:c|h|asm|ld))`", tree.text(ORDER))
    wanted = tree.files(".c", ".h", ".asm", under=KERNEL) + ["linker.ld"]
    wrong = ["%s: %s is not listed" % (ORDER, p)
             for p in wanted if p not in listed]
    wrong += ["%s: %s is listed %d times" % (ORDER, p, listed.count(p))
              for p in wanted if listed.count(p) > 1]
    return wrong + ["%s: %s does not exist" % (ORDER, p)
                    for p in listed if p not in wanted]


def made_suites(source):
    """Names of suites that a macro of the file makes: "prefix_" #_name."""
    names = []
    for macro, prefix in MADE_SUITE.findall(source):
        names += [prefix + word for word in
                  re.findall(r"^%s\((\w+)" % macro, source, re.M)]
    return names


def commands():
    """Commands of the console and of GDB."""
    names = set()
    for path in tree.files(".c"):
        names.update(re.findall(r"CONSOLE_COMMAND\(\s*(\w+)",
                                tree.text(path)))
    for path in tree.files(".py", under=("scripts/gdb/",)):
        names.update(re.findall(r'^    name = "(q\w+)"', tree.text(path),
                                re.M))
    return names


def tests_of_kernel():
    """suite -> names of its cases, as far as the sources show."""
    table = {}
    for path in tree.files(".c", under=TESTS):
        source = c.DIRECTIVE.sub("", tree.text(path))
        for suite in SUITE.findall(source) + made_suites(tree.text(path)):
            table.setdefault(suite, set()).update(CASE.findall(source))
    return table


def concepts():
    """The table of concepts names only tests and commands that exist."""
    if not os.path.exists(CONCEPTS):
        return [CONCEPTS + ": missing"]
    table, shown, wrong = tests_of_kernel(), commands(), []
    for number, line in enumerate(tree.text(CONCEPTS).splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().split("|")]
        if len(cells) < 4 or set(cells[1]) <= set("-: "):
            continue
        wrong += ["%s:%d: no command %s" % (CONCEPTS, number, name)
                  for name in re.findall(r"`([^` ]+)[^`]*`", cells[-3])
                  if name not in shown]
        for name in re.findall(r"`([^`]+)`", cells[-2]):
            suite, _, case = name.partition(".")
            known = (os.path.exists(name) or
                     suite in table and
                     (case in ("", "*") or case in table[suite]))
            if not known:
                wrong.append("%s:%d: no test %s" % (CONCEPTS, number, name))
    return wrong
