#!/usr/bin/env python3
"""Boot the kernel on the terminal: what `make run` and `make gdb` call.

The variables of the make command line come by the environment.
"""
import os
import subprocess
import sys

from ktest.machine import STATUS, BadSetting, Machine

GDB_SCRIPT = "scripts/gdb/quire.py"


def from_environment(env):
    def get(name, default=""):
        return env.get(name) or default

    machine = Machine(
        kernel=get("KERNEL", "build/quire.elf"), mem=get("MEM", "512M"),
        words=get("APPEND"), machine=get("MACHINE", "pc"), cpu=get("CPU"),
        smp=get("SMP", "1"), iso=get("ISO") == "1", initrd=get("INITRD"))
    machine.check()
    return machine


def run(args):
    print("Leave with Ctrl-A X (Ctrl-A C: QEMU's monitor).", flush=True)
    try:
        status = subprocess.run(args).returncode
    except KeyboardInterrupt:
        status = 0
    return STATUS.get(status, 3 if status else 0)


def gdb(args, kernel):
    """QEMU stopped at the kernel's multiboot entry, GDB attached to it.

    GDB starts QEMU itself, by a pipe, so that both end together and no port
    can be taken; the serial line goes to a file, as GDB has the terminal.
    """
    serial = "build/gdb.serial"
    qemu = args + ["-serial", "file:" + serial, "-monitor", "none",
                   "-S", "-gdb", "stdio"]
    script = os.path.join("build", "gdb.commands")
    with open(script, "w") as out:
        out.write("set confirm off\nset architecture i386\n")
        out.write("target remote | exec %s\n" % " ".join(
            "'%s'" % a.replace("'", "'\\''") for a in qemu))
        if os.path.exists(GDB_SCRIPT):
            out.write("source %s\n" % GDB_SCRIPT)
        # A breakpoint of QEMU's: the loader has yet to write the kernel.
        out.write("thbreak *_start\ncontinue\n")
    print("The kernel's serial line goes to " + serial, flush=True)
    return subprocess.run(["gdb", "-q", "-x", script, kernel]).returncode


def main():
    try:
        machine = from_environment(os.environ)
        args = machine.qemu("build/run.iso")
    except (BadSetting, subprocess.CalledProcessError) as error:
        sys.exit("run: %s" % error)
    if "--gdb" in sys.argv:
        return gdb(args, machine.kernel)
    return run(args + ["-serial", "mon:stdio"])


if __name__ == "__main__":
    sys.exit(main())
