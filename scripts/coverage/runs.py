"""The runs that coverage is measured over: sessions of `make test`, done by
the kernel that counts.

Each sends its counters over COM2 when it ends, so that a dialogue which
`make test` would end by switching the machine off has to end by itself.
"""
import fnmatch
import os
from concurrent.futures import ThreadPoolExecutor

from ktest import dialogue
from ktest.boot import BootSession
from ktest.machine import DEBUG_ELF, PASSED, Machine, elf
from ktest.process import Limits

from . import dump

KERNEL = elf("gcov")
LIMITS = Limits(300, 1200)
LAST = 30       # seconds for the power-off at the end of a dialogue

# All suites on one CPU and on four, with highmem, and without 4 MiB pages;
# then what another machine runs of arch/: the 8259s, no ACPI, no PCI, and the
# words by which the command line takes memory away.  No case has a deadline:
# counting takes time.
ALL = "test kunit.timeout=0"
QUICK = ALL + " kunit.filter=speed>slow"
BOOTS = (
    ("64M", dict(mem="64M")),
    ("smp-4-1G", dict(mem="1G", smp="4")),
    ("without-pse", dict(mem="1G", cpu="pentium,pse=off", words=QUICK)),
    ("noapic", dict(mem="32M", smp="2",
                    words=ALL + " noapic kunit.filter_glob=*irq*")),
    ("mp-table", dict(mem="64M", smp="2,sockets=2",
                      words=ALL + " acpi=off mem=48M vmalloc=64M"
                      " slab_debug=FZPU kunit.filter_glob=*smp*")),
    ("isapc", dict(machine="isapc", mem="32M", cpu="pentium",
                   words=ALL + " kmap_force kunit.filter_glob=i*")),
)
# A CPU that hangs keeps the machine from its end.
LEFT_OUT = ("smp-watchdog",)


def com2(folder, name):
    """The second serial port, into a file."""
    return ("-chardev", "file,id=com2,path=" + stream(folder, name),
            "-device", "isa-serial,index=1,chardev=com2")


def stream(folder, name):
    return os.path.join(folder, name + ".com2")


class Talk(dialogue.DialogueSession):
    """A dialogue that ends with the machine's own end."""

    def _finish(self, process, result):
        if self.script.status is None:
            self.script.status = PASSED
            process.limits = Limits(LAST, process.seconds() + LAST)
            process.send("\x15poweroff\r")
        super()._finish(process, result)


def boots(folder):
    for name, settings in BOOTS:
        name = "boot-" + name
        settings = dict(dict(words=ALL, kernel=KERNEL), **settings)
        yield BootSession(name, Machine(extra=com2(folder, name), **settings),
                          limits=LIMITS)


def talks(folder):
    for found in dialogue.dialogues(LIMITS):
        script = getattr(found, "script", None)
        if (script is None or script.gdb or
                found.name.endswith(LEFT_OUT) or
                script.machine.kernel != DEBUG_ELF):
            continue
        session = Talk(found.name, found.path, LIMITS)
        session.script.machine.kernel = KERNEL
        session.script.machine.extra = com2(folder, found.name)
        yield session


def run(session, folder):
    """Name, what went wrong, and what was counted (None: nothing)."""
    result = session.run(folder)
    errors = ["%s: %s" % (item.name, " ".join(item.lines[:1]))
              for item in result.items if item.status == "failed"]
    files = None
    try:
        files = dump.read(stream(folder, session.name))
    except (OSError, dump.BadDump) as error:
        errors.append("no counters: %s" % error)
    return session.name, result.seconds, errors, files


def run_all(folder, only, jobs):
    """Does them all, the longest first; yields as run() returns."""
    sessions = [s for s in [*boots(folder), *talks(folder)]
                if any(fnmatch.fnmatch(s.name, g) for g in only.split(","))]
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda s: run(s, folder), sessions)
