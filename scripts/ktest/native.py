"""Sessions of the kernel as a program of the build machine (arch/host)."""
import os
from dataclasses import dataclass

from .boot import BootSession

ELF = "build/host/quire-host"

# name of the session, then the words of its command line
RUNS = (
    ("host", ("test",)),
    # memory with a hole at each border
    ("host-holes", ("map=4K-600K,1M-15M,16M-40M,895M-901M", "test",
                    "kunit.filter=speed>slow")),
    # CPUs that take turns, each session others
    ("host-cpus-2", ("cpus=2", "seed=2", "test")),
    ("host-cpus-3", ("cpus=3", "seed=3", "test")),
    ("host-cpus-4", ("cpus=4", "seed=4", "test")),
    ("host-cpus-8", ("cpus=8", "seed=8", "test")),
)


@dataclass
class NativeSession(BootSession):
    """Judged as a boot is, but for the exit status: 0, or 1 if one failed."""

    def megabytes(self):
        return 512

    def kernels(self):
        return [self.argv[0]]

    def describe(self):
        return " ".join(self.argv)

    @staticmethod
    def _status_errors(parser, status):
        failed = any(c.status == "failed" for c in parser.cases)
        if status == int(failed):
            return []
        return ["exit status %d, expected %d" % (status, int(failed))]


def sessions(limits):
    return [NativeSession(name, argv=(os.path.join(".", ELF),) + words,
                          limits=limits) for name, words in RUNS]
