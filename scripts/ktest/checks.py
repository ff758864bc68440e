"""The checks of the sources, each one counted test."""
import subprocess
import sys

from .host import CommandSession

CHECK = "scripts/check.py"


def sessions():
    names = subprocess.run([sys.executable, CHECK, "--list"], check=True,
                           stdout=subprocess.PIPE, text=True).stdout.split()
    return [CommandSession("check-" + name, (sys.executable, CHECK, name))
            for name in names]
