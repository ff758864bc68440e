"""Are a kernel's counters read as they were sent, and added up?"""
import os
import struct
import sys
import unittest
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../scripts"))
from coverage import dump, figures  # noqa: E402

HEAD = (0x67636461, 7, 8, 9, 0xa1000000, 8, 1, 0)
FUNCTION = (0x01000000, 12, 1, 2, 3)
ARCS = 0x01a10000


def gcda(*counts):
    """One function; no counts: three counters that are all zero."""
    words = [half for n in counts for half in (n & 0xffffffff, n >> 32)]
    size = len(words) * 4 if counts else (1 << 32) - 24
    words = [*HEAD, *FUNCTION, ARCS, size, *words, 0]
    return struct.pack("<%dI" % len(words), *words)


def sent(files, count=None):
    """What the kernel sends, in pieces of eight bytes."""
    out = b""
    for name, content in files.items():
        out += b"F" + struct.pack("<H", len(name)) + name.encode()
        for at in range(0, len(content), 8):
            piece = content[at:at + 8]
            out += struct.pack("<H", len(piece)) + piece
        out += struct.pack("<HI", 0, zlib.adler32(name.encode() + content))
    return out + b"E" + struct.pack("<I", len(files) if count is None
                                    else count)


class Dump(unittest.TestCase):
    def test_comes_back(self):
        files = {"a.gcda": gcda(1, 2, 3), "b.gcda": gcda()}
        self.assertEqual(dump.decode(sent(files)), files)

    def test_cut_short(self):
        whole = sent({"a.gcda": gcda(1, 2, 3)})
        for end in range(len(whole)):
            with self.assertRaises(dump.BadDump):
                dump.decode(whole[:end])

    def test_one_bit_is_wrong(self):
        spoilt = bytearray(sent({"a.gcda": gcda(1, 2, 3)}))
        spoilt[20] ^= 4
        with self.assertRaises(dump.BadDump):
            dump.decode(bytes(spoilt))

    def test_a_file_is_missing(self):
        with self.assertRaises(dump.BadDump):
            dump.decode(sent({"a.gcda": gcda(1)}, count=2))


class Sums(unittest.TestCase):
    def test_counters_add_up(self):
        self.assertEqual(dump.add(gcda(1, 0, 0xffffffff), gcda(5, 0, 1)),
                         gcda(6, 0, 1 << 32))

    def test_zeros_that_are_left_out(self):
        some = gcda(1, 2, 3)
        self.assertEqual(dump.add(gcda(), some), some)
        self.assertEqual(dump.add(some, gcda()), some)

    def test_another_build(self):
        other = bytearray(gcda(1))
        other[8] ^= 1       # its stamp
        with self.assertRaises(dump.BadDump):
            dump.add(gcda(1), bytes(other))


class Merge(unittest.TestCase):
    """Before: kernel and host; after: one source."""

    def merged(self, mine, theirs):
        one = {"mm/a.c": figures.Source({1: 0, 2: 4}, {2: mine})}
        other = {"mm/a.c": figures.Source({1: 3}, {2: theirs})}
        return figures.merge(one, other)["mm/a.c"]

    def test_lines_add_up(self):
        self.assertEqual(self.merged([1, 0], [0, 2]).lines, {1: 3, 2: 4})

    def test_lines_of_the_host_alone_do_not_count(self):
        one = {"mm/a.c": figures.Source({1: 0}, {})}
        other = {"mm/a.c": figures.Source({1: 1, 2: 1}, {2: [0, 1]}),
                 "arch/host/a.c": figures.Source({1: 1}, {})}
        merged = figures.merge(one, other)
        self.assertEqual(merged["mm/a.c"], figures.Source({1: 1}, {}))
        self.assertEqual(merged["arch/host/a.c"].lines, {1: 1})

    def test_same_branches_add_up(self):
        self.assertEqual(self.merged([1, 0], [0, 2]).branches, {2: [1, 2]})

    def test_other_branches_do_not(self):
        self.assertEqual(self.merged([1, 0], [0, 2, 0, 0]).branches,
                         {2: [1, 0]})


if __name__ == "__main__":
    unittest.main()
