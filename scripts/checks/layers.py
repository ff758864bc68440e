"""Who may include whom, and what stays in its own place.

compiler/types -> lib -> asm/* -> linux/*_types.h -> linux/*.h ->
<dir>/internal.h -> .c
"""
import functools
import hashlib
import os
import re

from . import c, tree

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+([<"])([^>"]+)[>"]', re.M)
ROOTS = ("include", "arch/x86/include", "arch/host/include")
# Programs of the build machine, with the C library's headers.
HOSTED = ("tests/host/machine/", "tests/fuzz/user/")

# Headers of the memory system: lib and asm stand below them.
UPPER = re.compile(r"linux/(mm|mmzone|gfp|slab|vmalloc|highmem|memblock|"
                   r"mempool|shrinker|page_owner)\.h$")
CONDITIONAL = re.compile(r"^[ \t]*#[ \t]*(if|ifdef|ifndef|elif)\b", re.M)
MACHINE = re.compile(
    r"\b(?:asm|__asm__)\s*(?:volatile|goto|\()|"
    r"\b(inb|inw|inl|outb|outw|outl|cpuid|cpuid_\w+|"
    r"boot_cpu_has|static_cpu_has|cpu_feature_enabled)\b")
BORDER = re.compile(
    r"\b(_text|_stext|_etext|_sdata|_edata|_end|__bss_start|__bss_stop|"
    r"__init_begin|__init_end|__start_rodata|__end_rodata)\b")
EXTERN = re.compile(r"\bextern\b")
SOURCES = ("boot/", "arch/", "mm/", "kernel/", "lib/", "drivers/")


def includes(path):
    """(line, quote, name) of each include."""
    source = tree.text(path)
    for match in INCLUDE.finditer(source):
        yield source.count("\n", 0, match.start()) + 1, match[1], match[2]


def resolve(path, quote, name):
    """The file of the tree that an include means, or None."""
    places = [os.path.join(root, name) for root in ROOTS]
    if quote == '"':
        places.insert(0, os.path.join(os.path.dirname(path), name))
    for place in places:
        place = os.path.normpath(place)
        if os.path.isfile(place):
            return place
    return None


@functools.lru_cache(maxsize=None)
def included(path):
    """The files of the tree that a file includes."""
    found = (resolve(path, quote, name) for _, quote, name in includes(path))
    return tuple(target for target in found if target)


def state(path, how=""):
    """A hash of a file, all that it includes, and what is done with it."""
    known, new = set(), [path]
    while new:
        at = new.pop()
        if at not in known:
            known.add(at)
            new += included(at)
    texts = [how] + [part for at in sorted(known)
                     for part in (at, tree.text(at))]
    return hashlib.sha256("\0".join([path] + texts).encode()).hexdigest()


def check():
    complaints = []
    for path in tree.files(".c", ".h"):
        for line, quote, name in includes(path):
            target = resolve(path, quote, name)
            optional = ("__has_include(<%s>)" % name in tree.text(path) or
                        path.startswith(HOSTED))
            why = (forbidden(path, target) if target else
                   "" if optional else "no such header")
            if why and not tree.exempt("layers", path):
                complaints.append("%s:%d: includes %s: %s" %
                                  (path, line, name, why))
    return (complaints + list(own_header_first()) + cycles() +
            tree.stale(["layers"]))


def forbidden(path, target):
    base = os.path.basename(path)
    if (target.endswith("internal.h") and not path.startswith("tests/") and
            os.path.dirname(path) != os.path.dirname(target)):
        return "private to " + os.path.dirname(target)
    if path.startswith("mm/") and target.startswith(("drivers/",
                                                     "arch/x86/mm/",
                                                     "arch/x86/kernel/")):
        return "mm knows no driver and no machine"
    below = (path.startswith("arch/x86/include/") or
             re.match(r"lib/[^/]*$", path) or
             path.startswith("include/") and base.endswith("_types.h"))
    if below and UPPER.search(target):
        return "it stands above"
    return None


def own_header_first():
    """A file whose name has a header includes that header first.

    The folder's internal.h, which includes what all its files need, will do.
    """
    for path in tree.files(".c", under=SOURCES):
        stem = os.path.basename(path)[:-2]
        own = [os.path.join(os.path.dirname(path), stem + ".h")]
        rooms = ("linux", "asm", "quire", "kunit")
        if path.startswith("kernel/") or path.startswith("mm/"):
            rooms = rooms[:3]
        own += [os.path.join(root, room, stem + ".h") for root in ROOTS
                for room in rooms]
        own = [o for o in own if os.path.isfile(o)]
        first = next(includes(path), None)
        if own and first and first[2] != "internal.h" and \
                resolve(path, *first[1:]) not in own:
            if not tree.exempt("layers", path):
                yield "%s:%d: its own header %s does not come first" % (
                    path, first[0], own[0])


def cycles():
    graph = {}
    for path in tree.files(".h"):
        graph[path] = included(path)
    done, found = set(), []

    def visit(path, trail):
        if path in trail:
            found.append("headers include each other: " + " -> ".join(
                trail[trail.index(path):] + [path]))
        elif path not in done:
            for target in graph.get(path, ()):
                visit(target, trail + [path])
            done.add(path)

    for path in graph:
        visit(path, [])
    return found


def conditional():
    """Configuration in a .c file is if (IS_ENABLED(...)), never #if."""
    yield from matches("conditional", CONDITIONAL,
                       tree.files(".c", under=SOURCES), "#if in a .c file")
    yield from tree.stale(["conditional"])


def machine():
    """The machine stays in arch: no assembly, ports, linker symbols.

    kernel/ may show the image's borders as <asm/sections.h> declares them.
    """
    rooms = ("mm/", "kernel/", "lib/")
    yield from matches("machine", MACHINE,
                       tree.files(".c", ".h", under=rooms),
                       "belongs in arch", c.plain)
    yield from matches("machine", BORDER,
                       tree.files(".c", ".h", under=("mm/", "lib/")),
                       "linker symbol", c.plain)
    yield from matches("machine", EXTERN, tree.files(".c", under=rooms),
                       "declarations belong in headers", c.plain)
    yield from tree.stale(["machine"])


def matches(rule, pattern, paths, why, clean=c.without_comments):
    for path in paths:
        source = clean(tree.text(path))
        for match in pattern.finditer(source):
            if tree.exempt(rule, path):
                break
            line = source.count("\n", 0, match.start()) + 1
            yield "%s:%d: %s: %s" % (path, line, match[0].strip(), why)
