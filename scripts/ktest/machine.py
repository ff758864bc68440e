"""The machines a kernel is booted on, as command lines of QEMU.

One Machine describes one boot.  `make run`, the tests and the benches all
build their command lines here, so that they cannot drift apart.
"""
import os
import re
import shlex
import subprocess
from dataclasses import dataclass
from typing import Tuple

# What the isa-debug-exit device makes of the values the kernel writes.
PASSED, FAILED, PANIC = 33, 35, 37
STATUS = {PASSED: 0, FAILED: 1, PANIC: 2}
MACHINES = ("pc", "q35", "isapc")
# What a variant's folder is named after -> how make is told to build it.
VARIANT_WORDS = {"release": ("RELEASE=0", "RELEASE=1"),
                 "up": ("SMP=y", "SMP=n"),
                 "4k": ("THREAD_SIZE=8192", "THREAD_SIZE=4096"),
                 "ubsan": ("UBSAN=0", "UBSAN=1"),
                 "kasan": ("KASAN=0", "KASAN=1"),
                 "kcsan": ("KCSAN=0", "KCSAN=1"),
                 "gcov": ("GCOV=0", "GCOV=1")}


def elf(*words):
    """The kernel of a variant: elf("release", "up")."""
    folder = "-".join(w for w in VARIANT_WORDS if w in words)
    return os.path.join("build", folder, "quire.elf")


def make_words(path):
    """The variables that make builds a kernel with, or None."""
    if path == "./build/host/quire-host":
        return "host"
    if path.startswith("build/host"):
        return path             # no variant of the kernel but a goal
    words = os.path.basename(os.path.dirname(path)).split("-")
    if path != elf(*words):
        return None
    return ",".join(how[word in words]
                    for word, how in VARIANT_WORDS.items())


DEBUG_ELF = elf()
RELEASE_ELF = elf("release")
EXAMPLES_ELF = "build/examples.elf"     # with EXTRA=examples/extra


class BadSetting(Exception):
    """A setting of the user's that no machine can be made of."""


@dataclass
class Machine:
    kernel: str = DEBUG_ELF
    mem: str = "512M"
    words: str = ""                 # the kernel's command line
    machine: str = "pc"
    cpu: str = ""
    smp: str = "1"                  # CPUs, and how they are spread
    iso: bool = False               # boot by GRUB from a CD
    initrd: str = ""                # boot modules, separated by commas
    extra: Tuple[str, ...] = ()     # further arguments of QEMU

    def megabytes(self):
        """How much of the host's memory the guest may come to use."""
        match = re.fullmatch(r"(\d+)([KkMmGg]?)", self.mem)
        if not match:
            raise BadSetting("MEM=%s: a number, then K, M or G" % self.mem)
        unit = {"k": 1 / 1024, "m": 1, "": 1, "g": 1024}[match[2].lower()]
        return int(int(match[1]) * unit)

    def check(self):
        """Refuse what QEMU would answer with a riddle."""
        if self.megabytes() < 2:
            raise BadSetting("MEM=%s: the kernel is loaded at 1 MiB, so there "
                             "is nowhere to put it" % self.mem)
        if self.machine not in MACHINES:
            raise BadSetting("MACHINE=%s: choose one of %s" %
                             (self.machine, ", ".join(MACHINES)))
        if not re.fullmatch(r"([1-9]|[12]\d|3[0-2])(,.*)?", self.smp):
            raise BadSetting("SMP=%s: a number from 1 to 32" % self.smp)
        for path in [self.kernel] + self.modules():
            if not os.path.exists(path):
                raise BadSetting("%s: no such file" % path)

    def modules(self):
        """The files of the boot modules, without their command lines."""
        return [m.split()[0] for m in self.initrd.split(",") if m.strip()]

    def cpus(self):
        return int(self.smp.split(",")[0])

    def qemu(self, image):
        """The command line; image is where a CD is made if one is needed.

        CPUs that the host has no processors for take turns in one thread:
        each then gives way where it spins.  As threads of their own they
        would spin for a lock whose holder the host does not run.
        """
        args = [os.environ.get("QEMU") or "qemu-system-i386",
                "-M", self.machine, "-m", self.mem, "-smp", self.smp,
                "-no-reboot", "-display", "none", "-net", "none",
                "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"]
        if self.cpus() > (os.cpu_count() or 1) and "-accel" not in self.extra:
            args += ["-accel", "tcg,thread=single"]
        if self.cpu:
            args += ["-cpu", self.cpu]
        args += self._boot(image)
        args += shlex.split(os.environ.get("QEMUFLAGS") or "")
        return args + list(self.extra)

    def _boot(self, image):
        if self.iso:
            make_iso(self.kernel, image, self.words, self.modules())
            return ["-cdrom", image, "-boot", "d"]
        args = ["-kernel", self.kernel]
        if self.words:
            args += ["-append", self.words]
        if self.initrd:
            args += ["-initrd", self.initrd]
        return args


def make_iso(kernel, image, words, modules=()):
    os.makedirs(os.path.dirname(image) or ".", exist_ok=True)
    subprocess.run(["scripts/mkiso.sh", kernel, image, words] +
                   list(modules), check=True)
