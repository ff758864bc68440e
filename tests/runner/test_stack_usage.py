"""Are frames added up along calls, and what must not be named?"""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../scripts"))
import stack_usage                      # noqa: E402


def node(title, size, kind="static"):
    return ('node: { title: "%s" label: "%s\\n%s:1:2\\n%d bytes (%s)" }\n' %
            (title, title.split(":")[-1], "a.c", size, kind))


def edge(source, target):
    return ('edge: { sourcename: "%s" targetname: "%s" label: "a.c:3:4" }\n' %
            (source, target))


def graph_of(*lines):
    graph = stack_usage.Graph()
    graph.read(['graph: { title: "a.c"\n'] + list(lines) + ["}\n"])
    graph.connect()
    return graph


class Chains(unittest.TestCase):
    def test_deepest(self):
        """Is the deeper of two ways taken, and the entry found?"""
        graph = graph_of(node("main", 10), node("a", 20), node("b", 100),
                         node("a.c:leaf", 50), edge("main", "a"),
                         edge("main", "b"), edge("a", "a.c:leaf"))
        self.assertEqual(graph.entries(), [(110, set(), ("main", "b"))])

    def test_elsewhere(self):
        """Do functions of other files count, and unknown ones nothing?"""
        graph = graph_of(node("main", 10), edge("main", "other"),
                         edge("main", "assembly"))
        graph.read([node("other", 30)])
        graph.chains.clear()
        self.assertEqual(graph.deepest("main")[0], 40)

    def test_marks(self):
        """Are calls by pointer and recursion marked, and do they end?"""
        graph = graph_of(node("main", 10), node("ring", 20), node("back", 5),
                         edge("main", "ring"), edge("ring", "back"),
                         edge("back", "ring"), edge("back", "back"),
                         edge("ring", "__indirect_call"))
        self.assertEqual(graph.deepest("main"),
                         (35, {"*", "r"}, ("main", "ring", "back")))

    def test_panic(self):
        """Does what panic() needs not count?"""
        graph = graph_of(node("main", 10), node("panic", 500),
                         edge("main", "panic"))
        self.assertEqual(graph.deepest("main")[0], 10)


class Faults(unittest.TestCase):
    def test_none(self):
        """Is a chain that just fits no fault?"""
        graph = graph_of(node("main", 100), node("a", 100),
                         edge("main", "a"))
        self.assertEqual(list(stack_usage.faults(graph, 200)), [])
        self.assertEqual(len(list(stack_usage.faults(graph, 199))), 1)

    def test_unknown_size(self):
        """Is a frame of a size that nobody knows a fault, a bounded not?"""
        graph = graph_of(node("main", 16, "dynamic"),
                         node("other", 16, "dynamic,bounded"))
        wrong = list(stack_usage.faults(graph, 1000))
        self.assertEqual(wrong, [
            "a.c: main: a frame whose size is not known"])


if __name__ == "__main__":
    unittest.main()
