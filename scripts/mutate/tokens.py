"""Cuts C into tokens, as far as a mutation needs it: what stands in comments,
strings and preprocessor lines is passed over."""
import re

TOKEN = re.compile(r"""
    (?P<comment>/\*.*?\*/|//[^\n]*)
  | (?P<directive>^[ \t]*\#(?:\\\n|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
  | (?P<number>\b\d[\w.]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<op><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=
         |[-+*/%&|^~!<>=?:;,.(){}\[\]])
  | (?P<space>\s+)
""", re.X | re.S | re.M)

PASSED_OVER = ("comment", "directive", "space")


class Token:
    def __init__(self, kind, text, start, line):
        self.kind, self.text, self.start, self.line = kind, text, start, line
        self.end = start + len(text)

    def __repr__(self):
        return "%s %r at line %d" % (self.kind, self.text, self.line)


def tokens(source):
    """The tokens that mean something, in order."""
    found, at, line = [], 0, 1
    while at < len(source):
        match = TOKEN.match(source, at)
        if not match:
            raise ValueError("line %d: no C token: %r" %
                             (line, source[at:at + 20]))
        if match.lastgroup not in PASSED_OVER:
            found.append(Token(match.lastgroup, match.group(), at, line))
        line += match.group().count("\n")
        at = match.end()
    return found


def closing(found, at):
    """The index of the bracket that closes the one at index at."""
    pairs = {"(": ")", "{": "}", "[": "]"}
    opening, depth = found[at].text, 0
    for i in range(at, len(found)):
        if found[i].text == opening:
            depth += 1
        elif found[i].text == pairs[opening]:
            depth -= 1
            if not depth:
                return i
    raise ValueError("%r is not closed" % found[at])


def functions(found):
    """(name, index of its {, index of its }) for each function's body."""
    i = 0
    while i < len(found):
        if found[i].text != "{":
            i += 1
            continue
        end = closing(found, i)
        if i and found[i - 1].text == ")":
            yield name_before(found, i), i, end
        i = end + 1


def name_before(found, brace):
    """The word before the arguments that end where the body begins."""
    depth, i = 0, brace - 1
    while i >= 0:
        depth += {")": 1, "(": -1}.get(found[i].text, 0)
        if not depth:
            break
        i -= 1
    return found[i - 1].text if i else "?"
