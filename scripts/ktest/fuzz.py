"""The kept inputs of tests/fuzz/corpus, each run by the kernel as a program
of this machine. `make fuzz` looks for more."""
import glob
import io
import os
import subprocess
import time
from dataclasses import dataclass

from .result import Result

CASES = "build/host/fuzz-cases"
CORPUS = "tests/fuzz/corpus"
LIMIT = 120                 # seconds for the inputs of one target


@dataclass
class FuzzSession:
    """One counted test for each target."""
    name: str = "fuzz"

    def megabytes(self):
        return 1024

    def kernels(self):
        return [CASES]

    def describe(self):
        return "the kept inputs of the fuzzers, %d files" % \
            len(glob.glob(CORPUS + "/*/*"))

    def run(self, folder):
        log = os.path.join(folder, self.name + ".log")
        started = time.monotonic()
        result = Result(self.name, log=log)
        with open(log, "w") as out:
            for target in sorted(os.listdir(CORPUS)):
                result.add(target, run_target(target, out))
        result.seconds = time.monotonic() - started
        return result


def run_target(target, out):
    """What went wrong, in lines; none if nothing did."""
    files = sorted(glob.glob(os.path.join(CORPUS, target, "*")))
    where = out.tell()
    try:
        status = subprocess.run([CASES, target] + files, stdout=out,
                                stderr=subprocess.STDOUT, timeout=LIMIT,
                                stdin=subprocess.DEVNULL).returncode
    except subprocess.TimeoutExpired:
        status = "no end within %d s" % LIMIT
    out.seek(0, io.SEEK_END)
    if status == 0 and files:
        return []
    with io.open(out.name, errors="replace") as log:
        log.seek(where)
        return log.read().splitlines()[-40:] + ["status: %s" % status]


def sessions():
    return [FuzzSession()]
