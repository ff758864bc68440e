"""A copy of the sources in which faults are made one after the other."""
import hashlib
import os
import re
import shutil
import signal
import subprocess
import threading

COPIED = ("Makefile", "arch", "boot", "drivers", "include", "kernel", "lib",
          "mm", "scripts", "tests")
BINARY = "build/host-plain/quire-host"
OBJECTS = "build/host-plain/obj"
WHOLE = "build/host-plain/kernel.o"
BUILD = ["make", "--no-print-directory", "-s", "-j1", "host",
         "HOST_CHECK=plain"]
OBJCOPY = os.environ.get("OBJCOPY", "objcopy")
# The starts by which a fault is judged, as words of the command line: the quick
# cases first, which notice most; memory with holes at each border; what several
# CPUs change; the slow cases. Left out are the suites of threads that wait for
# each other (sched*, timers, wait, ...): no fault in mm/ makes them fail first.
QUICK, SLOW = "kunit.filter=speed>slow", "kunit.filter=speed=slow"
HOLES = "map=4K-600K,1M-15M,16M-40M,895M-901M"
STARTS = [["kunit.filter_glob=" + glob] + more for glob, *more in (
    ("[bdfghkmpvz]*", QUICK), ("s[h-y]*", QUICK), ("[acei-r]*", QUICK),
    ("[bdfmp]*", QUICK, HOLES), ("[vz]*", QUICK, HOLES),
    ("[kpv]*", QUICK, "cpus=4"), ("s[h-t]*", QUICK, "cpus=4"),
    ("[a-r]*", SLOW), ("s[l-t]*", SLOW), ("v*", SLOW))]
# A run takes a second or two of a CPU. By that clock, not by the wall's, is one
# without end known, or a busy machine would seem to notice every fault; the
# wall's is for those that sleep for ever.
CPU_SECONDS = 12
WALL_SECONDS = 150.0
FAILED = re.compile(r"^ *not ok \d+ (?:- )?(\S+)", re.M)

PASSED = re.compile(r"^ok \d+ ", re.M)
STARTED = re.compile(r"^ *(?:# Subtest: |ok \d+ )(\S+)", re.M)


def related(path):
    """The suites that are named after a file: they notice most of its
    faults, and are run first."""
    name = re.split(r"[-_.]", os.path.basename(path))[0]
    return ["kunit.filter_glob=" + name + "*"]


def last_words(output):
    """The last suite or case that a run has named."""
    named = STARTED.findall(output)
    return named[-1] if named else "nothing"


def run_until_failure(argv):
    """What a program says, the first case that fails (the rest need not be
    waited for), and how it ended."""
    said, failed = [], None
    with subprocess.Popen(argv, stdin=subprocess.DEVNULL, text=True,
                          errors="replace", stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as run:
        alarm = threading.Timer(WALL_SECONDS, run.kill)
        alarm.start()
        for line in run.stdout:
            said.append(line)
            failed = failed or FAILED.match(line)
            if failed:
                run.kill()
        alarm.cancel()
    return "".join(said), failed and failed.group(1), run.returncode


class Unsound(Exception):
    """The tree fails with no fault in it: nothing can be judged."""


class Tree:
    def __init__(self, folder, paths):
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for name in COPIED:
            copy = shutil.copytree if os.path.isdir(name) else shutil.copy2
            copy(name, os.path.join(folder, name))
        built = self._build()
        if built.returncode:
            raise Unsound("the sources do not build:\n%s" % built.stdout)
        self.code = {path: self._code(path) for path in paths}
        verdict, detail = self._test(STARTS)
        if verdict != "survived":
            raise Unsound("the tests fail with no fault made: %s" % detail)
        self.first = {path: [related(path)] for path in paths
                      if self._run(related(path))[0] == "survived"}

    def _build(self):
        return subprocess.run(BUILD, cwd=self.folder, text=True,
                              stdout=subprocess.PIPE, check=False,
                              stderr=subprocess.STDOUT)

    def _test(self, starts):
        for words in starts:
            verdict, detail = self._run(words)
            if verdict == "caught":
                break
        return verdict, detail

    def _run(self, words):
        """The verdict of one start, and what noticed the fault."""
        argv = ["sh", "-c", 'ulimit -t "$0"; exec "$@"', str(CPU_SECONDS),
                os.path.join(self.folder, BINARY), "test"] + words
        text, failed, status = run_until_failure(argv)
        if failed:
            return "caught", failed
        if status in (-signal.SIGXCPU, -signal.SIGKILL):
            return "caught", "a run without end after " + last_words(text)
        if status or not PASSED.search(text):
            return "caught", "exit status %d after %s" % (
                status, last_words(text))
        return "survived", ""

    def _code(self, path):
        """What the compiler made of a file, without where it stood; of a
        header, what it made of all that may include it."""
        stem, suffix = os.path.splitext(path)
        name = os.path.join(self.folder, WHOLE) if suffix == ".h" else \
            os.path.join(self.folder, OBJECTS, stem + ".o")
        bare = name + ".bare"
        subprocess.run([OBJCOPY, "-g", name, bare], check=True)
        with open(bare, "rb") as file:
            return hashlib.sha1(file.read()).digest()

    def judge(self, mutant):
        """The verdict on a fault, and what noticed it."""
        place = os.path.join(self.folder, mutant.path)
        with open(place) as file:
            source = file.read()
        with open(place, "w") as file:
            file.write(mutant.apply(source))
        try:
            if self._build().returncode:
                return "invalid", ""
            if self._code(mutant.path) == self.code[mutant.path]:
                return "same", ""
            return self._test(self.first.get(mutant.path, []) + STARTS)
        finally:
            with open(place, "w") as file:
                file.write(source)
