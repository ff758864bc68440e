"""Lines and branches: tracefiles of lcov, merged, and their figures.

A tracefile has, for each source, DA:line,count and BRDA:line,block,branch,
count ("-": its line never ran).
"""
import os
from dataclasses import dataclass, field

FOLDERS = ("mm", "lib", "kernel", "arch", "drivers", "include")


@dataclass
class Source:
    lines: dict = field(default_factory=dict)       # line -> count
    branches: dict = field(default_factory=dict)    # line -> [count, ...]

    def figures(self):
        """Lines reached, lines, branches taken, branches."""
        taken = [b for found in self.branches.values() for b in found]
        return (sum(n > 0 for n in self.lines.values()), len(self.lines),
                sum(n > 0 for n in taken), len(taken))


def read(path, root):
    """Sources of the tree by their names in it."""
    sources, arms = {}, {}
    with open(path) as lines:
        for line in lines:
            kind, _, rest = line.rstrip("\n").partition(":")
            if kind == "SF":
                name = os.path.relpath(rest, root)
                source = sources.setdefault(name, Source())
                arms = source.branches
            elif kind == "DA":
                at, count = map(int, rest.split(",")[:2])
                source.lines[at] = source.lines.get(at, 0) + count
            elif kind == "BRDA":
                at, _, branch, count = rest.split(",")
                add_arm(arms.setdefault(int(at), []), int(branch),
                        0 if count == "-" else int(count))
    return {n: s for n, s in sources.items()
            if n.split("/")[0] in FOLDERS}


def add_arm(arms, branch, count):
    arms.extend([0] * (branch + 1 - len(arms)))
    arms[branch] += count


def merge(kernel, host):
    """Adds what the host's run counted to what the kernel has.

    The kernel says which lines and branches there are: it was optimised, so
    that nothing is left of if (IS_ENABLED(...)) where that is false.  A line
    of which the host's compiler made another number of branches keeps the
    kernel's counts.
    """
    for name, theirs in host.items():
        if name not in kernel:
            kernel[name] = theirs
            continue
        mine = kernel[name]
        for at in mine.lines:
            mine.lines[at] += theirs.lines.get(at, 0)
        for at, arms in mine.branches.items():
            other = theirs.branches.get(at, [])
            if len(other) == len(arms):
                mine.branches[at] = [a + b for a, b in zip(arms, other)]
    return kernel


def write(path, sources, root):
    with open(path, "w") as out:
        for name, source in sorted(sources.items()):
            out.write("SF:%s\n" % os.path.join(root, name))
            for at, arms in sorted(source.branches.items()):
                for branch, count in enumerate(arms):
                    out.write("BRDA:%d,0,%d,%s\n" % (
                        at, branch, count if any(arms) else "-"))
            for line in sorted(source.lines.items()):
                out.write("DA:%d,%d\n" % line)
            out.write("end_of_record\n")


def folder(name):
    """Where a source counts: its folder; include/ and arch/ as a whole."""
    top = name.split("/")[0]
    return top if top in ("include", "arch") else os.path.dirname(name)


def table(sources):
    """(folder, figures) of each folder, sorted."""
    sums = {}
    for name, source in sources.items():
        add(sums.setdefault(folder(name), [0, 0, 0, 0]), source.figures())
    return sorted(sums.items())


def total(sources, folders):
    """The figures of all that lies in some folders."""
    sums = [0, 0, 0, 0]
    for name, source in sources.items():
        if name.startswith(folders):
            add(sums, source.figures())
    return sums


def add(sums, figures):
    for i, n in enumerate(figures):
        sums[i] += n


def percent(part, whole):
    return 100.0 * part / whole if whole else 100.0


def row(name, figures):
    reached, lines, taken, branches = figures
    return "%-20s %5d of %5d %5.1f %%   %5d of %5d %5.1f %%" % (
        name, reached, lines, percent(reached, lines),
        taken, branches, percent(taken, branches))


def missing(path, source):
    """The lines not reached (####), and those with a branch not taken (-)."""
    with open(path) as file:
        text = file.read().splitlines()
    for at in sorted(set(source.lines) | set(source.branches)):
        arms = source.branches.get(at, [])
        mark = ("####" if source.lines.get(at, 1) == 0 else
                "".join("+" if n else "-" for n in arms))
        if "-" in mark or "#" in mark:
            yield "%5d %-8s %s" % (at, mark, text[at - 1].expandtabs(4))
