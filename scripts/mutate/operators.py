"""The small faults: one place of a file, what stands there, and what a
careless hand might have written instead."""
from .tokens import closing, functions, tokens

SWAPS = {
    "<": ["<="], "<=": ["<"], ">": [">="], ">=": [">"],
    "==": ["!="], "!=": ["=="],
    "&&": ["||"], "||": ["&&"],
    "+": ["-"], "-": ["+"], "/": ["*"], "%": ["/"],
    "+=": ["-="], "-=": ["+="], "++": ["--"], "--": ["++"],
    "<<": [">>"], ">>": ["<<"],
    "|": ["&"], "&": ["|"], "|=": ["&="], "&=": ["|="],
}

# These are as often something else: a sign, an address, a pointer.
BINARY_ONLY = {"+", "-", "&", "*"}

# What is said changes no behaviour; what is checked at compile time neither.
# A debug check or a panic that is gone is no fault of the code that it watches.
TALK = {"printk", "pr_emerg", "pr_alert", "pr_crit", "pr_err", "pr_warn",
        "pr_notice", "pr_info", "pr_cont", "pr_debug", "pr_warn_once",
        "seq_printf", "seq_puts", "seq_putc", "dump_stack", "dump_page",
        "barrier", "cpu_relax", "prefetch", "prefetchw", "might_sleep",
        "might_sleep_if", "might_alloc", "_Static_assert", "BUILD_BUG_ON",
        "WARN", "WARN_ON", "WARN_ON_ONCE", "WARN_ONCE", "BUG", "BUG_ON",
        "VM_BUG_ON", "VM_BUG_ON_PAGE", "VM_WARN_ON", "VM_WARN_ON_ONCE",
        "mm_assert", "assert_locked", "lockdep_assert_held",
        "assert_spin_locked", "panic"}

KEYWORDS = {"if", "for", "while", "switch", "return", "sizeof", "do", "else",
            "case", "goto", "break", "continue", "likely", "unlikely"}


class Mutant:
    """One fault: source[start:end] becomes text."""

    def __init__(self, path, source, function, place, text, kind):
        self.path, self.function, self.kind = path, function, kind
        self.start, self.end, self.text = place[0], place[1], text
        self.line = source.count("\n", 0, self.start) + 1
        self.line_text = source.split("\n")[self.line - 1].strip()
        self.was = source[self.start:self.end]

    def apply(self, source):
        return source[:self.start] + self.text + source[self.end:]

    def name(self):
        return "%s:%d" % (self.path, self.line)

    def change(self):
        was, now = (" ".join(t.split()) for t in (self.was, self.text))
        return "`%s` -> `%s`" % (was, now or "nothing")

    def __str__(self):
        return "%s %s(): %s: %s" % (
            self.name(), self.function, self.kind, self.change())


def is_binary(found, i):
    before = found[i - 1]
    if before.text in (")", "]"):
        # a cast's bracket: (type *)&x
        return found[i + 1].kind != "op" or found[i + 1].text in "(~-!&*"
    return before.kind in ("word", "number") and before.text not in KEYWORDS


def is_declared(found, i):
    """Is this * or & of a declaration, not of an expression?"""
    return found[i].text == "*"


def silent(found, first, last):
    """The tokens between that belong to no talk and no assertion."""
    i = first
    while i < last:
        if found[i].kind == "word" and found[i].text in TALK and \
                found[i + 1].text == "(":
            i = closing(found, i + 1) + 1
            continue
        yield i
        i += 1


def statement_starts(found, i):
    return found[i - 1].text in (";", "{", "}", ":", ")") or \
        found[i - 1].text in ("else", "do")


def calls(found, first, last):
    """(start, end) of each statement that is nothing but a call."""
    for i in silent(found, first + 1, last):
        if found[i].kind != "word" or found[i].text in KEYWORDS or \
                found[i + 1].text != "(" or not statement_starts(found, i):
            continue
        end = closing(found, i + 1)
        if found[end + 1].text == ";":
            yield i, end


def of_function(path, source, found, name, first, last):
    def mutant(i, j, text, kind):
        return Mutant(path, source, name,
                      (found[i].start, found[j].end), text, kind)

    for i in silent(found, first + 1, last):
        token = found[i]
        if token.kind == "op" and token.text in SWAPS:
            if token.text in BINARY_ONLY and not is_binary(found, i):
                continue
            kind = "bound" if token.text in ("<", "<=", ">", ">=") \
                else "operator"
            for text in SWAPS[token.text]:
                yield mutant(i, i, text, kind)
        if token.kind == "number" and found[i - 1].text != "case":
            yield mutant(i, i, "(%s + 1)" % token.text, "constant")
        if token.kind == "word" and token.text in ("if", "while") and \
                found[i + 1].text == "(":
            end = closing(found, i + 1)
            yield mutant(i + 1, end, "(!%s)" %
                         source[found[i + 1].start:found[end].end],
                         "condition")
        if token.text == "true" or token.text == "false":
            yield mutant(i, i, "false" if token.text == "true" else "true",
                         "constant")
        if token.text == "|" and found[i + 1].kind == "word" and \
                found[i + 1].text.isupper():
            yield mutant(i, i + 1, "", "flag")
        if token.text in ("break", "continue") and \
                found[i + 1].text == ";" and found[i - 1].text != ";":
            yield mutant(i, i, "", "jump")
    for i, end in calls(found, first, last):
        yield mutant(i, end, "", "call")


def mutants(path, source):
    """Every fault that the operators know for the functions of a file."""
    found = tokens(source)
    for name, first, last in functions(found):
        yield from of_function(path, source, found, name, first, last)
