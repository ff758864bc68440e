"""Boots under Bochs, which emulates the processor in another way than QEMU.

Bochs runs without a window on a terminal of its own, the serial line goes to
a file, and there is no device to hand a status to: the report alone decides.
A session is over when Bochs ends (the kernel writes to its shutdown port), or
when the kernel says on the serial line that it has stopped.
"""
import os
import re

from .machine import make_iso

OVER = "the kernel said that it had stopped"
STOPPED = re.compile(
    r"^.*(System halted|Power down|end Kernel panic).*\n", re.M)
BIOS = "/usr/share/bochs/BIOS-bochs-latest"
VGA = "/usr/share/vgabios/vgabios.bin"

CONFIG = """\
config_interface: textconfig
display_library: term
megs: %(megs)d
romimage: file=%(bios)s
vgaromimage: file=%(vga)s
boot: cdrom
ata0-master: type=cdrom, path=%(image)s, status=inserted
cpu: model=%(cpu)s, count=%(cpus)s, ips=20000000, reset_on_triple_fault=0
clock: sync=none
com1: enabled=1, mode=file, dev=%(serial)s
speaker: enabled=0
log: %(log)s
panic: action=fatal
error: action=report
info: action=ignore
debug: action=ignore
"""


def over(text):
    return STOPPED.search(text) is not None


def command(machine, folder, name):
    """The command line, and the file the serial line goes to."""
    base = os.path.abspath(os.path.join(folder, name))
    make_iso(machine.kernel, base + ".iso", machine.words,
             machine.modules())
    serial = base + ".serial"
    with open(base + ".bochsrc", "w") as config:
        config.write(CONFIG % {
            "megs": machine.megabytes(), "cpus": machine.smp,
            "bios": BIOS, "vga": VGA,
            "image": base + ".iso", "serial": serial,
            "log": base + ".bochs.log",
            "cpu": machine.cpu or "corei5_lynnfield_750"})
    # Debian's Bochs is built with its debugger, which waits for a "go on".
    with open(base + ".commands", "w") as commands:
        commands.write("c\n")
    return ["bochs", "-q", "-f", base + ".bochsrc",
            "-rc", base + ".commands"], serial
