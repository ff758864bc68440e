"""Progress while sessions run; the summary, JUnit XML and closing line."""
import re
import sys
import xml.etree.ElementTree as xml

SHOWN = 12              # diagnostic lines per failure in the summary


class Progress:
    """One line per finished session; on a terminal also what is running."""

    def __init__(self, total, out=sys.stdout):
        self.total = total
        self.done = 0
        self.out = out
        self.live = out.isatty()
        self.running = []

    def start(self, session):
        self.running.append(session.name)
        self._show()

    def finish(self, result):
        self.done += 1
        self.running.remove(result.session)
        self._clear()
        failed = result.count("failed")
        print("[%3d/%d] %s %-28s %5d tests%s  %6.1f s" % (
            self.done, self.total, "FAIL" if failed else "pass",
            result.session, len(result.items),
            ", %d failed" % failed if failed else "", result.seconds),
            file=self.out, flush=True)
        self._show()

    def _clear(self):
        if self.live:
            self.out.write("\r\033[K")

    def _show(self):
        if self.live:
            self._clear()
            self.out.write("        running: " + ", ".join(self.running))
            self.out.flush()


def summary(results, out=sys.stdout):
    """Tell every failure with its diagnostics, then the closing line."""
    failures = [(r, i) for r in results for i in r.items
                if i.status == "failed"]
    for result, item in failures:
        print("\nFAILED %s: %s" % (result.session, item.name), file=out)
        for line in item.lines[-SHOWN:]:
            print("    " + line, file=out)
        if result.log:
            print("    log: " + result.log, file=out)
    passed, failed, skipped = (sum(r.count(s) for r in results)
                               for s in ("passed", "failed", "skipped"))
    line = "%d passed, %d failed" % (passed, failed)
    if skipped:
        line += ", %d skipped" % skipped
    print("\n" + line, file=out, flush=True)
    return passed, failed


def clean(text):
    """XML allows no control characters."""
    return re.sub(r"[^\t\n\x20-\x7e\xa0-\ud7ff]", "?", text)


def junit(results, path):
    root = xml.Element("testsuites")
    for result in results:
        suite = xml.SubElement(
            root, "testsuite", name=result.session,
            tests=str(len(result.items)), time="%.3f" % result.seconds,
            failures=str(result.count("failed")),
            skipped=str(result.count("skipped")))
        for item in result.items:
            junit_case(suite, result, item)
    xml.ElementTree(root).write(path, encoding="utf-8",
                                xml_declaration=True)


def junit_case(suite, result, item):
    case = xml.SubElement(suite, "testcase", name=clean(item.name),
                          classname=result.session)
    text = clean("\n".join(item.lines))
    if item.status == "failed":
        message = clean(item.lines[-1]) if item.lines else "failed"
        xml.SubElement(case, "failure", message=message).text = text
    elif item.status == "skipped":
        xml.SubElement(case, "skipped", message=text)
