"""qpage: one page descriptor, told in words."""
import gdb

from . import memory, tables
from .command import Command, evaluate

ZONES_PGSHIFT = 30
LAST_PFN = 1 << 20


def mem_map():
    """The descriptors; max_pfn of them."""
    start = memory.need("mem_map")
    if not int(start):
        raise memory.NotYet("mem_map is not set up yet.")
    return start


def page_of(pfn):
    return (mem_map() + pfn).dereference()


def pfn_of(page):
    """A descriptor's frame number."""
    size = page.type.strip_typedefs().sizeof
    return (memory.address_of(page) - int(mem_map())) // size


def flag_names(flags):
    kind = gdb.lookup_type("enum pageflags")
    return [f.name[len("PG_"):] for f in kind.fields()
            if f.name.startswith("PG_") and flags >> f.enumval & 1]


def zone_name(page):
    index = int(page["flags"]) >> ZONES_PGSHIFT
    zones = memory.need("contig_page_data")["node_zones"]
    return memory.text(zones[index]["name"])


def head_of(page):
    head = int(page["compound_head"])
    if head & 1:
        kind = page.type.pointer()
        return gdb.Value(head - 1).cast(kind).dereference()
    return page


def free_block_of(pfn):
    """The free block that holds a frame: (first frame, order) or None."""
    for order in range(11):
        head = pfn & ~((1 << order) - 1)
        page = page_of(head)
        if "buddy" in flag_names(int(page["flags"])) and \
                int(page["private"]) >= order:
            return head, int(page["private"])
    return None


def use_of(page):
    """What a frame is used for, in a few words."""
    pfn = pfn_of(page)
    flags = flag_names(int(page["flags"]))
    if "reserved" in flags:
        return "reserved: the buddy never had it"
    block = free_block_of(pfn)
    if block:
        return "free: in the block of order %d at frame 0x%x" % \
            (block[1], block[0])
    head = head_of(page)
    if "slab" in flag_names(int(head["flags"])):
        return "slab of cache %s, %d objects taken" % \
            (memory.text(head["slab_cache"]["name"]), int(head["inuse"]))
    if "table" in flags:
        return "page table"
    if memory.number(head["_refcount"]) == 0:
        return "free: on a CPU's list"
    if memory.address_of(head) != memory.address_of(page):
        return "in use: tail of the compound page at frame 0x%x" % \
            pfn_of(head)
    return "in use"


def summary(page):
    pfn = pfn_of(page)
    return "frame 0x%x, %s, %s" % (pfn, zone_name(page), use_of(page))


def resolve(word):
    """A frame number out of a PFN, a physical or a virtual address."""
    value = gdb.parse_and_eval(word)
    kind = value.type.strip_typedefs()
    if kind.code == gdb.TYPE_CODE_PTR and \
            kind.target().strip_typedefs().tag == "page":
        return pfn_of(value.dereference())
    address = evaluate(word)
    if address < LAST_PFN:
        return address
    if address < memory.PAGE_OFFSET:
        return address >> memory.PAGE_SHIFT
    physical = tables.translate(address)
    if physical is None:
        raise gdb.GdbError("%08x: no page is mapped there (see qpt)." %
                           address)
    return physical >> memory.PAGE_SHIFT


class Page(Command):
    """One page: a frame number, an address or a struct page *."""
    name = "qpage"
    usage = "PFN|ADDRESS|PAGE"

    def run(self, args):
        if len(args) != 1:
            raise gdb.GdbError("usage: qpage " + self.usage)
        memory.need_paging()
        pfn, last = resolve(args[0]), int(memory.need("max_pfn"))
        if not 0 <= pfn < last:
            raise gdb.GdbError("Frame 0x%x: RAM ends at frame 0x%x." %
                               (pfn, last))
        page = page_of(pfn)
        flags = flag_names(int(page["flags"]))
        print("frame 0x%x: physical %08x, zone %s, struct page at 0x%x" %
              (pfn, pfn << memory.PAGE_SHIFT, zone_name(page),
               memory.address_of(page)))
        print("  " + use_of(page))
        print("  flags %s; references %d, mappings %d" %
              ("|".join(flags) or "none", memory.number(page["_refcount"]),
               memory.number(page["_mapcount"]) + 1))


Page()
