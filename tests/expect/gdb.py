"""GDB's half of gdb.session: through the paging switch, then every command.

Each step prints a line or a command's output; the session expects them.
"""
import os
import sys

import gdb

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
# pylint: disable=wrong-import-position
from gdb_steps import attempt, run_to, say     # noqa: E402


def place(what):
    eip = int(gdb.parse_and_eval("$eip")) & 0xFFFFFFFF
    paging = int(gdb.parse_and_eval("$cr0")) >> 31 & 1
    say("%s: eip 0x%08x, paging %s" % (what, eip, "on" if paging else "off"))


def address_of_instruction(function, text):
    """Where the first instruction of this text stands in a function."""
    listing = gdb.execute("x/60i " + function, to_string=True)
    for line in listing.splitlines():
        if text in line:
            return int(line.replace("=>", "").split()[0].rstrip(":"), 16)
    raise gdb.GdbError("no %s in %s" % (text, function))


def through_the_switch():
    run_to("*_start")
    place("multiboot entry")
    # Set while its address means nothing yet; it must hold all the same.
    gdb.execute("break start_kernel", to_string=True)
    for command in ("qpt start_kernel", "qzones", "qpage 0x100", "qdmesg"):
        attempt(command)
    switch = address_of_instruction("_start", "mov    %eax,%cr0")
    run_to("*0x%x" % switch)
    place("before the switch")
    gdb.execute("stepi", to_string=True)
    place("after the switch")
    attempt("qpt $eip")
    attempt("qpt start_kernel")
    run_to("*start_high")
    place("high half")
    gdb.execute("continue", to_string=True)
    place("start_kernel")
    attempt("qpt 0x100000")
    attempt("info symbol $eip")
    for command in ("qzones", "qcache"):
        attempt(command)


def with_memory():
    run_to("console_main")
    place("console_main")
    for command in ("qhelp", "qzones", "qfree", "qfree normal", "qfree moon",
                    "qpage 0x100", "qpage start_kernel", "qpage 0xfffff",
                    "qpage mem_map+0x123", "qcache", "qcache kmalloc-64",
                    "qcache nothing", "qvmalloc", "qdmesg",
                    "qpt 0xfffff000", "qpt start_kernel",
                    'qlist slab_caches "struct kmem_cache" list',
                    "print *$pfn_to_page(0x123)",
                    "print $page_to_pfn(mem_map+7)",
                    "print swapper_pg_dir[768]", "backtrace"):
        attempt(command)


gdb.execute("set pagination off")
gdb.execute("source scripts/gdb/quire.py")
through_the_switch()
with_memory()
say("--- end")
