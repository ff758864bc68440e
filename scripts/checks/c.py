"""As much of C as the checks need: words, functions, their nesting."""
import re
from dataclasses import dataclass

BLANK = re.compile(r"[^\n]")
NOISE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"'
                   r"|'(?:\\.|[^'\\\n])*'", re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.M)
TOKEN = re.compile(r"[A-Za-z_]\w*|\d[\w.]*|[^\s\w]")
WORD = re.compile(r"[A-Za-z_]\w*$")
OPEN, CLOSE = "([{", ")]}"


def blanked(match):
    """Spaces of the same shape; strings keep their quotes as tokens."""
    kept = match[0][0] if match[0][0] in "\"'" else ""
    return kept + BLANK.sub(" ", match[0])[len(kept):]


def without_comments(source):
    return NOISE.sub(blanked, source)


def plain(source):
    """The source without comments, strings and preprocessor lines."""
    return DIRECTIVE.sub(blanked, without_comments(source))


@dataclass
class Function:
    name: str
    line: int           # of the opening brace
    lines: int          # between the braces
    params: int
    nesting: int


class Scanner:
    """The tokens of one plain() text, each with its line."""

    def __init__(self, source):
        self.tokens = []
        line, last = 1, 0
        for match in TOKEN.finditer(source):
            line += source.count("\n", last, match.start())
            last = match.start()
            self.tokens.append((match[0], line))
        self.at = 0
        self.deepest = 0

    def peek(self, ahead=0):
        place = self.at + ahead
        return self.tokens[place][0] if place < len(self.tokens) else ""

    def line(self):
        return self.tokens[min(self.at, len(self.tokens) - 1)][1]

    def skip_group(self):
        """Pass over a bracketed group, its brackets included."""
        depth = 0
        while self.peek():
            depth += self.peek() in OPEN
            depth -= self.peek() in CLOSE
            self.at += 1
            if depth == 0:
                return

    def functions(self):
        """Every function body at the outermost level."""
        start = 0
        while self.peek():
            token = self.peek()
            if token == "{":
                head = [t for t, _ in self.tokens[start:self.at]]
                signature = read_signature(head)
                if signature:
                    yield self._body(*signature)
                else:
                    self.skip_group()
                start = self.at
            elif token == ";":
                self.at += 1
                start = self.at
            else:
                self.at += 1

    def _body(self, name, params):
        first = self.line()
        self.deepest = 0
        self.block(0)
        last = self.tokens[self.at - 1][1]
        return Function(name, first, max(last - first - 1, 0), params,
                        self.deepest)

    def block(self, depth):
        self.at += 1
        while self.peek() and self.peek() != "}":
            self.statement(depth)
        self.at += 1

    def statement(self, depth):
        self.deepest = max(self.deepest, depth)
        token = self.peek()
        if token == "{":
            self.block(depth)
        elif token == "if":
            self._if(depth)
        elif token in ("for", "while", "switch"):
            self.at += 1
            self.skip_group()
            self.statement(depth + 1)
        elif token == "do":
            self.at += 1
            self.statement(depth + 1)
            self._simple()
        elif token in ("case", "default"):
            self._label()
        elif WORD.match(token) and self.peek(1) == ":":
            self.at += 2
        elif self._is_loop():
            self.at += 1
            self.skip_group()
            self.statement(depth + 1)
        else:
            self._simple()

    def _if(self, depth):
        self.at += 1
        self.skip_group()
        self.statement(depth + 1)
        if self.peek() != "else":
            return
        self.at += 1
        # "else if" goes on where the first "if" stood.
        self.statement(depth if self.peek() == "if" else depth + 1)

    def _label(self):
        while self.peek() and self.peek() != ":":
            self.at += 1
        self.at += 1

    def _is_loop(self):
        """for_each_x(...) followed by a statement rather than by an end."""
        if not WORD.match(self.peek()) or self.peek(1) != "(":
            return False
        place = self.at
        self.at += 1
        self.skip_group()
        follows = self.peek()
        self.at = place
        return follows == "{" or bool(WORD.match(follows))

    def _simple(self):
        while self.peek() and self.peek() != ";":
            if self.peek() == "}":
                return
            if self.peek() in OPEN:
                self.skip_group()
            else:
                self.at += 1
        self.at += 1


ATTRIBUTES = ("__attribute__", "__acquires", "__releases", "__must_hold",
              "__printf", "__scanf", "__section", "__aligned",
              "__cond_acquires")


def groups(tokens):
    """The bracketed groups of the outermost level, with the word before."""
    depth, start = 0, 0
    for place, token in enumerate(tokens):
        if token in OPEN:
            if depth == 0:
                start = place
            depth += 1
        elif token in CLOSE:
            depth -= 1
            if depth == 0 and start:
                yield tokens[start - 1], tokens[start:place + 1]


def read_signature(tokens):
    """(name, number of parameters) if the tokens declare a function."""
    if "=" in tokens or tokens[0] == "typedef":
        return None
    found = [(word, group) for word, group in groups(tokens)
             if group[0] == "(" and WORD.match(word) and
             word not in ATTRIBUTES]
    if not found:
        return None
    name, group = found[-1]
    if group in (["(", ")"], ["(", "void", ")"]):
        return name, 0
    depth, commas = 0, 0
    for token in group:
        depth += token in OPEN
        depth -= token in CLOSE
        commas += token == "," and depth == 1
    return name, commas + 1


def functions(source):
    return list(Scanner(plain(source)).functions())
