"""$percpu("name", cpu), qpercpu: variables of which each CPU has its own."""
import gdb

from . import memory
from .command import Command, evaluate


def online():
    """The numbers of the CPUs that run."""
    mask = int(memory.need("__cpu_online_mask")["bits"][0])
    return [cpu for cpu in range(32) if mask >> cpu & 1]


def percpu(name, cpu):
    """A CPU's copy; in a kernel for one CPU the variable itself."""
    value = memory.need(name)
    offsets = memory.variable("__per_cpu_offset")
    if offsets is None:
        return value
    address = (memory.address_of(value) + int(offsets[cpu])) & 0xFFFFFFFF
    pointer = value.type.unqualified().pointer()
    return gdb.Value(address).cast(pointer).dereference()


class PerCpu(gdb.Function):
    """$percpu("name", CPU): a per-CPU variable of that CPU."""

    def __init__(self):
        super().__init__("percpu")

    def invoke(self, name, cpu):
        cpu = int(cpu)
        if cpu not in online():
            raise gdb.GdbError("CPU %d is not online." % cpu)
        return percpu(name.string(), cpu)


class PerCpuOfAll(Command):
    """A per-CPU variable of one CPU, or of each"""
    name = "qpercpu"
    usage = "NAME [CPU]"

    def run(self, args):
        if len(args) not in (1, 2):
            raise gdb.GdbError("usage: qpercpu " + self.usage)
        cpus = [evaluate(args[1])] if len(args) == 2 else online()
        for cpu in cpus:
            if cpu not in online():
                raise gdb.GdbError("CPU %d is not online." % cpu)
            value = percpu(args[0], cpu)
            print("CPU %d, 0x%x: %s" % (cpu, memory.address_of(value),
                                        value.format_string()))


PerCpu()
PerCpuOfAll()
