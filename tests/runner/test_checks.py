"""Do the checks of the sources see what they look for?"""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../scripts"))
import format as house_format           # noqa: E402
import kallsyms                         # noqa: E402
from checks import c, layers, texts     # noqa: E402

SOURCE = """\
/* if (a) { while (b) { } } */
struct table { int x; } rows[] = { { 1 }, { 2 } };
RB_DECLARE(static, name, struct a, b, c, d, e)
static inline int first(void)
{
\treturn 0;
}

__attribute__((cold)) void second(int a, void (*f)(int, int),
\t\t\t\t  const char *text)
{
\tif (a) {
\t\tfor_each_thing(x, y)
\t\t\twhile (x)
\t\t\t\tf("}", '{');
\t} else if (text) {
\t\tdo {
\t\t\ta++;
\t\t} while (a < 3);
\t}
}
"""


class Scanner(unittest.TestCase):
    def setUp(self):
        self.found = {f.name: f for f in c.functions(SOURCE)}

    def test_finds_functions_only(self):
        """Are tables, macros and comments passed over?"""
        self.assertEqual(list(self.found), ["first", "second"])

    def test_counts_lines(self):
        """Are the lines between the braces counted?"""
        self.assertEqual(self.found["first"].lines, 1)
        self.assertEqual(self.found["second"].lines, 9)

    def test_counts_parameters(self):
        """Is a pointer to a function one parameter, and void none?"""
        self.assertEqual(self.found["first"].params, 0)
        self.assertEqual(self.found["second"].params, 3)

    def test_counts_nesting(self):
        """Does nesting count without braces, and "else if" not as deeper?"""
        self.assertEqual(self.found["first"].nesting, 0)
        self.assertEqual(self.found["second"].nesting, 3)


class Patterns(unittest.TestCase):
    def test_machine(self):
        """Are assembly and ports seen, and header names not?"""
        for bad in ('asm volatile("hlt");', "outb(1, 2);", "x = inb(3);"):
            self.assertTrue(layers.MACHINE.search(c.plain(bad)), bad)
        for good in ("#include <asm/page.h>\n", "/* asm(x) */", "inbox(1);"):
            self.assertFalse(layers.MACHINE.search(c.plain(good)), good)

    def test_layers(self):
        """May no room use another's private header, nor lib the pages?"""
        self.assertTrue(layers.forbidden("kernel/x.c", "mm/internal.h"))
        self.assertTrue(layers.forbidden("lib/x.c", "include/linux/slab.h"))
        self.assertTrue(layers.forbidden("mm/x.c", "arch/x86/mm/init.h"))
        self.assertFalse(layers.forbidden("mm/x.c", "mm/internal.h"))
        self.assertFalse(layers.forbidden("mm/x.c", "include/linux/slab.h"))

    def test_messages_stay_whole(self):
        """Is a long line excused when it is a message, and only then?"""
        text = "a message that is longer than a line can be, " * 2
        self.assertTrue(texts.MESSAGE.match('\t\tpr_err("%s\\n",' % text))
        self.assertFalse(texts.MESSAGE.match("\tcall(%s);" % text))


class Format(unittest.TestCase):
    def test_code_is_formatted(self):
        """Is code laid out anew, and a macro left as it is?"""
        macro = "#define  A(x)   do { \\\n\t\tx;   \\\n} while (0)\n"
        wanted = macro + "int f(void)\n{\n\treturn 1;\n}\n"
        self.assertEqual(house_format.formatted(
            "x.c", macro + "int f(void) { return 1; }\n"), wanted)


class Symbols(unittest.TestCase):
    def test_functions(self):
        """Does the table hold functions, one name for each address?"""
        lines = ["c0100000 T _text", "c0100000 t first", "c0100010 T .local",
                 "c0100020 t second.part.0", "c0100030 D data",
                 "c0100018 t second.loop", "         U undefined"]
        self.assertEqual(kallsyms.functions(lines), [
            (0xc0100000, "first"), (0xc0100020, "second.part.0")])
