"""qpt: the walk that the CPU does for an address, from CR3, in words."""
import gdb

from . import memory
from .command import Command, evaluate

PRESENT, RW, USER, PWT, PCD = 0x1, 0x2, 0x4, 0x8, 0x10
ACCESSED, DIRTY, LARGE, GLOBAL = 0x20, 0x40, 0x80, 0x100


def entry_words(entry):
    """The rights and marks of an entry."""
    words = ["writable" if entry & RW else "read-only",
             "user" if entry & USER else "kernel",
             {0: "cached", PWT: "write-combining"}.get(
                 entry & (PWT | PCD), "uncached")]
    for bit, word in ((GLOBAL, "global"), (ACCESSED, "accessed"),
                      (DIRTY, "dirty")):
        if entry & bit:
            words.append(word)
    return ", ".join(words)


class Walk:
    """The steps for one address, and where they end."""

    def __init__(self, address):
        self.address = address
        self.lines = []
        self.physical = None
        self.cr3 = memory.register("cr3") & 0xFFFFF000
        self._directory()

    def _say(self, level, index, entry, words):
        self.lines.append("  %s[%d] = %08x: %s" % (level, index, entry,
                                                   words))

    def _directory(self):
        index = self.address >> 22
        entry = memory.read_physical_u32(self.cr3 + index * 4)
        if not entry & PRESENT:
            self._say("directory", index, entry,
                      "not present, the walk ends")
        elif entry & LARGE and memory.register("cr4") & memory.CR4_PSE:
            self._say("directory", index, entry,
                      "4 MiB page, " + entry_words(entry))
            self.physical = (entry & 0xFFC00000 |
                             self.address & 0x3FFFFF)
        else:
            self._say("directory", index, entry,
                      "page table at %08x" % (entry & 0xFFFFF000))
            self._table(entry & 0xFFFFF000)

    def _table(self, table):
        index = self.address >> 12 & 0x3FF
        entry = memory.read_physical_u32(table + index * 4)
        if not entry & PRESENT:
            self._say("table", index, entry, "not present, the walk ends")
            return
        self._say("table", index, entry, "frame 0x%x, %s" %
                  (entry >> 12, entry_words(entry)))
        self.physical = entry & 0xFFFFF000 | self.address & 0xFFF


def translate(address):
    """The physical address, or None where nothing is mapped."""
    if not memory.paging_is_on():
        return address
    return Walk(address).physical


class PageTables(Command):
    """The page-table walk for an address (before paging, too)."""
    name = "qpt"
    usage = "ADDRESS"

    def run(self, args):
        if len(args) != 1:
            raise gdb.GdbError("usage: qpt ADDRESS (any C expression)")
        address = evaluate(args[0])
        if not memory.paging_is_on():
            print("%08x: paging is off (CR0.PG = 0), so this is the "
                  "physical address" % address)
            return
        walk = Walk(address)
        print("walk of %08x: CR3 = %08x" % (address, walk.cr3))
        print("\n".join(walk.lines))
        if walk.physical is not None:
            print("  => physical %08x" % walk.physical)


PageTables()
