"""Quire's GDB commands: `source scripts/gdb/quire.py`, then `qhelp`.

`make gdb` does this by itself.  docs/gdb.md is the manual.
"""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import gdb                                              # noqa: E402

from quire_gdb import (caches, functions, log, pages,   # noqa: E402,F401
                       printers, tables, vmalloc, zones)

# QEMU's memory changes behind GDB's back, as page tables are switched.
gdb.execute("set stack-cache off")
gdb.execute("set code-cache off")
gdb.execute("set print pretty on")
printers.register()
