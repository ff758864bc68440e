"""Sessions of the kernel as a program of the build machine (arch/host)."""
import os
from dataclasses import dataclass

from .boot import BootSession

ELF = "build/host/quire-host"

# Lowmem and highmem side by side: what is between would be looked at, too.
SWEEP_MAP = ("map=0-640K,1M-200M,220M-236M", "vmalloc=800M")

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
    # some allocations of each quick case failed; make sweep fails all of all
    ("host-sweep", SWEEP_MAP + ("sweep", "sweep.limit=16",
                                "kunit.filter=speed>slow")),
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
