"""The boots that `make test` does.

Not the product of all choices, which would take hours: every memory size
once on the plain machine, and every other choice crossed with the sizes at
which it can matter.
"""
from .boot import BootSession
from .machine import DEBUG_ELF, EXAMPLES_ELF, RELEASE_ELF, Machine, elf
from .process import Limits

WORDS = "test"

# Small, the borders of zones (16 and 896 MiB) from both sides, and the sizes
# at which the firmware's hole below 4 GiB moves memory above it.
SIZES = ("16M", "32M", "64M", "128M", "512M", "895M", "896M", "897M",
         "1G", "2G", "3G", "3584M", "4G", "8G")

# name of the session, then what differs from the plain machine
OTHERS = (
    ("release-16M", dict(kernel=RELEASE_ELF, mem="16M")),
    ("release-128M", dict(kernel=RELEASE_ELF, mem="128M")),
    ("release-897M", dict(kernel=RELEASE_ELF, mem="897M")),
    ("release-4G", dict(kernel=RELEASE_ELF, mem="4G")),
    ("up-64M", dict(kernel=elf("up"), mem="64M")),
    ("up-1G", dict(kernel=elf("up"), mem="1G")),
    ("release-up-64M", dict(kernel=elf("release", "up"), mem="64M")),
    ("release-up-cpu-486", dict(kernel=elf("release", "up"), cpu="486",
                                mem="64M")),
    ("iso-64M", dict(iso=True, mem="64M")),
    ("iso-1G", dict(iso=True, mem="1G")),
    ("iso-release-512M", dict(iso=True, kernel=RELEASE_ELF)),
    ("q35-256M", dict(machine="q35", mem="256M")),
    ("q35-4G", dict(machine="q35", mem="4G")),
    ("q35-iso-release-1G", dict(machine="q35", iso=True, mem="1G",
                                kernel=RELEASE_ELF)),
    ("isapc-64M", dict(machine="isapc", mem="64M", cpu="pentium")),
    ("cpu-486", dict(cpu="486", mem="64M")),
    ("cpu-pentium", dict(cpu="pentium", mem="128M")),
    ("cpu-pentium-without-pse", dict(cpu="pentium,pse=off", mem="1G")),
    ("cpu-pentium2", dict(cpu="pentium2", mem="64M")),
    ("cpu-pentium3-without-pge", dict(cpu="pentium3,pge=off", mem="1G")),
    ("cpu-qemu32", dict(cpu="qemu32", mem="64M")),
    ("cpu-n270", dict(cpu="n270", mem="64M")),
    ("cpu-core2duo", dict(cpu="core2duo", mem="64M")),
    ("cpu-max", dict(cpu="max", mem="1G")),
    ("cpu-max-without-pat", dict(cpu="max,pat=off", mem="64M")),
    ("release-cpu-486", dict(kernel=RELEASE_ELF, cpu="486", mem="1G")),
    ("release-cpu-max", dict(kernel=RELEASE_ELF, cpu="max", mem="64M")),
    ("vmalloc-256M", dict(mem="1G", words="test vmalloc=256M")),
    ("modules-64M", dict(mem="64M", initrd="LICENSE,README.md")),
    ("mem-200M-of-1G", dict(mem="1G", words="test mem=200M")),
    ("extra", dict(kernel=EXAMPLES_ELF, mem="64M",
                   words="test kunit.filter_glob=bag loglevel=3")),
)

# Bochs takes ten times as long as QEMU: a minute for all suites here.
BOCHS = (("bochs-32M", DEBUG_ELF, "32M"),
         ("bochs-release-64M", RELEASE_ELF, "64M"))


def boots(limits=None):
    limits = limits or Limits()
    plain = [("mem-" + size, dict(mem=size)) for size in SIZES]
    for name, settings in plain + list(OTHERS):
        settings = dict(dict(words=WORDS, kernel=DEBUG_ELF), **settings)
        yield BootSession("boot-" + name, Machine(**settings), limits=limits)
    for name, kernel, mem in BOCHS:
        yield BootSession("boot-" + name,
                          Machine(kernel=kernel, mem=mem, iso=True,
                                  words=WORDS),
                          emulator="bochs", limits=limits)
