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


def exempt(rule, what):
    return any(fnmatch.fnmatchcase(what, pattern)
               for pattern in exceptions().get(rule, ()))
