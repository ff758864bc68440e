"""Sessions on the build machine: the runner's own tests, and the checks."""
import io
import os
import subprocess
import time
import unittest
from dataclasses import dataclass

from .result import Item, Result

RUNNER_TESTS = "tests/runner"


def cases(suite):
    """The single tests of a (nested) suite."""
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from cases(test)
        else:
            yield test


@dataclass
class RunnerSession:
    """The runner judged by kernels that are shell scripts."""
    name: str = "runner"

    def megabytes(self):
        return 64

    def kernels(self):
        return []

    def describe(self):
        return "the runner's own tests"

    def run(self, _folder):
        result = Result(self.name)
        started = time.monotonic()
        found = unittest.defaultTestLoader.discover(RUNNER_TESTS)
        for test in cases(found):
            outcome = unittest.TestResult()
            test.run(outcome)
            bad = outcome.failures + outcome.errors
            lines = bad[0][1].splitlines() if bad else []
            result.add(test.id(), lines, skipped=bool(outcome.skipped))
        if not result.items:
            result.add("discovery", ["no test in " + RUNNER_TESTS])
        result.seconds = time.monotonic() - started
        return result


@dataclass
class CommandSession:
    """A command which passes when its exit status is 0."""
    name: str
    argv: tuple
    memory: int = 256           # megabytes it may come to use
    kernel: str = ""            # one that must be built before

    def megabytes(self):
        return self.memory

    def kernels(self):
        return [self.kernel] if self.kernel else []

    def describe(self):
        return " ".join(self.argv)

    def run(self, folder):
        log = os.path.join(folder, self.name + ".log")
        started = time.monotonic()
        with open(log, "w") as out:
            status = subprocess.run(self.argv, stdout=out,
                                    stdin=subprocess.DEVNULL,
                                    stderr=subprocess.STDOUT).returncode
        with io.open(log, errors="replace") as out:
            lines = out.read().splitlines()
        item = Item(self.argv[-1], "failed" if status else "passed",
                    lines[-40:] if status else [])
        return Result(self.name, [item], time.monotonic() - started, log)
