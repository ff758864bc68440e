"""A strict reader of KTAP version 1, the format kernel tests report in.

    KTAP version 1            one header, at the left margin
    1..2                      the plan: how many results follow
        KTAP version 1        a suite's cases stand four columns further in
        # Subtest: buddy
        1..2
        ok 1 split
        not ok 2 merge
    not ok 1 buddy            the suite's own result closes its cases
    ok 2 slab # SKIP why      a result that had no cases is a case itself

Every departure is an error, because a report cut short or spoilt must never
pass: results out of order, a plan that is not met, a group that says "ok"
over a failed case, a second header (the kernel started again).
As in Linux's KUnit, the parameters of a case (two levels down) come without
a plan, and a line "# NAME: pass:2 fail:0 skip:0 total:2" counts them.
Before the header anything may stand (the boot's messages); among the
results, lines of other shapes are kept as diagnostics of the next result.
"""
import re
from dataclasses import dataclass, field
from typing import List, Optional

INDENT = 4
HEADER = re.compile(r"^( *)KTAP version (\d+)$")
SUBTEST = re.compile(r"^( *)# Subtest: (.*)$")
PLAN = re.compile(r"^( *)1\.\.(\d+)( *#.*)?$")
RESULT = re.compile(r"^( *)(ok|not ok) (\d+)(?: (?:- )?([^#]*?))?"
                    r"(?: *# *(.*))?$")
COUNTS = re.compile(r"^( *)# (\S+): pass:\d+ fail:\d+ skip:\d+ "
                    r"total:(\d+)$")
RESULT_LIKE = re.compile(r"^ *(ok|not ok)\b")
NOT_TEXT = re.compile(r"[^\t\x20-\x7e]")


@dataclass
class Case:
    """One result: name is suite.case, status passed, failed or skipped."""
    name: str
    status: str
    lines: List[str] = field(default_factory=list)


@dataclass
class Level:
    """The results at one depth of indentation, under one parent."""
    name: str = ""
    plan: Optional[int] = None
    count: int = 0
    failed: int = 0


class Parser:
    def __init__(self):
        self.cases = []
        self.errors = []
        self.levels = []        # levels[n] is indented by n * INDENT
        self.pending = []       # lines seen since the last result

    def feed(self, line):
        """Read one line, without its line end."""
        match = HEADER.match(line)
        if match:
            self._header(len(match[1]), match[2])
        elif self.levels:
            self._line(line)

    def finish(self):
        """The report is over: say what is missing from it."""
        if not self.levels:
            self._error("no KTAP report")
            return
        if len(self.levels) > 1:
            self._error("report ends inside " + self._path(""))
        while self.levels:
            self._close()
        if not self.cases:
            self._error("no test ran")

    def complete(self):
        """True when every planned top-level result has been read."""
        return (len(self.levels) == 1 and
                self.levels[0].plan is not None and
                self.levels[0].count == self.levels[0].plan)

    def _error(self, text):
        self.errors.append(text)

    def _path(self, name):
        names = [level.name for level in self.levels[1:]] + [name]
        return ".".join(n for n in names if n)

    def _header(self, indent, version):
        if version != "1":
            self._error("KTAP version %s, not 1" % version)
        if indent == 0 and self.levels:
            self._error("a second report begins: the kernel started again")
        elif indent == 0:
            self.levels.append(Level())
            self.pending = []
        elif self.levels:
            self._open(indent)

    def _open(self, indent):
        """A header or "# Subtest:" line may open the next level."""
        depth = indent // INDENT
        if indent % INDENT or depth > len(self.levels):
            self._error("a report indented by %d columns" % indent)
        elif depth == len(self.levels):
            self.levels.append(Level())

    def _line(self, line):
        for pattern, handler in ((SUBTEST, self._subtest),
                                 (PLAN, self._plan), (RESULT, self._result)):
            match = pattern.match(line)
            if match:
                handler(len(match[1]), match)
                return
        self._counts(COUNTS.match(line))
        if RESULT_LIKE.match(line):
            self._error("malformed result: " + line)
        elif line.startswith("Bail out!"):
            self._error(line)
        elif NOT_TEXT.search(line):
            self._error("not text: " + ascii(line)[:80])
        self.pending.append(line.strip())

    def _subtest(self, indent, match):
        if indent == 0:
            return
        self._open(indent)
        self.levels[-1].name = match[2]

    def _counts(self, match):
        """The kernel's own count of the results just reported."""
        if not match or len(match[1]) != (len(self.levels) - 2) * INDENT:
            return
        level = self.levels[-1]
        if match[2] == level.name and int(match[3]) != level.count:
            self._error("%s counts %s results, %d came" %
                        (self._path(""), match[3], level.count))

    def _at(self, indent):
        """The level of that indentation, if it is open."""
        depth, rest = divmod(indent, INDENT)
        if rest == 0 and depth < len(self.levels):
            return self.levels[depth]
        return None

    def _plan(self, indent, match):
        level = self._at(indent)
        if level is None or level is not self.levels[-1]:
            self._error("a plan where no report is open: " + match[0])
        elif level.plan is not None or level.count:
            self._error("a second plan: " + match[0])
        else:
            level.plan = int(match[2])

    def _result(self, indent, match):
        level = self._at(indent)
        if level is None:
            self._error("a result where no report is open: " + match[0])
            return
        failed_inside = 0
        has_cases = level is not self.levels[-1]
        while level is not self.levels[-1]:
            failed_inside += self._close()
        self._count(level, match)
        self._record(level, match, has_cases, failed_inside)

    def _count(self, level, match):
        level.count += 1
        if int(match[3]) != level.count:
            self._error("result %s comes as number %d: %s" %
                        (match[3], level.count, match[0].strip()))
            level.count = int(match[3])

    def _record(self, level, match, has_cases, failed_inside):
        name = self._path(match[4] or match[3])
        skip = re.match(r"(?i)skip\b:? *(.*)", match[5] or "")
        status = "failed" if match[2] == "not ok" else "passed"
        if status == "failed":
            level.failed += 1
        elif failed_inside:
            self._error("%s says ok, but a part of it failed" % name)
        elif skip:
            status = "skipped"
        # A group counts by its cases, unless it alone is what failed.
        if not has_cases or (status == "failed" and not failed_inside):
            lines = [skip[1]] if status == "skipped" else self.pending
            self.cases.append(Case(name, status, lines))
        self.pending = []

    def _close(self):
        """End the innermost level; return how many of its results failed."""
        name = self._path("") or "the report"
        level = self.levels.pop()
        if level.plan is None:
            if len(self.levels) < 2:
                self._error("%s has no plan" % name)
        elif level.plan != level.count:
            self._error("%s planned %d results, %d came" %
                        (name, level.plan, level.count))
        return level.failed


def parse(text):
    """Read a whole report; return (cases, errors)."""
    parser = Parser()
    for line in text.splitlines():
        parser.feed(line.rstrip("\r"))
    parser.finish()
    return parser.cases, parser.errors
