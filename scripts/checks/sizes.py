"""The limits that keep the code readable."""
from . import c, tree

FILE = {".c": 600, ".h": 300, ".asm": 300}
FUNCTION, NESTING, PARAMS = 60, 3, 5
MEDIAN, P95 = 12, 40


def check():
    complaints, lengths = [], []
    for path in tree.files(*FILE):
        source = tree.text(path)
        lines = source.count("\n")
        limit = FILE[path[path.rindex("."):]]
        if lines > limit and not tree.exempt("file", path):
            complaints.append("%s: %d lines, at most %d" %
                              (path, lines, limit))
        if path.endswith(".asm"):
            continue
        for function in c.functions(source):
            complaints += of_function(path, function)
            lengths.append(function.lines)
    return (complaints + list(of_tree(sorted(lengths))) +
            tree.stale(["file", "function", "nesting", "params"]))


def of_function(path, function):
    place = "%s:%s" % (path, function.name)
    for rule, found, limit in (
            ("function", function.lines, FUNCTION),
            ("nesting", function.nesting, NESTING),
            ("params", function.params, PARAMS)):
        if found > limit and not tree.exempt(rule, place):
            yield "%s:%d: %s: %s %d, at most %d" % (
                path, function.line, function.name, rule, found, limit)


def of_tree(lengths):
    if not lengths:
        return
    median = lengths[len(lengths) // 2]
    p95 = lengths[len(lengths) * 95 // 100]
    if median > MEDIAN:
        yield "median function %d lines, at most %d" % (median, MEDIAN)
    if p95 > P95:
        yield "one function in 20 has over %d lines, at most %d" % (p95, P95)
