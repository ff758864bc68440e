"""The counters a kernel sent over COM2, as kernel/gcov/dump.c lays them out.

A dump is a .gcda file for each object.  The files of several runs of one
kernel have one layout, so that runs are added up counter by counter.
"""
import os
import struct
import zlib

MAGIC = 0x67636461
TAG_FUNCTION = 0x01000000
TAG_COUNTERS = 0x01a10000


class BadDump(Exception):
    """What came over the line is not a whole dump."""


class Reader:
    def __init__(self, data):
        self.data = data
        self.at = 0

    def take(self, size):
        piece = self.data[self.at:self.at + size]
        if len(piece) != size:
            raise BadDump("it ends after %d bytes" % len(self.data))
        self.at += size
        return piece

    def number(self, form):
        return struct.unpack("<" + form,
                             self.take(struct.calcsize("<" + form)))[0]


def one_file(reader):
    name = reader.take(reader.number("H"))
    content = b""
    while size := reader.number("H"):
        content += reader.take(size)
    if zlib.adler32(name + content) != reader.number("I"):
        raise BadDump("%s: wrong checksum" % name.decode("latin-1"))
    return name.decode(), content


def decode(data):
    """name of the .gcda -> its bytes."""
    reader, files = Reader(data), {}
    while (kind := reader.take(1)) == b"F":
        name, content = one_file(reader)
        files[name] = content
    if kind != b"E" or reader.number("I") != len(files):
        raise BadDump("it does not end as it should")
    if reader.at != len(data):
        raise BadDump("%d bytes after its end" % (len(data) - reader.at))
    return files


def read(path):
    with open(path, "rb") as file:
        return decode(file.read())


def records(content):
    """The records of a .gcda: (tag, length, words), after its head."""
    words = struct.unpack("<%dI" % (len(content) // 4), content)
    if words[0] != MAGIC:
        raise BadDump("no .gcda")
    yield None, 0, words[:4]
    at = 4
    while words[at]:
        tag, length = words[at:at + 2]
        absent = length >= 1 << 31      # counters that are all 0
        size = 0 if absent else length // 4
        yield tag, length, words[at + 2:at + 2 + size]
        at += 2 + size


def counters(length, words):
    if length >= 1 << 31:
        return [0] * (((1 << 32) - length) // 8)
    return [low | high << 32 for low, high in zip(words[::2], words[1::2])]


def add(one, other):
    """The .gcda of two runs of one object."""
    out = []
    for mine, theirs in zip(records(one), records(other)):
        tag, length, words = mine
        if tag is None:
            if words != theirs[2]:
                raise BadDump("of another build")
            out += words
            continue
        if tag & ~0x1fffff == TAG_COUNTERS & ~0x1fffff:
            sums = [a + b for a, b in zip(counters(length, words),
                                          counters(*theirs[1:]))]
            length = len(sums) * 8
            words = [half for value in sums
                     for half in (value & 0xffffffff, value >> 32)]
        out += [tag, length, *words]
    return struct.pack("<%dI" % (len(out) + 1), *out, 0)


def add_all(dumps):
    """Several dumps as one."""
    total = {}
    for files in dumps:
        for name, content in files.items():
            total[name] = add(total[name], content) if name in total \
                else content
    return total


def write(files):
    """Each file to its place beside the object, where gcov looks."""
    for name, content in files.items():
        with open(name, "wb") as file:
            file.write(content)


def clear(folder):
    """No counts of an earlier run."""
    for where, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".gcda"):
                os.unlink(os.path.join(where, name))
