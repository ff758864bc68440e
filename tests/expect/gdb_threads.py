"""GDB's half of gdb-threads.session: threads, CPUs, and through interrupts."""
import os
import sys

import gdb

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
# pylint: disable=wrong-import-position
from gdb_steps import attempt, run_to, say     # noqa: E402


def before_threads():
    run_to("*start_high")
    for command in ("qthreads", "qpercpu current_task"):
        attempt(command)


def in_an_interrupt():
    run_to("handle_vector")
    attempt("backtrace")


def with_a_lock():
    run_to("kernel_init")
    attempt("qlocks")
    run_to("buddy_take_upto")
    for command in ("qlocks", "qthread init"):
        attempt(command)


def with_threads():
    run_to("console_main")
    for command in ("qthreads", "qthreads -b", "qthread kthreadd",
                    "qthread 2", "qthread init", "qthread nobody",
                    "qthread swapper/1",
                    "print $percpu(\"cpu_number\", 1)",
                    "print $percpu(\"cpu_number\", 7)",
                    "qpercpu cpu_number", "qpercpu cpu_number 0",
                    "qpercpu cpu_number 9", "qpercpu nonsense"):
        attempt(command)


gdb.execute("set pagination off")
gdb.execute("source scripts/gdb/quire.py")
before_threads()
in_an_interrupt()
with_a_lock()
with_threads()
say("--- end")
