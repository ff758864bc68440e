"""A copy of the sources in which faults are made one after the other."""
import hashlib
import os
import re
import shutil
import signal
import subprocess

COPIED = ("Makefile", "arch", "boot", "drivers", "include", "kernel", "lib",
          "mm", "scripts", "tests")
BINARY = "build/host-plain/quire-host"
OBJECTS = "build/host-plain/obj"
BUILD = ["make", "--no-print-directory", "-s", "-j1", "host",
         "HOST_CHECK=plain"]
OBJCOPY = os.environ.get("OBJCOPY", "objcopy")
# All suites but those of threads that wait for each other, which no fault in
# mm/ makes fail first, and which take longer than all others together.
SUITES = ("[a-r]*", "sl[ai]*", "s[m-z]*", "[t-z]*")
# A run takes two seconds of a CPU. By that clock, not by the wall's, is one
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
    return re.split(r"[_.]", os.path.basename(path))[0] + "*"


def last_words(output):
    """The last suite or case that a run has named."""
    named = STARTED.findall(output.decode(errors="replace"))
    return named[-1] if named else "nothing"


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
        verdict, detail = self._test(SUITES)
        if verdict != "survived":
            raise Unsound("the tests fail with no fault made: %s" % detail)
        self.named = {glob for glob in map(related, paths)
                      if self._run(glob)[0] == "survived"}

    def _build(self):
        return subprocess.run(BUILD, cwd=self.folder, text=True,
                              stdout=subprocess.PIPE, check=False,
                              stderr=subprocess.STDOUT)

    def _test(self, globs):
        for glob in globs:
            verdict, detail = self._run(glob)
            if verdict == "caught":
                break
        return verdict, detail

    def _run(self, glob):
        """The verdict of some suites, and what noticed the fault."""
        argv = ["sh", "-c", 'ulimit -t "$0"; exec "$@"', str(CPU_SECONDS),
                os.path.join(self.folder, BINARY), "test",
                "kunit.filter_glob=" + glob]
        try:
            run = subprocess.run(argv, timeout=WALL_SECONDS, check=False,
                                 stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT,
                                 stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as late:
            return "caught", "a run without end after " + \
                last_words(late.stdout or b"")
        text = run.stdout.decode(errors="replace")
        failed = FAILED.search(text)
        if failed:
            return "caught", failed.group(1)
        if run.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return "caught", "a run without end after " + \
                last_words(run.stdout)
        if run.returncode or not PASSED.search(text):
            return "caught", "exit status %d after %s" % (
                run.returncode, last_words(run.stdout))
        return "survived", ""

    def _code(self, path):
        """What the compiler made of a file, without where it stood."""
        name = os.path.join(self.folder, OBJECTS,
                            os.path.splitext(path)[0] + ".o")
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
            first = [related(mutant.path)]
            return self._test([glob for glob in first if glob in self.named]
                              + list(SUITES))
        finally:
            with open(place, "w") as file:
                file.write(source)
