"""Checks that other programs do: formatters, analysers, spelling."""
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import format as house_format
from . import tree

JOBS = os.cpu_count() or 2
INCLUDES = ["-Iinclude", "-Iarch/x86/include"]
DEFINES = ["-D__KERNEL__", "-DCONFIG_X86_32=1", "-DCONFIG_HIGHMEM=1",
           "-DCONFIG_DEBUG=1", '-DKBUILD_MODNAME="check"']
# What GCC and clang both understand of the Makefile's flags.
FLAGS = ["-std=gnu11", "-m32", "-march=i486", "-ffreestanding", "-nostdinc",
         "-fno-common", "-fno-strict-aliasing", "-fwrapv"]
SPELLING = ["--skip", "./build,./.git,*.iso",
            "--ignore-regex", r"\\[nt]",
            "--ignore-words", "scripts/checks/words.txt"]


def run(argv):
    """The program's output if it failed, else nothing."""
    done = subprocess.run(argv, stdout=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL,
                          stderr=subprocess.STDOUT)
    if done.returncode == 0:
        return []
    return done.stdout.splitlines() or ["%s: exit status %d" %
                                        (argv[0], done.returncode)]


def run_each(argvs):
    with ThreadPoolExecutor(JOBS) as pool:
        return [line for lines in pool.map(run, argvs) for line in lines]


def portions(paths, size):
    return [paths[n:n + size] for n in range(0, len(paths), size)]


def sources():
    return tree.files(".c", under=("boot/", "arch/", "mm/", "kernel/", "lib/",
                                   "drivers/", "tests/"))


def format_check():
    return house_format.check(tree.files(".c", ".h"))


def tidy():
    """clang-tidy, with the checks chosen in .clang-tidy."""
    clang = ["--target=i686-linux-gnu"] + FLAGS + INCLUDES + DEFINES
    lines = run_each(["clang-tidy", "--quiet"] + part + ["--"] + clang
                     for part in portions(sources(), 5))
    return [line for line in lines
            if not re.match(r"\d+ warnings? (and|generated|treated)|"
                            r"Suppressed|Use -header|Error while", line)]


def cppcheck():
    return run(["cppcheck", "--quiet", "--error-exitcode=1", "-j", str(JOBS),
                "--enable=warning,performance,portability", "--inline-suppr",
                "--std=c11", "--platform=unix32",
                "--suppressions-list=scripts/checks/cppcheck.txt",
                "--template={file}:{line}: {id}: {message}"] +
               INCLUDES + DEFINES + sources())


def sparse():
    """Flags, pointers to user memory and to I/O memory stay apart.

    The tests compare flags with numbers on purpose.  Locks taken in one function and dropped in another
    would need a mark each: no -Wcontext.  One file at a time, for to sparse
    the gfp_t of one file is another than that of the next.
    """
    argv = ["sparse", "-m32", "-std=gnu11", "-nostdinc", "-D__CHECKER__",
            "-D__has_include(x)=0", "-Wno-decl", "-Wno-context",
            "-Wno-non-pointer-null", "-Wsparse-error"] + INCLUDES + DEFINES
    mixed = ["-Wno-bitwise", "-Wno-cast-truncate"]
    done = run_each(argv + mixed * path.startswith("tests/") + [path]
                    for path in sources() if not tree.exempt("sparse", path))
    return [line for line in done if not line.startswith("  ")]


def spelling():
    return run(["codespell"] + SPELLING)


def shell():
    return run(["shellcheck"] + tree.files(".sh") + [".ci/run"])


def headers():
    """Every header compiles alone."""
    compiler = os.environ.get("CC") or "i686-linux-gnu-gcc"
    argv = [compiler, "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
            "-Wno-unused-parameter", "-Wno-sign-compare", "-mregparm=3",
            "-x", "c"] + FLAGS + INCLUDES + DEFINES
    # "-include" of an empty file's: as the main file a header would
    # complain of its own "#pragma once" and unused static functions.
    return run_each(argv + ["-include", path, "/dev/null"]
                    for path in tree.files(".h"))


def python():
    """Every script compiles."""
    return run(["python3", "-W", "error", "-c",
                "import sys\nfor p in sys.argv[1:]:\n"
                "    compile(open(p).read(), p, 'exec')"] +
               tree.files(".py"))
