"""How kernel types look in GDB's `print`."""
import gdb

from . import memory, pages, tables


class PagePrinter:
    """struct page: one line of words before the fields."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        try:
            return pages.summary(self.value)
        except (gdb.error, TypeError):
            return "struct page"

    def children(self):
        yield "flags", "|".join(pages.flag_names(
            int(self.value["flags"]))) or "none"
        yield "_refcount", memory.number(self.value["_refcount"])
        yield "private", self.value["private"]


class EntryPrinter:
    """pte_t, pmd_t, pgd_t: the entry in words."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        value = self.value
        while value.type.strip_typedefs().code == gdb.TYPE_CODE_STRUCT:
            value = value[value.type.strip_typedefs().fields()[0]]
        entry = int(value)
        if not entry & tables.PRESENT:
            return "0x%08x: not present" % entry
        return "0x%08x: frame 0x%x, %s" % (entry, entry >> 12,
                                           tables.entry_words(entry))


class AtomicPrinter:
    """atomic_t: just its number."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return str(int(self.value["counter"]))


BY_NAME = {"pte_t": EntryPrinter, "pmd_t": EntryPrinter,
           "pgd_t": EntryPrinter, "atomic_t": AtomicPrinter,
           "atomic_long_t": AtomicPrinter, "struct page": PagePrinter}


def lookup(value):
    kind = value.type.unqualified()
    printer = BY_NAME.get(str(kind))
    return printer(value) if printer else None


def register():
    lookup.__name__ = "quire"
    gdb.pretty_printers.insert(0, lookup)
