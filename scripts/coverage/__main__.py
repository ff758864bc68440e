"""Which lines and branches the tests reach: what `make coverage` calls.

    python3 scripts/coverage [--only GLOB] [--jobs N]
    python3 scripts/coverage --prove

Runs the kernel of GCOV=1 through the sessions of runs.py, and its sources as
a program of this machine (arch/host) through their suites; adds up what both
counted, and makes build/coverage/index.html.
Exit status 0 only if each run passed and told what it counted.
"""
import argparse
import fnmatch
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
# pylint: disable=wrong-import-position
from coverage import dump, figures, runs    # noqa: E402
from ktest.machine import Machine           # noqa: E402
from ktest.boot import BootSession          # noqa: E402

OUT = "build/coverage"
OBJECTS = "build/gcov/obj"
HOST_OBJECTS = "build/host-gcov/obj"
HOST_ELF = "build/host-gcov/quire-host"
# Their false side is the end of the kernel, or a report that it is wrong:
# no test can take it.
ASSERTIONS = r"LCOV_EXCL_BR_LINE|\b(VM_)?BUG_ON\w*\(|\bmm_assert\(|" \
    r"\blockdep_assert_\w+\("
LCOV = ["--rc", "lcov_branch_coverage=1"]


def matches(name, only):
    return any(fnmatch.fnmatch(name, g) for g in only.split(","))


def gcov():
    return os.environ.get("GCOV_TOOL") or "i686-linux-gnu-gcov"


def trace(objects, out):
    """The counters beside some objects, as a tracefile."""
    log = out + ".log"
    with open(log, "w") as file:
        status = subprocess.run(
            ["geninfo", "--gcov-tool", gcov(), *LCOV,
             "--rc", "lcov_excl_br_line=" + ASSERTIONS,
             "-o", out, objects], stdout=file, stderr=file).returncode
    if status:
        sys.exit("coverage: geninfo failed, see " + log)
    return figures.read(out, os.getcwd())


def kernel(only, jobs):
    """Run all; True if all went well."""
    folder = os.path.join(OUT, "runs")
    os.makedirs(folder, exist_ok=True)
    good, dumps = True, []
    for name, seconds, errors, files in runs.run_all(folder, only, jobs):
        print("%-4s %-28s %5.1f s" % ("FAIL" if errors else "ok", name,
                                      seconds), flush=True)
        for error in errors:
            good = False
            print("     " + error)
        if files:
            dumps.append(files)
    if not dumps:
        sys.exit("coverage: nothing was counted")
    dump.clear(OBJECTS)
    dump.write(dump.add_all(dumps))
    return good


def host():
    """The same on this machine; the C library writes the counters."""
    dump.clear(HOST_OBJECTS)
    log = os.path.join(OUT, "host.log")
    with open(log, "w") as file:
        status = subprocess.run([HOST_ELF, "test"], stdin=subprocess.DEVNULL,
                                stdout=file, stderr=file).returncode
    print("%-4s host" % ("FAIL" if status else "ok"), flush=True)
    if status:
        print("     exit status %d, see %s" % (status, log))
    return status == 0


def report(sources):
    info = os.path.join(OUT, "all.info")
    figures.write(info, sources, os.getcwd())
    with open(os.path.join(OUT, "genhtml.log"), "w") as log:
        subprocess.run(["genhtml", *LCOV, "--prefix", os.getcwd(),
                        "-o", OUT, info], stdout=log, stderr=log, check=True)
    with open(os.path.join(OUT, "missing.txt"), "w") as out:
        for name, source in sorted(sources.items()):
            lines = list(figures.missing(name, source))
            if lines:
                out.write("\n".join([figures.row(name, source.figures())] +
                                    lines) + "\n\n")
    print("\n%-20s %22s   %22s" % ("", "lines", "branches"))
    for folder, sums in figures.table(sources):
        print(figures.row(folder, sums))
    print()
    for folders in (("mm/",), ("lib/",), ("mm/", "lib/")):
        print(figures.row("all of " + " ".join(folders),
                          figures.total(sources, folders)))
    print("\n%s/index.html; what is missing: %s/missing.txt" % (OUT, OUT))


def counts(files, source, folder):
    """How often each line of a source ran, by gcov."""
    stem = os.path.basename(source)[:-2]
    name = next(n for n in files if n.endswith("/" + source[:-2] + ".gcda"))
    dump.write({os.path.join(folder, stem + ".gcda"): files[name]})
    shutil.copy(os.path.join(OBJECTS, source[:-2] + ".gcno"), folder)
    told = subprocess.run([gcov(), "--json-format", "--stdout", stem],
                          cwd=folder, check=True, stdout=subprocess.PIPE)
    return [line["count"] for file in json.loads(told.stdout)["files"]
            if file["file"] == source for line in file["lines"]]


def prove():
    """One short run: does what it counted arrive, and is it right?"""
    folder = os.path.join(OUT, "proof")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    session = BootSession("proof", Machine(
        kernel=runs.KERNEL, mem="64M", extra=runs.com2(folder, "proof"),
        words="test kunit.filter_glob=lib_math"), limits=runs.LIMITS)
    _, _, errors, files = runs.run(session, folder)
    if errors:
        sys.exit("\n".join(errors))
    tested = counts(files, "lib/int_sqrt.c", folder)
    other = counts(files, "lib/list_sort.c", folder)
    print("lines of int_sqrt.c, which lib_math tests:", tested)
    print("lines of list_sort.c, which it does not:", other)
    right = tested and 0 < min(tested) <= max(tested) < 1 << 32
    return 0 if right and other and max(other) == 0 else 1


def arguments():
    parser = argparse.ArgumentParser(prog="coverage")
    parser.add_argument("--only", default="*", metavar="GLOB")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--prove", action="store_true")
    return parser.parse_args()


def main():
    options = arguments()
    if options.prove:
        return prove()
    shutil.rmtree(OUT, ignore_errors=True)
    good = kernel(options.only, options.jobs)
    sources = trace(OBJECTS, os.path.join(OUT, "kernel.info"))
    if matches("host", options.only):
        good &= host()
        figures.merge(sources, trace(HOST_OBJECTS,
                                     os.path.join(OUT, "host.info")))
    report(sources)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
