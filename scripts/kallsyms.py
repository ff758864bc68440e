#!/usr/bin/env python3
"""Turn the symbols of a linked kernel into a C table of functions.

Usage: nm -n quire.elf | kallsyms.py > table.c     (no input: empty table)

The table is what lets a backtrace name its functions:
  kallsyms_num          number of functions
  kallsyms_addresses[]  their addresses, ascending
  kallsyms_offsets[]    for each, where its name begins in kallsyms_names
  kallsyms_names[]      the names, each ended by a NUL
It lies behind all other read-only data and no function address depends on
its size, or else the link is repeated (scripts/link.sh).
"""
import re
import sys

# GCC's own copies and parts of a function; any other dot is a local label.
PARTS = re.compile(r"^[^.]+(\.(part|constprop|isra|cold|\d+))+$")

# Marks of the linker script rather than functions: where one shares its
# address with a function, the function's name is the useful one.
MARKS = ("_start", "_end", "_text", "_stext", "_etext")


def is_mark(name):
    return name.startswith("__") and name.endswith(MARKS) or name in MARKS


def functions(lines):
    """The (address, name) pairs of text symbols, one per address."""
    table = {}
    for line in lines:
        fields = line.split()
        if len(fields) != 3 or fields[1] not in "tTwW":
            continue
        address, name = int(fields[0], 16), fields[2]
        if "." in name and not PARTS.match(name):
            continue
        if address not in table or is_mark(table[address]):
            table[address] = name
    return sorted(table.items())


def array(kind, name, values):
    rows = "".join("\t%s,\n" % v for v in values) or "\t0,\n"
    return ("__attribute__((section(\".rodata.kallsyms\")))\n"
            "const %s %s[] = {\n%s};\n" % (kind, name, rows))


def main():
    table = functions(sys.stdin)
    offsets, position = [], 0
    for _, name in table:
        offsets.append(position)
        position += len(name) + 1
    print("/* Made by scripts/kallsyms.py. */")
    print("__attribute__((section(\".rodata.kallsyms\")))")
    print("const unsigned int kallsyms_num = %d;" % len(table))
    print(array("unsigned long", "kallsyms_addresses",
                ("0x%08x" % a for a, _ in table)))
    print(array("unsigned int", "kallsyms_offsets", offsets))
    print("__attribute__((section(\".rodata.kallsyms\")))")
    print("const char kallsyms_names[] =")
    for _, name in table:
        print('\t"%s\\0"' % name)
    print('\t"";')


if __name__ == "__main__":
    main()
