"""Kernel stacks: how much is used, who called, and through interrupts.

Debug builds keep frame pointers, whose chain ends with a zero.  Release
builds do not: there every word of the stack that points into the kernel's
text is shown, with a question mark, as the kernel itself does.
"""
import struct

import gdb
from gdb.unwinder import Unwinder, register_unwinder

from . import memory

PATTERN = 0x57ACC0DE        # kernel/sched/stack.c
REGS_SIZE = 64              # struct pt_regs up to flags
KERNEL_CS = 8


def words(address, count):
    data = gdb.selected_inferior().read_memory(address, 4 * count)
    return struct.unpack("<%dI" % count, bytes(data))


def thread_size():
    """The size of a stack, which only the preprocessor knows."""
    begin = gdb.parse_and_eval("(unsigned long)&init_stack")
    end = gdb.parse_and_eval("(unsigned long)&init_stack_top")
    return int(end - begin)


def most_used(stack, size):
    """Bytes that were ever in use; None where the kernel keeps no books."""
    content = words(stack, size // 4)
    for number, word in enumerate(content[1:], 1):
        if word != PATTERN:
            return None if number == 1 else size - 4 * number
    return 0


def in_text(address):
    """In the kernel's code, that of booting included."""
    for low, high in (("_stext", "_etext"), ("_sinittext", "_einittext")):
        if int(gdb.parse_and_eval("(unsigned long)&" + low)) <= address < \
                int(gdb.parse_and_eval("(unsigned long)&" + high)):
            return True
    return False


def place(address):
    """A return address in words: the call before it is what counts."""
    symbol = gdb.execute("info symbol 0x%x" % (address - 1), to_string=True)
    name = symbol.split(" in section")[0].replace(" ", "")
    line = gdb.find_pc_line(address - 1)
    if line.symtab is None:
        return name
    return "%s at %s:%d" % (name, line.symtab.filename, line.line)


def by_frames(base, low, high):
    """Return addresses along the frame pointers; None: not a whole chain."""
    found = []
    while base:
        if not low <= base <= high - 8 or base & 3:
            return None
        following, address = words(base, 2)
        if address and in_text(address):
            found.append(address)
        if following and following <= base:
            return None
        base = following
    return found


def by_scan(pointer, high):
    return [word for word in words(pointer, (high - pointer) // 4)
            if in_text(word)]


def of_sleeper(task):
    """(marked as a guess, return addresses) of a thread that does not run."""
    stack, pointer = int(task["stack"]), int(task["thread"]["sp"])
    high = stack + thread_size()
    _si, _di, _bx, base, address = words(pointer, 5)
    chain = by_frames(base, stack, high)
    if chain is None:
        return True, by_scan(pointer + 16, high)
    return False, [address] + chain


def show(task, limit=32):
    guess, addresses = of_sleeper(task)
    for number, address in enumerate(addresses[:limit]):
        print("  #%-2d 0x%08x %s%s" % (number, address, "? " if guess else "",
                                       place(address)))


class FrameId:
    """What GDB tells frames apart by."""

    def __init__(self, sp, pc):
        self.sp = sp
        self.pc = pc


class EntryUnwinder(Unwinder):
    """From entry.asm back to what was interrupted: struct pt_regs is on top
    of the stack there."""
    SAVED = (("ebx", 0), ("ecx", 4), ("edx", 8), ("esi", 12), ("edi", 16),
             ("ebp", 20), ("eax", 24), ("eip", 52))

    def __init__(self):
        super().__init__("quire-entry")
        self.range = None

    def _in_entry(self, address):
        if self.range is None:
            self.range = tuple(
                int(gdb.parse_and_eval("(unsigned long)&" + name))
                for name in ("trap_common", "double_fault_entry"))
        return self.range[0] <= address < self.range[1]

    def __call__(self, pending):
        pc = int(pending.read_register("eip")) & 0xFFFFFFFF
        if not self._in_entry(pc):
            return None
        sp = int(pending.read_register("esp")) & 0xFFFFFFFF
        regs = words(sp, REGS_SIZE // 4)
        if regs[14] & 0xFFFF != KERNEL_CS or not in_text(regs[13]):
            return None         # still saving, or from user mode
        kind = gdb.lookup_type("unsigned long")
        info = pending.create_unwind_info(
            FrameId(gdb.Value(sp).cast(kind), gdb.Value(pc).cast(kind)))
        for name, offset in self.SAVED:
            info.add_saved_register(name,
                                    gdb.Value(regs[offset // 4]).cast(kind))
        info.add_saved_register("esp", gdb.Value(sp + REGS_SIZE).cast(kind))
        return info


register_unwinder(None, EntryUnwinder(), replace=True)
