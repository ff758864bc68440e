#!/usr/bin/env python3
"""Boot the kernel on the terminal: what `make run` and `make gdb` call.

The variables of the make command line come by the environment.
"""
import os
import shlex
import subprocess
import sys

STATUS = {33: 0, 35: 1, 37: 2}    # isa-debug-exit: passed, failed, panic
MACHINES = ("pc", "q35", "isapc")


def command(env):
    def get(name, default=""):
        return env.get(name) or default

    machine = get("MACHINE", "pc")
    if machine not in MACHINES:
        sys.exit("MACHINE=%s: choose one of %s" %
                 (machine, ", ".join(MACHINES)))
    args = [get("QEMU", "qemu-system-i386"), "-M", machine,
            "-m", get("MEM", "512M"), "-smp", get("SMP", "1"),
            "-no-reboot", "-display", "none", "-serial", "mon:stdio",
            "-device", "isa-debug-exit,iobase=0xf4,iosize=0x04"]
    if get("CPU"):
        args += ["-cpu", get("CPU")]
    kernel, words = get("KERNEL", "build/quire.elf"), get("APPEND")
    if get("ISO") == "1":
        image = "build/run.iso"
        initrd = get("INITRD").split(",") if get("INITRD") else []
        subprocess.run(["scripts/mkiso.sh", kernel, image, words] + initrd,
                       check=True)
        args += ["-cdrom", image, "-boot", "d"]
    else:
        args += ["-kernel", kernel]
        if words:
            args += ["-append", words]
        if get("INITRD"):
            args += ["-initrd", get("INITRD")]
    return args + shlex.split(get("QEMUFLAGS"))


def main():
    args = command(os.environ)
    if "--gdb" in sys.argv:
        sys.exit("gdb: not yet")
    print("Leave with Ctrl-A X (Ctrl-A C: QEMU's monitor).", flush=True)
    status = subprocess.run(args).returncode
    sys.exit(STATUS.get(status, 3 if status else 0))


if __name__ == "__main__":
    main()
