"""Quire's GDB commands: `source scripts/gdb/quire.py`, then `qhelp`.

`make gdb` does this by itself.  docs/gdb.md is the manual.
"""
import os
import sys

# Not __file__: GDB keeps there the script that sources this one.
HERE = sys._getframe().f_code.co_filename   # pylint: disable=protected-access
sys.path.insert(0, os.path.dirname(os.path.abspath(HERE)))

import gdb                                              # noqa: E402

from quire_gdb import (caches, functions, log, pages,   # noqa: E402,F401
                       percpu, printers, stacks, tables, threads, vmalloc,
                       zones)

# QEMU's memory changes behind GDB's back, as page tables are switched.
gdb.execute("set stack-cache off")
gdb.execute("set code-cache off")
gdb.execute("set print pretty on")
printers.register()
