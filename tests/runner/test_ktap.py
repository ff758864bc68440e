"""Does the reader of KTAP accept what is right, and nothing else?"""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../scripts"))
from ktest.ktap import parse    # noqa: E402

GOOD = """\
Quire boots
KTAP version 1
1..2
    KTAP version 1
    # Subtest: buddy
    1..3
    ok 1 split
    ok 2 merge # SKIP too little memory
        KTAP version 1
        # Subtest: order
        1..2
        ok 1 zero
        ok 2 ten
    ok 3 order
# buddy: pass:2 fail:0 skip:1 total:3
ok 1 buddy
    KTAP version 1
    # Subtest: slab
    1..1
    # poison: object 5a changed
    ok 1 poison
ok 2 slab
"""


def status_of(cases):
    return {case.name: case.status for case in cases}


class Reading(unittest.TestCase):
    def refused(self, text, error):
        """The text must give an error that holds these words."""
        _, errors = parse(text)
        self.assertTrue(any(error in e for e in errors),
                        "%r not in %r" % (error, errors))

    def test_nested_report(self):
        """Are cases of every depth counted, and groups not?"""
        cases, errors = parse(GOOD)
        self.assertEqual(errors, [])
        self.assertEqual(status_of(cases), {
            "buddy.split": "passed", "buddy.merge": "skipped",
            "buddy.order.zero": "passed", "buddy.order.ten": "passed",
            "slab.poison": "passed"})

    def test_serial_line_ends(self):
        """Are the carriage returns of a serial line passed over?"""
        cases, errors = parse(GOOD.replace("\n", "\r\n"))
        self.assertEqual((len(cases), errors), (5, []))

    def test_failure_keeps_its_diagnostics(self):
        """Does a failed case carry the lines printed before it?"""
        text = GOOD.replace("    ok 1 poison", "    not ok 1 poison")
        text = text.replace("ok 2 slab", "not ok 2 slab")
        cases, errors = parse(text)
        self.assertEqual(errors, [])
        failed = [c for c in cases if c.status == "failed"]
        self.assertEqual([c.name for c in failed], ["slab.poison"])
        self.assertEqual(failed[0].lines, ["# poison: object 5a changed"])

    def test_group_fails_alone(self):
        """Is a suite that fails over passed cases (its exit) a failure?"""
        cases, errors = parse(GOOD.replace("ok 2 slab", "not ok 2 slab"))
        self.assertEqual(errors, [])
        self.assertEqual(status_of(cases)["slab"], "failed")

    def test_group_hides_failure(self):
        """Is a suite refused that says ok over a failed case?"""
        self.refused(GOOD.replace("    ok 1 poison", "    not ok 1 poison"),
                     "says ok, but a part")

    def test_empty(self):
        """Is silence a failure?"""
        self.refused("", "no KTAP report")
        self.refused("hello\nok 1 x\n", "no KTAP report")

    def test_no_case(self):
        """Is a report of nothing a failure?"""
        self.refused("KTAP version 1\n1..0\n", "no test ran")

    def test_truncated(self):
        """Does every cut between the header and the end show?"""
        lines = GOOD.splitlines()
        for end in range(2, len(lines)):
            _, errors = parse("\n".join(lines[:end]))
            self.assertNotEqual(errors, [], "cut after %d lines" % end)

    def test_line_lost(self):
        """Does a lost result show?"""
        lines = GOOD.splitlines()
        for lost, line in enumerate(lines):
            if "ok " in line:
                _, errors = parse("\n".join(lines[:lost] + lines[lost + 1:]))
                self.assertNotEqual(errors, [], "without " + line)

    def test_no_plan(self):
        """Is a report or a suite without a plan refused?"""
        self.refused(GOOD.replace("1..2\n    KTAP", "    KTAP"),
                     "the report has no plan")
        self.refused(GOOD.replace("    1..3\n", ""), "buddy has no plan")

    def test_parameters_without_plan(self):
        """May parameters come without a plan, if their count is right?"""
        text = GOOD.replace("        1..2\n", "")
        self.assertEqual(parse(text)[1], [])
        text = text.replace("    ok 3 order", "    # order: pass:3 fail:0 "
                            "skip:0 total:3\n    ok 3 order")
        self.refused(text, "buddy.order counts 3 results, 2 came")

    def test_plan_not_met(self):
        """Is a report refused whose plan names another number?"""
        self.refused(GOOD.replace("    1..3", "    1..4"),
                     "planned 4 results, 3 came")
        self.refused(GOOD.replace("    1..3", "    1..2"),
                     "planned 2 results, 3 came")

    def test_second_plan(self):
        """Is a plan repeated after results refused?"""
        self.refused(GOOD + "1..2\n", "a second plan")

    def test_out_of_order(self):
        """Must results come in the order of their numbers?"""
        self.refused(GOOD.replace("    ok 1 split", "    ok 2 split"),
                     "result 2 comes as number 1")

    def test_started_again(self):
        """Is a kernel that starts again in mid-run found out?"""
        self.refused(GOOD + GOOD, "started again")

    def test_version(self):
        """Is another version of the format refused?"""
        self.refused(GOOD.replace("KTAP version 1", "KTAP version 2"),
                     "KTAP version 2")

    def test_bail_out(self):
        """Does "Bail out!" fail the run?"""
        self.refused(GOOD + "Bail out! broken\n", "Bail out! broken")

    def test_malformed_result(self):
        """Is a result without its number refused?"""
        self.refused(GOOD + "ok slab\n", "malformed result")

    def test_not_text(self):
        """Do bytes that are not text fail the run?"""
        self.refused(GOOD + "\x00\x01\xfe\n", "not text")

    def test_result_too_deep(self):
        """Is a result refused that belongs to no open report?"""
        self.refused(GOOD + "        ok 1 stray\n", "no report is open")
