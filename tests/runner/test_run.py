"""Do the runner's closing line, exit status and reports tell the truth?"""
import io
import os
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
sys.path.insert(0, os.path.join(ROOT, "scripts"))
from ktest import bochs, dialogue, report               # noqa: E402
from ktest.machine import BadSetting, Machine           # noqa: E402
from ktest.process import Limits, Process               # noqa: E402
from ktest.result import Item, Result                   # noqa: E402


def result(**counts):
    items = [Item("%s%d" % (status, n), status, ["why \x01"])
             for status, count in counts.items() for n in range(count)]
    return Result("s", items)


class Reports(unittest.TestCase):
    def closing(self, *results):
        out = io.StringIO()
        report.summary(results, out)
        return out.getvalue().splitlines()

    def test_closing_line(self):
        """Does the last line count everything?"""
        lines = self.closing(result(passed=2), result(passed=1, failed=1))
        self.assertEqual(lines[-1], "3 passed, 1 failed")
        self.assertIn("FAILED s: failed0", lines)

    def test_skipped_are_named(self):
        """Are skipped tests told of at the end of the line?"""
        lines = self.closing(result(passed=1, skipped=2))
        self.assertEqual(lines[-1], "1 passed, 0 failed, 2 skipped")

    def test_junit(self):
        """Is the XML well-formed whatever the kernel printed?"""
        with tempfile.NamedTemporaryFile() as file:
            report.junit([result(passed=1, failed=2, skipped=1)], file.name)
            suite = xml.parse(file.name).getroot()[0]
        self.assertEqual(suite.get("tests"), "4")
        self.assertEqual(suite.get("failures"), "2")
        self.assertEqual(len(suite.findall("testcase/skipped")), 1)

    def test_nothing_chosen(self):
        """Does a run without a session fail?"""
        run = subprocess.run(
            [sys.executable, "scripts/ktest", "--only", "no-such"],
            cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.assertEqual(run.returncode, 1)
        self.assertEqual(run.stdout.splitlines()[-1], "0 passed, 0 failed")


class Machines(unittest.TestCase):
    def test_sizes(self):
        """Are memory sizes read as QEMU reads them?"""
        for text, size in (("16M", 16), ("4G", 4096), ("64", 64)):
            self.assertEqual(Machine(mem=text).megabytes(), size)

    def test_bad_settings(self):
        """Is a wrong setting named rather than passed on?"""
        for bad in (dict(mem="lots"), dict(mem="1M"), dict(smp="0"),
                    dict(machine="foo"), dict(kernel="/no/such"),
                    dict(initrd="/no/such")):
            with self.assertRaises(BadSetting):
                Machine(**dict(dict(kernel="/dev/null"), **bad)).check()

    def test_words_reach_the_kernel(self):
        """Is the command line handed over as one argument?"""
        argv = Machine(words="test mem=64M").qemu("x.iso")
        self.assertEqual(argv[argv.index("-append") + 1], "test mem=64M")

    def test_bochs_end(self):
        """Does a kernel's last word end a session under Bochs?"""
        self.assertTrue(bochs.over("ok 1 s\nreboot: System halted\n"))
        self.assertFalse(bochs.over("ok 1 s\n"))


class Dialogues(unittest.TestCase):
    def talk(self, text, program):
        """Hold a written dialogue with a shell script."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "x.session")
            with open(path, "w") as file:
                file.write(text)
            session = dialogue.DialogueSession("x", path)
            process = Process(["sh", "-c", program],
                              os.path.join(folder, "log"), Limits(2, 4))
            # pylint: disable=protected-access
            return [i.status for i in session._talk(process, "").items]

    def test_answered(self):
        """Does a dialogue pass whose every answer comes?"""
        text = "expect ^> \nsend hello\nexpect got hello\nstatus 33\n"
        self.assertEqual(
            self.talk(text, "printf '> '; echo got $(head -c 5); exit 33"),
            ["passed"] * 3)

    def test_not_answered(self):
        """Does it fail, and end, at the first answer that is missing?"""
        text = "wait 1\nexpect one\nexpect two\nexpect three\n"
        self.assertEqual(self.talk(text, "echo one; exec sleep 60"),
                         ["passed", "failed"])

    def test_order(self):
        """Must the answers come in order?"""
        text = "expect two\nexpect one\n"
        self.assertEqual(self.talk(text, "echo one; echo two"),
                         ["passed", "failed"])

    def test_absent(self):
        """Does a line that must never come fail the dialogue?"""
        text = "absent panic\nexpect one\nstatus 0\n"
        self.assertEqual(self.talk(text, "echo panic; echo one"),
                         ["passed", "passed", "failed"])

    def test_status(self):
        """Does a wrong exit status fail the dialogue?"""
        self.assertEqual(self.talk("expect a\nstatus 33\n", "echo a"),
                         ["passed", "failed"])

    def test_bad_script(self):
        """Is a step that says nothing we know refused by its line?"""
        for text in ("shout x\n", "boot FOO=1\n", "expect (\n"):
            with self.assertRaises(dialogue.BadScript):
                self.talk(text, "true")
