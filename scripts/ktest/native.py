"""Sessions of the kernel as a program of the build machine (arch/host)."""
import os
from dataclasses import dataclass

from .boot import BootSession

ELF = "build/host/quire-host"

#name of the session, then the words of its command line
RUNS = (
    ("host", ("test",)),
    # CPUs that take turns
    ("host-cpus-slab", ("cpus=4", "seed=1", "test",
                        "kunit.filter_glob=*slab*")),
    ("host-cpus-pcp", ("cpus=4", "seed=2", "test", "kunit.filter_glob=pcp*")),
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
