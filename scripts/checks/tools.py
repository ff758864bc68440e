"""Checks that other programs do: formatters, analysers, spelling."""
import os
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import format as house_format
from . import layers, tree

JOBS = os.cpu_count() or 2
INCLUDES = ["-Iinclude", "-Iarch/x86/include",
            "-DCONFIG_KASAN=1", "-DCONFIG_KASAN_SHADOW_OFFSET=0xdf800000",
            "-DCONFIG_KCSAN=1"]
HOST_INCLUDES = ["-Iinclude", "-Iarch/host/include", "-Iarch/x86/include",
                 "-DCONFIG_PAGE_OFFSET=0x80000000", "-DCONFIG_KASAN=1"]
DEFINES = ["-D__KERNEL__", "-DCONFIG_X86_32=1", "-DCONFIG_HIGHMEM=1",
           "-DCONFIG_DEBUG=1", "-DCONFIG_STACKPROTECTOR=1",
           "-DCONFIG_SMP=1", "-DCONFIG_GCOV=1",
           '-DKBUILD_MODNAME="check"']
# What GCC and clang both understand of the Makefile's flags.
FLAGS = ["-std=gnu11", "-m32", "-march=i486", "-ffreestanding", "-nostdinc",
         "-fno-common", "-fno-strict-aliasing", "-fwrapv"]
SPELLING = ["--skip", "./build,./.git,*.iso",
            "--ignore-regex", r"\\[nt]",
            "--ignore-words", "scripts/checks/words.txt"]


def run(argv, always=False):
    """The lines that the program wrote, if it failed or always."""
    done = subprocess.run(argv, stdout=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL,
                          stderr=subprocess.STDOUT)
    if done.returncode == 0 and not always:
        return []
    return done.stdout.splitlines() or ["%s: exit status %d" %
                                        (argv[0], done.returncode)]


def run_each(argvs):
    with ThreadPoolExecutor(JOBS) as pool:
        return [line for lines in pool.map(run, argvs) for line in lines]


def sources():
    """What is the kernel's, arch/host apart."""
    return [path for path in
            tree.files(".c", under=("boot/", "arch/", "mm/", "kernel/", "lib/",
                                    "drivers/", "tests/"))
            if not path.startswith(("arch/host/",) + layers.HOSTED)]


def on_host(path):
    """Is it compiled for the host only?"""
    return path.startswith(("arch/host/", "tests/fuzz/", "tests/host/"))


def both(paths):
    """(include flags, path): arch/host stands before arch/x86 for its own."""
    for path in paths:
        yield HOST_INCLUDES if on_host(path) else INCLUDES, path


def format_check():
    return house_format.check(tree.files(".c", ".h"))


def run_new(name, config, argv, paths):
    """Run argv on each file that did not yet pass as it is now.

    A file that passes leaves a stamp in build/checks/, named after the text
    of all that the result depends on.
    """
    version = "".join(run([argv[0], "--version"], always=True))
    how = repr(argv) + version + tree.text(config)
    stamp = {path: os.path.join("build/checks", name, layers.state(path, how))
             for path in paths}
    os.makedirs(os.path.join("build/checks", name), exist_ok=True)

    def one(path):
        complaints = run([path if word == "{}" else word for word in argv])
        if not complaints:
            with open(stamp[path], "wb"):
                pass
        return complaints

    with ThreadPoolExecutor(JOBS) as pool:
        done = pool.map(one, [path for path in paths
                              if not os.path.exists(stamp[path])])
        return [line for lines in done for line in lines]


def tidy():
    """clang-tidy, with the checks chosen in .clang-tidy.

    The analyzer follows every path through a function: at most 20000 steps
    each, and none in the tests, where each expectation doubles the paths.
    They are followed by running them.
    """
    command = ["clang-tidy", "--quiet", "{}"]
    tested = ["--checks=-clang-analyzer-*"]
    clang = ["--", "--target=i686-linux-gnu"] + FLAGS + DEFINES + [
        "-Xclang", "-analyzer-config", "-Xclang", "max-nodes=20000"]
    tests = [path for path in sources() if path.startswith("tests/")]
    kernel = [path for path in sources() if path not in tests]
    host = [path for path in tests if on_host(path)]
    tests = [path for path in tests if path not in host]
    lines = run_new("tidy", ".clang-tidy", command + clang + INCLUDES, kernel)
    for paths, includes in ((tests, INCLUDES), (host, HOST_INCLUDES)):
        lines += run_new("tidy", ".clang-tidy",
                         command + tested + clang + includes, paths)
    return [line for line in lines
            if not re.match(r"\d+ warnings? (and|generated|treated)|"
                            r"Suppressed|Use -header|Error while", line)]


def cppcheck():
    quiet = "scripts/checks/cppcheck.txt"
    return run_new("cppcheck", quiet, [
        "cppcheck", "--quiet", "--error-exitcode=1",
        "--enable=warning,performance,portability", "--inline-suppr",
        "--std=c11", "--platform=unix32", "--suppressions-list=" + quiet,
        "--template={file}:{line}: {id}: {message}"] +
        INCLUDES + DEFINES + ["{}"], sources())


def sparse():
    """Flags, pointers to user memory and to I/O memory stay apart.

    The tests compare flags with numbers on purpose.  Locks taken in one
    function and dropped in another would need a mark each: no -Wcontext.
    One file at a time: to sparse each file's gfp_t is a type of its own.
    """
    argv = ["sparse", "-m32", "-std=gnu11", "-nostdinc", "-D__CHECKER__",
            "-D__has_include(x)=0", "-Wno-decl", "-Wno-context",
            "-Wno-non-pointer-null", "-Wsparse-error"] + DEFINES
    mixed = ["-Wno-bitwise", "-Wno-cast-truncate"]
    paths = sources() + tree.files(".c", under=("arch/host/",))
    done = run_each(argv + flags + mixed * path.startswith("tests/") + [path]
                    for flags, path in both(paths))
    return [line for line in done if not line.startswith("  ") and
            not tree.exempt("sparse", line.split(":")[0])
            ] + tree.stale(["sparse"])


def spelling():
    return run(["codespell"] + SPELLING)


def shell():
    return run(["shellcheck"] + tree.files(".sh") + [".ci/run"])


def headers():
    """Every header compiles alone."""
    compiler = os.environ.get("CC") or "i686-linux-gnu-gcc"
    argv = [compiler, "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
            "-Wno-unused-parameter", "-Wno-sign-compare", "-mregparm=3",
            "-x", "c"] + FLAGS + DEFINES
    # "-include" of an empty file's: as the main file a header would
    # complain of its own "#pragma once" and unused static functions.
    paths = [path for path in tree.files(".h")
             if not path.startswith(layers.HOSTED)]
    return run_each(argv + flags + ["-include", path, "/dev/null"]
                    for flags, path in both(paths))


def python():
    """Every script compiles."""
    return run(["python3", "-W", "error", "-c",
                "import sys\nfor p in sys.argv[1:]:\n"
                "    compile(open(p).read(), p, 'exec')"] +
               tree.files(".py"))
