"""qvmalloc: the ranges of the vmalloc window."""
from . import memory
from .command import Command

USES = ((0x1, "ioremap"), (0x2, "vmalloc"), (0x4, "vmap"), (0x8, "user"))
SHOWN = 4       # frames of an area that are printed


def frames_of(area):
    """The frames behind an area, as far as it has descriptors."""
    vm = area["vm"]
    array, count = vm["pages"], int(vm["nr_pages"])
    if not int(array):
        return []
    size = array.dereference().dereference().type.strip_typedefs().sizeof
    start = int(memory.need("mem_map"))
    return [(int(array[i]) - start) // size
            for i in range(min(count, SHOWN))]


class Vmalloc(Command):
    """Ranges of the vmalloc window, with their frames."""
    name = "qvmalloc"

    def run(self, args):
        count = 0
        for area in memory.walk_tree(memory.need("vmap_busy"),
                                     "struct vmap_area", "rb_node"):
            self._show(area)
            count += 1
        lazy = sum(int(q["bytes"]) for q in memory.per_cpu("lazy_queue"))
        print("%d areas; %d bytes wait for a TLB flush" % (count, lazy))

    @staticmethod
    def _show(area):
        start, end = int(area["va_start"]), int(area["va_end"])
        flags = int(area["vm"]["flags"])
        use = " ".join(word for bit, word in USES if flags & bit)
        line = "%08x-%08x %7d %s" % (start, end, end - start, use)
        frames = frames_of(area)
        if frames:
            line += ", frames " + " ".join("0x%x" % f for f in frames)
            if int(area["vm"]["nr_pages"]) > SHOWN:
                line += " ..."
        elif int(area["vm"]["phys_addr"]):
            line += ", physical %08x" % int(area["vm"]["phys_addr"])
        print(line)


Vmalloc()
