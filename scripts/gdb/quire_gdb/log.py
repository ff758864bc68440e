"""qdmesg: the kernel's messages, out of the ring behind printk()."""
import gdb

from . import memory
from .command import Command


def records():
    """(level, text) of each record that the ring still holds."""
    ring = memory.need("log_ring")
    size, nr_desc = int(ring["text_size"]), int(ring["nr_desc"])
    for number in range(int(ring["first"]), int(ring["next"])):
        desc = ring["desc"][number & (nr_desc - 1)]
        start, length = int(desc["pos"]) & (size - 1), int(desc["len"])
        yield int(desc["level"]), ring_text(int(ring["text"]), size, start,
                                            length)


def ring_text(base, size, start, length):
    read = gdb.selected_inferior().read_memory
    first = min(length, size - start)
    data = bytes(read(base + start, first)) if first else b""
    if length > first:
        data += bytes(read(base, length - first))
    return data.decode("utf-8", "replace")


class Dmesg(Command):
    """The kernel's messages since boot."""
    name = "qdmesg"

    def run(self, args):
        for _, line in records():
            print(line)


Dmesg()
