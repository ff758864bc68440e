"""The files of the tree, and the exceptions from the rules."""
import fnmatch
import functools
import os
import subprocess

EXCEPTIONS = "scripts/checks/exceptions.txt"


@functools.lru_cache(maxsize=None)
def all_files():
    """Every file under version control, or about to be."""
    try:
        names = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"], check=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True).stdout.splitlines()
    except (OSError, subprocess.CalledProcessError):
        names = [os.path.relpath(os.path.join(folder, name))
                 for folder, _, found in os.walk(".") for name in found]
    return sorted(n for n in set(names) if os.path.isfile(n) and
                  not n.startswith(("build/", ".git/")))


def files(*suffixes, under=()):
    return [n for n in all_files() if n.endswith(suffixes) and
            (not under or n.startswith(tuple(under)))]


@functools.lru_cache(maxsize=None)
def text(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


@functools.lru_cache(maxsize=None)
def exceptions():
    """rule -> patterns of what is exempt; each line gives its reason."""
    table = {}
    for number, line in enumerate(text(EXCEPTIONS).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split(None, 2)
        if len(fields) < 3:
            raise SystemExit("%s:%d: rule, what, reason" %
                             (EXCEPTIONS, number))
        table.setdefault(fields[0], []).append(fields[1])
    return table


USED = set()


def exempt(rule, what):
    """Is this an exception?  Ask only where the rule is broken."""
    found = [pattern for pattern in exceptions().get(rule, ())
             if fnmatch.fnmatchcase(what, pattern)]
    USED.update((rule, pattern) for pattern in found)
    return bool(found)


def stale(rules):
    """Exceptions from these rules that nothing asked for."""
    return ["%s: %s %s is no exception any more" % (EXCEPTIONS, rule, what)
            for rule in rules for what in exceptions().get(rule, ())
            if (rule, what) not in USED]
