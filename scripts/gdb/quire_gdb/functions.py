"""Functions for GDB's own expressions, and qlist."""
import gdb

from . import memory, pages
from .command import Command


class PfnToPage(gdb.Function):
    """$pfn_to_page(PFN): the struct page of a frame."""

    def __init__(self):
        super().__init__("pfn_to_page")

    def invoke(self, pfn):
        return pages.mem_map() + int(pfn)


class PageToPfn(gdb.Function):
    """$page_to_pfn(PAGE): the frame of a struct page *."""

    def __init__(self):
        super().__init__("page_to_pfn")

    def invoke(self, page):
        return pages.pfn_of(page.dereference())


class ContainerOf(gdb.Function):
    """$container_of(POINTER, "struct x", "member"): the structure around."""

    def __init__(self):
        super().__init__("container_of")

    def invoke(self, pointer, type_name, member):
        return memory.container_of(pointer, type_name.string(),
                                   member.string()).address


class List(Command):
    """The structures on a list: qlist slab_caches "struct kmem_cache" list"""
    name = "qlist"
    usage = "HEAD TYPE MEMBER"

    def run(self, args):
        if len(args) != 3:
            raise gdb.GdbError("usage: qlist " + self.usage)
        memory.need_paging()
        head = gdb.parse_and_eval(args[0])
        count = 0
        for item in memory.walk_list(head, args[1], args[2]):
            print("(%s *) 0x%x" % (args[1], memory.address_of(item)))
            count += 1
        print("%d on the list" % count)


PfnToPage()
PageToPfn()
ContainerOf()
List()
