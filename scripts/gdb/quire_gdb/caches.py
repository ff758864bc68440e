"""qcache: slab caches."""
import gdb

from . import memory
from .command import Command


def all_caches():
    head = memory.need("slab_caches")
    if not int(head["next"]):
        raise memory.NotYet("The slab allocator is not set up yet.")
    return memory.walk_list(head, "struct kmem_cache", "list")


class Counts:
    """What the lists of one cache hold."""

    def __init__(self, cache):
        self.at_hand = self._at_hand(cache["cpu_cache"])
        self.lists = {}
        self.taken = -self.at_hand
        for name in ("full", "partial", "empty"):
            slabs = list(memory.walk_list(cache[name], "struct slab",
                                          "slab_list"))
            self.lists[name] = len(slabs)
            self.taken += sum(int(s["inuse"]) for s in slabs)
        self.slabs = sum(self.lists.values())

    @staticmethod
    def _at_hand(arrays):
        return sum(max(0, int(arrays[i]["avail"]))
                   for i in range(memory.nr_cpus()))


class Caches(Command):
    """Slab caches: all of them, or one in detail."""
    name = "qcache"
    usage = "[NAME]"

    def run(self, args):
        if args:
            self._detail(args[0])
            return
        print("%-20s %6s %6s %6s %6s %7s" %
              ("cache", "size", "slot", "taken", "slabs", "at hand"))
        for cache in all_caches():
            counts = Counts(cache)
            print("%-20s %6d %6d %6d %6d %7d" %
                  (memory.text(cache["name"]), int(cache["object_size"]),
                   int(cache["size"]), counts.taken, counts.slabs,
                   counts.at_hand))

    @staticmethod
    def _detail(name):
        for cache in all_caches():
            if memory.text(cache["name"]) == name:
                break
        else:
            raise gdb.GdbError("No cache %s; qcache lists them." % name)
        counts = Counts(cache)
        print("%s at 0x%x: objects of %d bytes, slots of %d, aligned to %d" %
              (name, memory.address_of(cache), int(cache["object_size"]),
               int(cache["size"]), int(cache["align"])))
        print("  a slab: 2^%d pages, %d objects" %
              (int(cache["order"]), int(cache["num"])))
        print("  slabs: %(full)d full, %(partial)d partial, %(empty)d empty" %
              counts.lists)
        print("  objects: %d taken, %d free in the CPUs' arrays" %
              (counts.taken, counts.at_hand))


Caches()
