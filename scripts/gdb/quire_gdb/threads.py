"""qthreads, qthread, qlocks: threads, where they are, what they hold."""
import gdb

from . import memory, percpu, stacks
from .command import Command, evaluate

STATES = ((0x402, "I"), (0x80, "X"), (0x40, "P"), (2, "D"), (1, "S"))
NORMAL_PRIO = 120


def idle_threads():
    for cpu in percpu.online():
        idle = percpu.percpu("runqueues", cpu)["idle"]
        if int(idle):
            yield idle.dereference()


def tasks():
    """All threads, those of idle CPUs first."""
    head = memory.need("init_task")["tasks"]
    if not any(True for _ in idle_threads()):
        raise memory.NotYet("There are no threads yet.")
    yield from idle_threads()
    yield from memory.walk_list(head, "struct task_struct", "tasks")


def is_idle(task):
    return any(memory.address_of(task) == memory.address_of(idle)
               for idle in idle_threads())


def state(task):
    """A letter as in Linux's ps, with * for one that a CPU runs now."""
    bits = int(task["__state"])
    letter = "R"
    for mask, name in STATES:
        if bits & mask == mask:
            letter = name
            break
    return letter + ("*" if int(task["on_cpu"]) else "")


def find(word):
    """A thread by its number, name or struct."""
    everyone = list(tasks())
    for task in everyone:
        if memory.text_of(task["comm"]) == word:
            return task
    try:
        value = evaluate(word)
    except gdb.error:
        value = None
    for task in everyone:
        if memory.address_of(task) == value:
            return task
        if int(task["pid"]) == value and not is_idle(task):
            return task
    raise gdb.GdbError("No thread %s; qthreads lists them." % word)


def line(task, size):
    used = stacks.most_used(int(task["stack"]), size) if int(task["stack"]) \
        else None
    return "0x%08x %5d %-4s %3d %4d  %08x %6s  %s" % (
        memory.address_of(task), int(task["pid"]), state(task),
        int(task["cpu"]), int(task["prio"]) - NORMAL_PRIO,
        int(task["stack"]), "-" if used is None else used,
        memory.text_of(task["comm"]))


def backtrace(task):
    if not int(task["stack"]):
        print("  it has ended, its stack is gone")
        return
    if not int(task["on_cpu"]):
        stacks.show(task)
        return
    before = gdb.selected_thread()
    for thread in gdb.selected_inferior().threads():
        if thread.num == int(task["cpu"]) + 1:
            thread.switch()
            print(gdb.execute("backtrace 32", to_string=True).rstrip())
    before.switch()


def held(task):
    """The locks that a thread holds, the oldest first; None: not counted."""
    if not any(f.name == "held_locks" for f in task.type.fields()):
        return None
    books = task["held_locks"]
    if not any(f.name == "lock" for f in books.type.fields()):
        return None
    return [books["lock"][i] for i in range(int(books["depth"]))]


def show_held(task):
    for lock in held(task):
        print("  %s%s, taken at %s" % (
            memory.text(lock["instance"]["name"]),
            " (shared)" if int(lock["read"]) else "",
            stacks.place(int(lock["acquire_ip"]))))


class Threads(Command):
    """All threads; -b: with who called, for each that sleeps"""
    name = "qthreads"
    usage = "[-b]"

    def run(self, args):
        if args not in ([], ["-b"]):
            raise gdb.GdbError("usage: qthreads " + self.usage)
        size = stacks.thread_size()
        print("%-10s %5s %-4s %3s %4s  %-8s %6s  %s" %
              ("task", "pid", "st", "cpu", "nice", "stack", "used", "name"))
        for task in tasks():
            print(line(task, size))
            if args and not int(task["on_cpu"]) and int(task["stack"]):
                stacks.show(task)


class Thread(Command):
    """One thread: its state, who called, the locks it holds"""
    name = "qthread"
    usage = "PID|NAME|TASK"

    def run(self, args):
        if len(args) != 1:
            raise gdb.GdbError("usage: qthread " + self.usage)
        task = find(args[0])
        size = stacks.thread_size()
        print("%s (%d): state %s, CPU %d, struct task_struct at 0x%x" %
              (memory.text_of(task["comm"]), int(task["pid"]), state(task),
               int(task["cpu"]), memory.address_of(task)))
        print("  stack 0x%x .. 0x%x" % (int(task["stack"]),
                                        int(task["stack"]) + size))
        backtrace(task)
        if held(task):
            print("  holds:")
            show_held(task)


class Locks(Command):
    """The locks that are held, by thread (checked build)"""
    name = "qlocks"

    def run(self, args):
        count = 0
        for task in tasks():
            locks = held(task)
            if locks is None:
                raise gdb.GdbError("This kernel keeps no books about locks.")
            if locks:
                print("%s (%d):" % (memory.text_of(task["comm"]),
                                    int(task["pid"])))
                show_held(task)
                count += len(locks)
        print("%d held" % count)


Threads()
Thread()
Locks()
