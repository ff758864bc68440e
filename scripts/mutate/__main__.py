"""Small faults, one at a time: does a test notice each?  `make mutate`.

    python3 scripts/mutate [--files GLOB] [--count N] [--seed S] [--jobs J]
    python3 scripts/mutate --only FILE:LINE [--only ...]
    python3 scripts/mutate --list

Takes N of all the faults that operators.py knows for mm/, builds the host
kernel with each in a copy of the tree, and runs its self-tests. A fault is
    caught     a case fails, or the run crashes or does not end
    survived   all pass: a test is missing, or the fault changes nothing
    same       the compiler makes the same code of it: not counted
    invalid    it does not compile: not counted
A fault that survives and stands in harmless.txt, with the reason why nobody
could notice it, is counted for itself.
What survived is listed with its place in build/mutate/survivors.txt; --only
tries all faults of such a place again.
"""
import argparse
import glob
import os
import random
import re
import sys
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
# pylint: disable=wrong-import-position
from mutate.operators import mutants        # noqa: E402
from mutate.tree import Tree, Unsound       # noqa: E402

FOLDER = "build/mutate"
REPORT = os.path.join(FOLDER, "survivors.txt")
HARMLESS = os.path.join(os.path.dirname(__file__), "harmless.txt")
# What mm/ is made of: its files, and what its public headers do inline.
FILES = ["mm/*.[ch]"] + ["include/linux/%s.h" % name for name in (
    "dma-mapping", "gfp", "highmem", "highmem-internal", "kmap_slots",
    "mempool", "mm", "mmzone", "page-flags", "page_ref", "slab", "vmalloc",
    "vmstat")]


def all_mutants(patterns):
    found = []
    for path in sorted(set(sum(map(glob.glob, patterns), []))):
        with open(path) as source:
            found += mutants(path, source.read())
    return found


def harmless():
    """(file, line, change): the reason why it cannot be noticed."""
    with open(HARMLESS) as text:
        blocks = re.sub("^#.*\n", "", text.read(), flags=re.M).split("\n\n")
    lines = [[line.strip() for line in block.strip().split("\n")]
             for block in blocks if block.strip()]
    return {tuple(block[:3]): " ".join(block[3:]) for block in lines}


def chosen(options):
    """A sample that the seed repeats; of one file what stands together, so
    that the fault before is undone by the build of the next."""
    found = all_mutants(options.files)
    if options.only:
        found = [mutant for mutant in found if mutant.name() in options.only]
    if not found:
        sys.exit("mutate: no faults to make in %s" %
                 " ".join(options.only or options.files))
    if options.count and options.count < len(found) and not options.only:
        random.seed(options.seed)
        found = random.sample(found, options.count)
    return sorted(found, key=lambda m: (m.path, m.start))


def shares(found, jobs):
    """Neighbours stay together, and each worker gets about as many."""
    size = -(-len(found) // jobs)
    return [found[i:i + size] for i in range(0, len(found), size)]


def percent(part, whole):
    return 100.0 * part / whole if whole else 0.0


class Score:
    """What became of each fault, and the words for it."""

    def __init__(self, total):
        self.total, self.done = total, 0
        self.counts = dict.fromkeys(
            ("caught", "survived", "harmless", "same", "invalid"), 0)
        self.survivors = []
        self.known = harmless()

    def add(self, mutant, verdict, detail):
        self.done += 1
        key = (mutant.path, mutant.line_text, mutant.change())
        if verdict == "survived" and key in self.known:
            verdict = "harmless"
        self.counts[verdict] += 1
        if verdict == "survived":
            self.survivors.append(str(mutant))
        print("[%4d/%d] %-8s %s%s" % (
            self.done, self.total, verdict, mutant,
            "  by " + detail if detail else ""), flush=True)

    def line(self):
        count = self.counts
        noticeable = count["caught"] + count["survived"]
        judged = noticeable + count["harmless"]
        return "%d of %d faults caught (%.1f %%), %d are known to be " \
            "harmless (%.1f %% without them), %d made the same code, " \
            "%d did not compile" % (
                count["caught"], judged, percent(count["caught"], judged),
                count["harmless"], percent(count["caught"], noticeable),
                count["same"], count["invalid"])


def work(number, share, score):
    tree = Tree(os.path.join(FOLDER, "tree-%d" % number),
                {mutant.path for mutant in share})
    for mutant in share:
        score.add(mutant, *tree.judge(mutant))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--files", nargs="+", default=FILES, metavar="GLOB")
    parser.add_argument("--count", type=int, default=200,
                        help="how many faults; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", metavar="FILE:LINE",
                        default=[], help="all faults of one line")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--list", action="store_true",
                        help="name the faults and make none")
    options = parser.parse_args()
    found = chosen(options)
    if options.list:
        for mutant in found:
            print(mutant)
        return 0
    score = Score(len(found))
    try:
        parts = shares(found, options.jobs)
        with ThreadPoolExecutor(len(parts)) as pool:
            for future in [pool.submit(work, i, part, score)
                           for i, part in enumerate(parts)]:
                future.result()
    except Unsound as error:
        print("mutate: %s" % error)
        return 1
    with open(REPORT, "w") as report:
        report.writelines(line + "\n" for line in sorted(score.survivors))
    if score.survivors:
        print("\nsurvived:")
        print("\n".join("  " + line for line in sorted(score.survivors)))
    print("\n%s" % score.line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
