"""The boots that `make test` does.

Not the product of all choices, which would take hours: every memory size
once on the plain machine, and every other choice crossed with the sizes at
which it can matter.  Each kernel does all cases on 1, 2, 4 and 8 CPUs and with
little and with much memory.  What another machine or another size between
those changes is found by a case in its first rounds: there the slow ones,
which draw at random, wait or torture, are left out.
"""
from .boot import BootSession
from .machine import DEBUG_ELF, EXAMPLES_ELF, RELEASE_ELF, Machine, elf
from .process import Limits

WORDS = "test"
QUICK_WORDS = "test kunit.filter=speed>slow"
# What depends on how CPUs are numbered and started.
SMP_WORDS = "test kunit.filter_glob=*smp*"

# Small, the borders of zones (16 and 896 MiB) from both sides, and the sizes
# at which the firmware's hole below 4 GiB moves memory above it.  Bochs has
# 32 MiB.
SIZES = ("16M", "64M", "897M", "4G")
QUICK_SIZES = ("512M", "895M", "896M", "1G", "3G", "3584M", "8G")

# name of the session, then what differs from the plain machine
OTHERS = (
    ("release-16M", dict(kernel=RELEASE_ELF, mem="16M")),
    ("release-128M", dict(kernel=RELEASE_ELF, mem="128M")),
    ("release-897M", dict(kernel=RELEASE_ELF, mem="897M")),
    ("release-4G", dict(kernel=RELEASE_ELF, mem="4G")),
    ("smp-2", dict(smp="2,sockets=2", mem="64M")),
    ("smp-4", dict(smp="4", mem="1G")),
    ("smp-8", dict(smp="8", mem="256M")),
    ("release-smp-2", dict(kernel=RELEASE_ELF, smp="2", mem="1G")),
    ("release-smp-4", dict(kernel=RELEASE_ELF, smp="4", mem="64M")),
    ("release-smp-8", dict(kernel=RELEASE_ELF, smp="8", mem="256M")),
    # APIC ids with gaps: 0 1 2 4 5 6
    ("smp-sparse", dict(smp="6,sockets=2,cores=3,threads=1", mem="64M",
                        words=SMP_WORDS)),
    ("smp-threads", dict(smp="4,sockets=2,cores=1,threads=2", mem="64M",
                         machine="q35", words=SMP_WORDS)),
    # 3 of 8 are there, and the first of them alone is started
    ("smp-absent", dict(smp="3,maxcpus=8", mem="64M",
                        words=SMP_WORDS + " maxcpus=1")),
    ("smp-mp-table", dict(smp="2,sockets=2", mem="64M",
                          words=SMP_WORDS + " acpi=off")),
    ("smp-32", dict(smp="32", mem="256M", kernel=RELEASE_ELF,
                    words="test kunit.filter_glob=smp_*")),
    ("iso-smp-4", dict(iso=True, smp="4", mem="128M", kernel=RELEASE_ELF,
                       words=SMP_WORDS)),
    ("4k-64M", dict(kernel=elf("4k"), mem="64M")),
    ("4k-smp-4", dict(kernel=elf("4k"), smp="4", mem="128M")),
    ("release-4k-smp-2", dict(kernel=elf("release", "4k"), smp="2",
                              mem="64M")),
    ("release-up-4k", dict(kernel=elf("release", "up", "4k"), mem="64M")),
    ("ubsan", dict(kernel=elf("ubsan"), smp="2", mem="64M",
                   words=QUICK_WORDS)),
    ("kasan", dict(kernel=elf("kasan"), smp="2", mem="128M",
                   words=QUICK_WORDS)),
    # CPUs in turns: each wait for a race is another CPU's turn
    ("kcsan", dict(kernel=elf("kcsan"), smp="2", mem="128M",
                   extra=("-accel", "tcg,thread=single"),
                   words=QUICK_WORDS)),
    # some allocations of each quick case failed; make sweep fails all of all
    ("sweep", dict(mem="256M", words="sweep sweep.limit=8 "
                                     "kunit.filter=speed>slow")),
    ("up-64M", dict(kernel=elf("up"), mem="64M")),
    ("up-1G", dict(kernel=elf("up"), mem="1G")),
    ("release-up-64M", dict(kernel=elf("release", "up"), mem="64M")),
    # no time-stamp counter, so jiffies tell the time
    ("release-cpu-486", dict(kernel=RELEASE_ELF, cpu="486", mem="1G")),
    # the 8259s and the 8254, without an APIC
    ("nolapic", dict(kernel=RELEASE_ELF, mem="64M", words="test nolapic")),
    ("vmalloc-256M", dict(mem="1G", words="test vmalloc=256M")),
    ("extra", dict(kernel=EXAMPLES_ELF, mem="64M",
                   words="test kunit.filter_glob=bag loglevel=3")),
)

# Other processors, chipsets and loaders: the quick cases.
QUICK = (
    ("release-up-cpu-486", dict(kernel=elf("release", "up"), cpu="486",
                                mem="64M")),
    ("iso-64M", dict(iso=True, mem="64M")),
    ("iso-1G", dict(iso=True, mem="1G")),
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
    ("release-cpu-max", dict(kernel=RELEASE_ELF, cpu="max", mem="64M")),
    # the 8259s, by the boot CPU's APIC
    ("noapic", dict(mem="64M", smp="2", words=QUICK_WORDS + " noapic")),
    ("modules-64M", dict(mem="64M", initrd="LICENSE,README.md")),
    ("mem-200M-of-1G", dict(mem="1G", words=QUICK_WORDS + " mem=200M")),
)

# Bochs takes ten times as long as QEMU: a minute for all suites here.
BOCHS = (
    ("bochs-32M", dict(mem="32M")),
    ("bochs-release-64M", dict(kernel=RELEASE_ELF, mem="64M")),
    ("bochs-smp-2", dict(kernel=RELEASE_ELF, mem="64M", smp="2",
                         words=SMP_WORDS)),
)


def by_size(sizes):
    return [("mem-" + size, dict(mem=size)) for size in sizes]


def boots(limits=None):
    limits = limits or Limits()
    for words, table in ((WORDS, by_size(SIZES) + list(OTHERS)),
                         (QUICK_WORDS, by_size(QUICK_SIZES) + list(QUICK))):
        for name, settings in table:
            settings = dict(dict(words=words, kernel=DEBUG_ELF), **settings)
            yield BootSession("boot-" + name, Machine(**settings),
                              limits=limits)
    for name, settings in BOCHS:
        settings = dict(dict(words=WORDS, kernel=DEBUG_ELF), **settings)
        yield BootSession("boot-" + name, Machine(iso=True, **settings),
                          emulator="bochs", limits=limits)
