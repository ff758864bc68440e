"""Is a kernel that misbehaves counted as failed?

The kernels here are shell scripts: they print what a kernel would, and end
with the exit status QEMU would end with.
"""
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../scripts"))
from ktest.boot import BootSession      # noqa: E402
from ktest.process import Limits        # noqa: E402

SHORT = Limits(quiet=1, total=4)
REPORT = "KTAP version 1\n1..1\n    KTAP version 1\n    # Subtest: s\n" \
         "    1..2\n    ok 1 a\n    %s 2 b\n%s 1 s\n"
PASS = REPORT % ("ok", "ok")
FAIL = REPORT % ("not ok", "not ok")


class Booting(unittest.TestCase):
    def boot(self, text, status, then=""):
        """Run a script as the kernel; return (statuses, boot's errors)."""
        script = "printf '%%s' \"$1\"; %s exit %d" % (then, status)
        with tempfile.TemporaryDirectory() as folder:
            session = BootSession(
                "fake", argv=("sh", "-c", script, "sh", text), limits=SHORT)
            result = session.run(folder)
        boot = result.items.pop()
        return [i.status for i in result.items], boot.lines

    def failed(self, error, *how):
        _, errors = self.boot(*how)
        self.assertTrue(any(error in e for e in errors),
                        "%r not in %r" % (error, errors))

    def test_passes(self):
        """Does a good report with its status pass?"""
        self.assertEqual(self.boot(PASS, 33), (["passed", "passed"], []))

    def test_last_line_without_end(self):
        """Is a last line without a line end read?"""
        self.assertEqual(self.boot(PASS.rstrip("\n"), 33)[1], [])

    def test_fails(self):
        """Is a failed case a failure, its status expected?"""
        self.assertEqual(self.boot(FAIL, 35), (["passed", "failed"], []))

    def test_status_says_passed(self):
        """Must the status tell of a failed case too?"""
        self.failed("exit status 33", FAIL, 33)

    def test_status_says_failed(self):
        """Is a status of failure believed although all cases passed?"""
        self.failed("exit status 35", PASS, 35)

    def test_panic(self):
        """Is a panic in mid-report a failure, with its line?"""
        text = PASS[:60] + "\nKernel panic - not syncing: bad\n"
        self.failed("Kernel panic - not syncing: bad", text, 37)
        self.failed("report ends inside", text, 37)

    def test_panic_after_report(self):
        """Is a panic after a good report a failure?"""
        self.failed("exit status 37", PASS + "Kernel panic - x\n", 37)

    def test_reset(self):
        """Is a reset (QEMU ends with 0) a failure?"""
        self.failed("a reset", PASS, 0)

    def test_started_twice(self):
        """Is a second start after a reset a failure?"""
        self.failed("started again", PASS + PASS, 33)
        banner = "Quire: a 32-bit kernel\n"
        self.failed("more than once", banner + banner + PASS, 33)

    def test_hangs(self):
        """Is silence without an end a failure?"""
        self.failed("killed: no output", PASS, 33, "exec sleep 60;")

    def test_talks_for_ever(self):
        """Is output without an end a failure?"""
        self.failed("killed: not done", PASS, 33,
                    "while :; do echo x; sleep 0.2; done;")

    def test_garbage(self):
        """Is noise on the line a failure?"""
        self.failed("no KTAP report", "\x7f\x01%$#", 33)
        self.failed("not text", PASS + "\x01\x02\n", 33)

    def test_truncated(self):
        """Is a report cut short a failure though the status is good?"""
        self.failed("planned 2 results", PASS[:PASS.index("    ok 2")], 33)

    def test_no_test(self):
        """Is a run of no test a failure?"""
        self.failed("no test ran", "KTAP version 1\n1..0\n", 33)
        self.failed("no KTAP report", "", 33)

    def test_killed_by_signal(self):
        """Is an emulator that crashes a failure?"""
        self.failed("exit status -11", PASS, 33, "kill -SEGV $$;")
