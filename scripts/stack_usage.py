#!/usr/bin/env python3
"""How large the frames of the kernel's functions are, and how they add up.

    make stack-usage [TOP=20]

Reads what the compiler wrote beside each object (-fcallgraph-info=su): each
function's bytes of stack, its return address included, and whom it calls.

Tests and the console's commands, which run tests, have a table of their own.

A chain begins with a function that no other calls by name: an entry, a
thread, or one that is called by a pointer only.  Calls by pointer end a chain
(marked *), and so do calls of a function that is in the chain already (marked
r); assembly counts nothing.  So a depth is a lower bound of the worst case,
and at the same time more than what happens if no run takes all of the chain's
branches.  What the kernel measures itself shows `stacks` on its console.
"""
import argparse
import bisect
import os
import re
import sys

NODE = re.compile(r'^node: { title: "([^"]+)" label: "([^"]+)"')
EDGE = re.compile(r'^edge: { sourcename: "([^"]+)" targetname: "([^"]+)"')
BYTES = re.compile(r"\\n(\d+) bytes \(([\w,]+)\)")
POINTER = "__indirect_call"
# Behind these nothing returns; what they need is not what breaks first.
ENDS = ("panic", "__stack_chk_fail")
TESTS = ("tests/", "lib/kunit/", "kernel/console")
STEPS = (32, 64, 128, 256, 512, 768, 1024)


class Function:
    def __init__(self, name, place, size, kind):
        self.name, self.place = name, place
        self.size, self.kind = size, kind
        self.callees = set()
        self.called = False


class Graph:
    """All functions of a build, by the compiler's titles."""

    def __init__(self):
        self.functions = {}
        self.edges = []
        self.chains = {}

    def read(self, lines):
        """One file of the compiler's."""
        for line in lines:
            node, edge = NODE.match(line), EDGE.match(line)
            if node:
                self.add_node(*node.groups())
            elif edge:
                self.edges.append(edge.groups())

    def add_node(self, title, label):
        size = BYTES.search(label)
        if not size:
            return          # it is defined elsewhere
        name, place = label.split("\\n")[:2]
        old = self.functions.get(title)
        # a header's function may be compiled more than once
        if not old or old.size < int(size[1]):
            self.functions[title] = Function(name, place.rsplit(":", 2)[0],
                                             int(size[1]), size[2])

    def connect(self):
        for source, target in self.edges:
            if source not in self.functions:
                continue
            self.functions[source].callees.add(target)
            if target in self.functions and target != source:
                self.functions[target].called = True

    def deepest(self, title, above=frozenset()):
        """(bytes, marks, titles) of the deepest chain from a function on.

        Where functions call each other in a ring, the ring is cut where it
        was entered first.
        """
        if title in self.chains:
            return self.chains[title]
        function = self.functions[title]
        best, marks = (0, ()), set()
        for callee in sorted(function.callees):
            if callee in ENDS:
                continue
            if callee == POINTER:
                marks.add("*")
            elif callee == title or callee in above:
                marks.add("r")
            elif callee in self.functions:
                size, inner, way = self.deepest(callee,
                                                 above | {title})
                marks |= inner
                best = max(best, (size, way))
        found = function.size + best[0], marks, (title,) + best[1]
        self.chains[title] = found
        return found

    def entries(self):
        """Deepest first: (bytes, marks, titles)."""
        return sorted((self.deepest(title)
                       for title, f in self.functions.items()
                       if not f.called),
                      key=lambda chain: (-chain[0], chain[2]))


def load(folder):
    graph = Graph()
    for top, _, names in os.walk(folder):
        for name in sorted(names):
            if name.endswith(".ci"):
                with open(os.path.join(top, name)) as lines:
                    graph.read(lines)
    graph.connect()
    return graph


def frames(graph, top):
    # one of a header is compiled many times
    each = {(f.place, f.name, f.size): f for f in graph.functions.values()}
    found = sorted(each.values(), key=lambda f: (-f.size, f.place, f.name))
    counts = [0] * (len(STEPS) + 1)
    for function in found:
        counts[bisect.bisect_left(STEPS, function.size)] += 1
    yield "%d functions, by the bytes of their frames" % len(found)
    for step, count in zip(STEPS + ("more",), counts):
        if count:
            yield "  up to %4s  %6d" % (step, count)
    yield "\nthe largest frames"
    for function in found[:top]:
        yield "  %5d  %-34s %s" % (function.size, function.name,
                                   function.place)
    yield "\nthe largest frame of each file, the %d largest of them" % top
    largest = {}
    for function in found:
        largest.setdefault(function.place, function)
    for function in list(largest.values())[:top]:
        yield "  %5d  %-34s %s" % (function.size, function.place,
                                   function.name)


def chains(graph, top, limit):
    tests, kernel = [], []
    for chain in graph.entries():
        place = graph.functions[chain[2][0]].place
        (tests if place.startswith(TESTS) else kernel).append(chain)
    yield "\nthe deepest chains of calls (* calls by pointer, r recursion)"
    yield from chains_of(graph, kernel, top, limit)
    yield "\nand those that begin in tests and commands"
    yield from chains_of(graph, tests, top, limit)


def chains_of(graph, found, top, limit):
    for size, marks, way in found[:top]:
        first = graph.functions[way[0]]
        yield "  %5d  %3d %%  %-2s %-30s %s" % (
            size, 100 * size // limit, "".join(sorted(marks)), first.name,
            first.place)
    if found:
        yield "  the first: " + " ".join(
            "%s:%d" % (graph.functions[title].name,
                       graph.functions[title].size)
            for title in found[0][2])


def faults(graph, limit):
    """What should not be in a kernel whose stacks do not grow."""
    for function in graph.functions.values():
        if (function.kind == "dynamic" and
                not function.place.startswith(TESTS)):
            yield "%s: %s: a frame whose size is not known" % (
                function.place, function.name)
    for size, _, way in graph.entries():
        if size > limit:
            yield "%s: %d bytes deep, more than a stack" % (
                graph.functions[way[0]].name, size)


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("folder", help="where the objects are")
    words.add_argument("--top", type=int, default=20, help="lines per table")
    words.add_argument("--limit", type=int, default=8192,
                       help="bytes of a stack")
    options = words.parse_args()
    graph = load(options.folder)
    if not graph.functions:
        print("%s: no .ci file: compiled without -fcallgraph-info?" %
              options.folder)
        return 2
    for line in frames(graph, options.top):
        print(line)
    for line in chains(graph, options.top, options.limit):
        print(line)
    wrong = list(faults(graph, options.limit))
    if wrong:
        print()
    for line in wrong:
        print("stack-usage: " + line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
