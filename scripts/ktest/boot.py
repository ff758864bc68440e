"""A boot session: start the kernel with its tests, judge what it reports.

The judgement has two independent halves which must agree: the KTAP report
on the serial line, and the exit status the kernel gives the machine.
"""
import os
import re
from dataclasses import dataclass, field

from . import bochs
from .ktap import Parser
from .machine import FAILED, PANIC, PASSED, Machine
from .process import Limits, Process
from .result import Item, Result

PANIC_LINE = re.compile(r"^(# *)?Kernel panic\b.*", re.M)
BANNER = re.compile(r"^Quire: a 32-bit kernel", re.M)
ENDED = {PASSED: "all passed", FAILED: "a test failed", PANIC: "a panic",
         0: "a reset or a power-off without a verdict"}


@dataclass
class BootSession:
    name: str
    machine: Machine = field(default_factory=Machine)
    emulator: str = "qemu"
    argv: tuple = ()            # run this instead (the runner's own tests)
    limits: Limits = field(default_factory=Limits)

    def megabytes(self):
        return 64 + self.machine.megabytes()

    def kernels(self):
        return [self.machine.kernel]

    def describe(self):
        m = self.machine
        return " ".join(filter(None, [
            self.emulator, m.machine, m.mem, m.cpu, "smp=" + m.smp,
            os.path.basename(os.path.dirname(m.kernel)).replace(
                "build", "debug"),
            "iso" if m.iso else "", m.words]))

    def run(self, folder):
        log = os.path.join(folder, self.name + ".log")
        process = self._start(folder, log)
        parser = Parser()
        self._listen(process, parser)
        status = process.close()
        parser.finish()
        result = Result(self.name, seconds=process.seconds(), log=log)
        result.items = [Item(c.name, c.status, c.lines)
                        for c in parser.cases]
        result.add("boot", self._errors(process, parser, status))
        return result

    def _start(self, folder, log):
        image = os.path.join(folder, self.name + ".iso")
        if self.argv:
            return Process(list(self.argv), log, self.limits)
        if self.emulator == "bochs":
            argv, serial = bochs.command(self.machine, folder, self.name)
            return Process(argv, log, self.limits, follow=serial)
        return Process(self.machine.qemu(image) +
                       ["-serial", "stdio", "-monitor", "none"],
                       log, self.limits)

    def _listen(self, process, parser):
        rest = ""
        while True:
            piece = process.read(1.0)
            if piece is None:
                break
            lines = (rest + piece).split("\n")
            rest = lines.pop()
            for line in lines:
                parser.feed(line.rstrip("\r"))
            if self.emulator == "bochs" and bochs.over(process.text):
                process.kill(bochs.OVER)
        if rest:
            parser.feed(rest)

    def _errors(self, process, parser, status):
        errors = list(parser.errors)
        panic = PANIC_LINE.search(process.text)
        if panic:
            errors.append(panic[0])
        if len(BANNER.findall(process.text)) > 1:
            errors.append("the kernel started more than once")
        if process.killed not in (None, bochs.OVER):
            errors.append("killed: " + process.killed)
        elif self.emulator != "bochs":
            errors += self._status_errors(parser, status)
        return errors

    @staticmethod
    def _status_errors(parser, status):
        """The exit status must say what the report said."""
        failed = any(c.status == "failed" for c in parser.cases)
        wanted = FAILED if failed else PASSED
        if status == wanted:
            return []
        return ["exit status %d (%s), expected %d (%s)" %
                (status, ENDED.get(status, "unknown"),
                 wanted, ENDED[wanted])]
