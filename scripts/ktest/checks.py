"""The checks of the sources and the benches, each one counted test."""
import subprocess
import sys

from .host import CommandSession
from .machine import elf

CHECK = "scripts/check.py"
BENCH = "scripts/bench.py"
COVERAGE = "scripts/coverage"


def sessions():
    names = subprocess.run([sys.executable, CHECK, "--list"], check=True,
                           stdout=subprocess.PIPE, text=True).stdout.split()
    return [CommandSession("check-" + name, (sys.executable, CHECK, name))
            for name in names] + \
        [CommandSession("bench", (sys.executable, BENCH), memory=1024,
                        kernel=elf("release")),
         CommandSession("bench-up", (sys.executable, BENCH, "--up"),
                        memory=1024, kernel=elf("release", "up")),
         CommandSession("coverage", (sys.executable, COVERAGE, "--prove"),
                        kernel=elf("gcov"))]
