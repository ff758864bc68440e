"""Reading the machine: registers, physical memory, the kernel's variables.

Kernel variables have high addresses, which mean nothing before paging is
on.  Everything typed goes through GDB's own reads and so needs paging; page
tables are read by physical address and so work at any time.
"""
import struct

import gdb

PAGE_OFFSET = 0xC0000000
PAGE_SHIFT = 12
PAGE_SIZE = 1 << PAGE_SHIFT
CR0_PG = 1 << 31
CR4_PSE = 1 << 4


class NotYet(gdb.GdbError):
    """The kernel has not come so far."""


def register(name):
    if not gdb.selected_inferior().threads():
        raise gdb.GdbError("No machine is attached: start with make gdb.")
    return int(gdb.parse_and_eval("$" + name)) & 0xFFFFFFFF


def paging_is_on():
    return bool(register("cr0") & CR0_PG)


def need_paging():
    if not paging_is_on():
        raise NotYet("Paging is off (CR0.PG = 0): the kernel's variables are "
                     "not at their addresses yet. qpt works.")


def read_physical(address, size):
    """Bytes of physical memory, whatever the page tables say."""
    inferior = gdb.selected_inferior()
    connection = inferior.connection
    connection.send_packet("Qqemu.PhyMemMode:1")
    try:
        return bytes(inferior.read_memory(address, size))
    finally:
        connection.send_packet("Qqemu.PhyMemMode:0")


def read_physical_u32(address):
    return struct.unpack("<I", read_physical(address, 4))[0]


def variable(name):
    """A global or static variable of the kernel, or None."""
    symbol = gdb.lookup_global_symbol(name) or gdb.lookup_static_symbol(name)
    return symbol.value() if symbol else None


def need(name):
    """A variable that must exist, once paging is on."""
    need_paging()
    value = variable(name)
    if value is None:
        raise gdb.GdbError("This kernel has no variable %s." % name)
    return value


def nr_cpus():
    """CPUs that may come; a kernel for one has no variable for it."""
    value = variable("nr_cpu_ids")
    return 1 if value is None else int(value)


def per_cpu(name):
    """Each CPU's instance of a variable."""
    original = need(name)
    offsets = variable("__per_cpu_offset")
    for cpu in range(nr_cpus()):
        offset = int(offsets[cpu]) if offsets is not None else 0
        at = gdb.Value((int(original.address) + offset) & 0xFFFFFFFF)
        yield at.cast(original.type.pointer()).dereference()


def number(value):
    """An unsigned long; also out of an atomic_t."""
    if value.type.strip_typedefs().code == gdb.TYPE_CODE_STRUCT:
        value = value["counter"]
    return int(value)


def text(value, missing="?"):
    """A C string."""
    return value.string() if int(value) else missing


def text_of(array):
    """A C string in an array of char."""
    return array.string(length=-1).split("\0")[0]


def address_of(value):
    return int(value.address)


def container_of(pointer, type_name, member):
    """The structure around a member."""
    kind = gdb.lookup_type(type_name)
    offset = next(f.bitpos // 8 for f in flat_fields(kind)
                  if f.name == member)
    start = int(pointer) - offset
    return gdb.Value(start).cast(kind.pointer()).dereference()


class Place:
    """A field and where it lies, those of unnamed unions included."""

    def __init__(self, name, bitpos):
        self.name = name
        self.bitpos = bitpos


def flat_fields(kind, base=0):
    for field in kind.fields():
        if field.name:
            yield Place(field.name, base + field.bitpos)
        else:
            yield from flat_fields(field.type.strip_typedefs(),
                                   base + field.bitpos)


def walk_list(head, type_name, member, limit=100000):
    """The structures on a struct list_head."""
    start = address_of(head)
    node = head["next"]
    while int(node) != start and limit:
        if not int(node):
            raise gdb.GdbError("The list at 0x%x is not set up." % start)
        yield container_of(node, type_name, member)
        node = node.dereference()["next"]
        limit -= 1


def walk_tree(root, type_name, member):
    """The structures in a struct rb_root, in order."""
    stack, node = [], root["rb_node"]
    while stack or int(node):
        while int(node):
            stack.append(node)
            node = node["rb_left"]
        node = stack.pop()
        yield container_of(node, type_name, member)
        node = node["rb_right"]
