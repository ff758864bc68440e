"""Dialogues: sessions written down in tests/expect/*.session.

A dialogue boots a kernel, types at its console and waits for what must come
back.  The file is a list of steps, one to a line; docs/testing.md has the
words.  Each `expect` is one counted item; the first that does not come ends
the session.
"""
import glob
import os
import re
import shlex
import socket
from dataclasses import dataclass, field

from .machine import EXAMPLES_ELF, BadSetting, Machine, elf
from .process import Limits, Process
from .result import Result

FOLDER = "tests/expect"
WAIT = 60               # seconds for one expectation
SETTINGS = {"MEM": "mem", "SMP": "smp", "CPU": "cpu", "MACHINE": "machine",
            "APPEND": "words", "INITRD": "initrd"}
VARIANTS = {"RELEASE=1": "release", "SMP=n": "up", "THREAD_SIZE=4096": "4k",
            "UBSAN=1": "ubsan", "KASAN=1": "kasan"}


class BadScript(Exception):
    """A line of a session file that says nothing we know."""


@dataclass
class Script:
    """A session file, read."""
    machine: Machine
    steps: list = field(default_factory=list)   # (line number, verb, text)
    gdb: str = ""                   # GDB commands to run instead of typing
    absent: list = field(default_factory=list)
    status: int = None
    wait: float = WAIT


def set_up(script, text):
    """boot NAME=VALUE...: the machine, in the words of `make run`."""
    variant, extra = [], False
    for word in shlex.split(text):
        name, _, value = word.partition("=")
        if word in VARIANTS:
            variant.append(VARIANTS[word])
        elif name == "ISO":
            script.machine.iso = value == "1"
        elif word == "EXTRA=examples/extra":
            extra = True
        elif name in SETTINGS:
            setattr(script.machine, SETTINGS[name], value)
        else:
            raise BadScript("boot knows no " + word)
    script.machine.kernel = EXAMPLES_ELF if extra else elf(*variant)


def read(path):
    script = Script(Machine())
    for number, line in enumerate(open(path), 1):
        line = line.rstrip("\n")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        verb, _, text = line.strip().partition(" ")
        try:
            take(script, number, verb, text)
        except (BadScript, ValueError, re.error) as error:
            raise BadScript("%s:%d: %s" % (path, number, error)) from error
    return script


def take(script, number, verb, text):
    if verb == "boot":
        set_up(script, text)
    elif verb in ("expect", "absent"):
        re.compile(text)
        if verb == "absent":
            script.absent.append(text)
        else:
            script.steps.append((number, verb, text))
    elif verb in ("send", "key"):
        script.steps.append((number, verb, text))
    elif verb == "gdb":
        script.gdb = text
    elif verb == "status":
        script.status = int(text)
    elif verb == "wait":
        script.wait = float(text)
    else:
        raise BadScript("unknown step " + verb)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class DialogueSession:
    name: str
    path: str
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self):
        self.script = read(self.path)

    def megabytes(self):
        return 64 + self.script.machine.megabytes()

    def kernels(self):
        return [self.script.machine.kernel]

    def describe(self):
        with open(self.path) as file:
            first = file.readline().strip()
        return first.lstrip("# ") if first.startswith("#") else ""

    def run(self, folder):
        log = os.path.join(folder, self.name + ".log")
        if self.script.gdb:
            return self._run_gdb(folder, log)
        process = Process(self._qemu(folder) +
                          ["-serial", "stdio", "-monitor", "none"],
                          log, self.limits)
        return self._talk(process, log)

    def _qemu(self, folder):
        self.script.machine.check()
        return self.script.machine.qemu(
            os.path.join(folder, self.name + ".iso"))

    def _run_gdb(self, folder, log):
        """QEMU waits stopped for GDB; the dialogue is GDB's output."""
        port = free_port()
        serial = os.path.join(folder, self.name + ".serial")
        qemu = Process(self._qemu(folder) +
                       ["-serial", "file:" + serial, "-monitor", "none",
                        "-S", "-gdb", "tcp:127.0.0.1:%d" % port],
                       os.path.join(folder, self.name + ".qemu.log"))
        gdb = Process(["gdb", "-nx", "-batch", "-ex", "set pagination off",
                       "-ex", "set tcp connect-timeout 20",
                       "-ex", "file " + self.script.machine.kernel,
                       "-ex", "target remote 127.0.0.1:%d" % port,
                       "-x", self.script.gdb], log, self.limits)
        try:
            return self._talk(gdb, log)
        finally:
            qemu.kill("GDB is done")
            qemu.close()

    def _talk(self, process, log):
        result = Result(self.name, log=log)
        position = 0
        for number, verb, text in self.script.steps:
            label = "%d: %s %s" % (number, verb, text)
            if verb == "send":
                process.send(text + "\r")
            elif verb == "key":
                process.send(text.encode().decode("unicode_escape"))
            else:
                found = self._await(process, position, text)
                result.add(label, self._unmet(process, found, position))
                if found is None:
                    break
                position = found
        self._finish(process, result)
        return result

    def _await(self, process, position, pattern):
        """Where the match ends, or None if it does not come."""
        regex = re.compile(pattern, re.M)
        waited = process.seconds() + self.script.wait
        while True:
            text = process.text.replace("\r", "")
            match = regex.search(text, position)
            if match:
                return match.end()
            if process.seconds() > waited or process.read(1.0) is None:
                text = process.text.replace("\r", "")
                match = regex.search(text, position)
                return match.end() if match else None

    @staticmethod
    def _unmet(process, found, position):
        if found is not None:
            return []
        seen = process.text.replace("\r", "")[position:].splitlines()
        why = process.killed or "did not come; seen last:"
        return [why] + ["  " + line for line in seen[-12:]]

    def _finish(self, process, result):
        wanted = self.script.status
        if wanted is None:
            process.kill("the dialogue is over")
        while wanted is not None and process.read(1.0) is not None:
            pass
        killed = process.killed
        status = process.close()
        if wanted is not None:
            error = "status %d, expected %d" % (status, wanted)
            result.add("status %d" % wanted,
                       [killed or error] if status != wanted else [])
        text = process.text.replace("\r", "")
        for pattern in self.script.absent:
            match = re.search(pattern, text, re.M)
            result.add("absent " + pattern, [match[0]] if match else [])
        result.seconds = process.seconds()


def dialogues(limits=None):
    for path in sorted(glob.glob(FOLDER + "/*.session")):
        name = os.path.basename(path)[:-len(".session")]
        try:
            yield DialogueSession("expect-" + name, path,
                                  limits or Limits())
        except (BadScript, BadSetting) as error:
            yield BrokenSession("expect-" + name, str(error))


@dataclass
class BrokenSession:
    """Stands for a file that cannot be read, and fails."""
    name: str
    error: str

    def megabytes(self):
        return 0

    def kernels(self):
        return []

    def describe(self):
        return self.error

    def run(self, _folder):
        result = Result(self.name)
        result.add("script", [self.error])
        return result
