"""Are worse figures seen, and small differences let pass?"""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../scripts"))
import bench                            # noqa: E402


class Figures(unittest.TestCase):
    def errors(self, own, recorded, linux):
        return bench.worse({"a": (own, 1)}, {"a": linux}, {"a": recorded})

    def test_equal(self):
        """Does the recorded figure itself pass?"""
        self.assertEqual(self.errors(40, 40, 100), [])

    def test_tolerance(self):
        """Is the border where the documentation says?"""
        self.assertEqual(self.errors(43, 40, 100), [])
        self.assertEqual(len(self.errors(44, 40, 100)), 1)
        self.assertEqual(self.errors(1020, 1000, 2000), [])
        self.assertEqual(len(self.errors(1021, 1000, 2000)), 1)

    def test_batch(self):
        """Is a batch given more room?"""
        allowed = bench.allowed("page_batch_o0_fifo.alloc", 100)
        self.assertEqual(allowed, 115)

    def test_linux(self):
        """Is being slower than Linux an error whatever is recorded?"""
        self.assertEqual(len(self.errors(101, 101, 100)), 1)

    def test_new(self):
        """Does a bench pass that no figure is kept for?"""
        self.assertEqual(bench.worse({"b": (9, 1)}, {}, {}), [])


if __name__ == "__main__":
    unittest.main()
