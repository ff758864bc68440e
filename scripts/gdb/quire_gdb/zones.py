"""qzones and qfree: zones and the buddy's free lists."""
import gdb

from . import memory, pages
from .command import Command

SHOWN = 6       # blocks of a list that are printed


def all_zones():
    zones = memory.need("contig_page_data")["node_zones"]
    low, high = zones.type.range()
    found = [zones[i] for i in range(low, high + 1)]
    if not any(int(z["present_pages"]) for z in found):
        raise memory.NotYet("The zones are not set up yet: try after "
                            "start_kernel has run its memory part.")
    return [z for z in found if int(z["present_pages"])]


def mib(nr_pages):
    return "%.1f MiB" % (nr_pages / 256)


class Zones(Command):
    """Zones: range, free pages, watermarks, reserves."""
    name = "qzones"

    def run(self, args):
        for zone in all_zones():
            self._show(zone)

    @staticmethod
    def _show(zone):
        start = int(zone["zone_start_pfn"])
        spanned = int(zone["spanned_pages"])
        free = int(zone["free_pages"])
        print("%s: frames 0x%x .. 0x%x" %
              (memory.text(zone["name"]), start, start + spanned - 1))
        print("  spanned %d, present %d, managed %d (%s)" %
              (spanned, int(zone["present_pages"]),
               memory.number(zone["managed_pages"]),
               mib(memory.number(zone["managed_pages"]))))
        marks = zone["_watermark"]
        print("  free %d (%s); watermarks min %d, low %d, high %d" %
              (free, mib(free), int(marks[0]), int(marks[1]),
               int(marks[2])))
        reserve = zone["lowmem_reserve"]
        low, high = reserve.type.range()
        print("  kept from requests for DMA, NORMAL, HIGHMEM: %s pages" %
              ", ".join(str(int(reserve[i])) for i in range(low, high + 1)))


class FreeLists(Command):
    """The buddy's free lists, of all zones or of one."""
    name = "qfree"
    usage = "[ZONE]"

    def run(self, args):
        zones = all_zones()
        names = [memory.text(z["name"]) for z in zones]
        if args:
            wanted = args[0].upper()
            chosen = [z for z, n in zip(zones, names)
                      if n.upper() == wanted]
            if not chosen:
                raise gdb.GdbError("No zone %s; there are %s." %
                                   (args[0], ", ".join(names)))
            zones = chosen
        for zone in zones:
            self._show(zone)

    def _show(self, zone):
        areas = zone["free_area"]
        low, high = areas.type.range()
        print("%s: %d free pages" % (memory.text(zone["name"]),
                                     int(zone["free_pages"])))
        for order in range(low, high + 1):
            area = areas[order]
            print("  order %2d: %5d blocks of %s" %
                  (order, int(area["nr_free"]), self._size(order)))
            self._show_lists(area["free_list"])

    @staticmethod
    def _size(order):
        kib = 4 << order
        return "%d KiB" % kib if kib < 1024 else "%d MiB" % (kib >> 10)

    @staticmethod
    def _show_lists(lists):
        names = [f.name for f in gdb.lookup_type("enum migratetype").fields()
                 if f.name not in ("MIGRATE_PCPTYPES", "MIGRATE_TYPES")]
        low, high = lists.type.range()
        for kind in range(low, high + 1):
            frames = [pages.pfn_of(page) for page in
                      memory.walk_list(lists[kind], "struct page", "lru")]
            if not frames:
                continue
            shown = " ".join("0x%x" % f for f in frames[:SHOWN])
            more = " ..." if len(frames) > SHOWN else ""
            print("      %-12s %s%s" %
                  (names[kind].replace("MIGRATE_", "").lower(), shown,
                   more))


Zones()
FreeLists()
