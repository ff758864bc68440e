"""Run one program, keep all it says, and never wait for it for ever.

Wall-clock time decides nothing about a test: the two limits here only end
what hangs, and are far above what a slow host needs.
"""
import os
import pty
import re
import selectors
import subprocess
import termios
import threading
import time
import tty
from dataclasses import dataclass
from typing import Optional

QUIET_LIMIT = 180       # seconds without a byte of output
TOTAL_LIMIT = 900       # seconds altogether
SCREEN = re.compile(rb'connected to screen "([^"]+)"')


@dataclass
class Limits:
    quiet: float = QUIET_LIMIT
    total: float = TOTAL_LIMIT


class Process:
    """A program whose output comes in lines, into a log and to a reader.

    follow: a file to read instead of the program's own output, for programs
    (Bochs) which write the guest's serial line into a file.
    """

    def __init__(self, argv, log, limits=None, follow=None):
        self.limits = limits or Limits()
        self.log = open(log, "wb")
        self.follow = follow
        self.text = ""
        self.started = self.heard = time.monotonic()
        self.killed: Optional[str] = None
        if follow:
            self._start_on_terminal(argv)
        else:
            self.child = subprocess.Popen(
                argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT)
            self.source = self.child.stdout.fileno()

    def _start_on_terminal(self, argv):
        """Bochs draws its screen; give it a terminal nobody looks at."""
        open(self.follow, "wb").close()
        self.screen, slave = pty.openpty()
        self.child = subprocess.Popen(
            argv, stdin=slave, stdout=slave, stderr=slave,
            env=dict(os.environ, TERM="xterm", LINES="50", COLUMNS="132"))
        os.close(slave)
        self.source = os.open(self.follow, os.O_RDONLY)
        self.drain = self._in_background(self._drain_terminal)

    def read(self, wait):
        """New output, "" if none came in `wait` seconds, None at the end."""
        data = self._read_file(wait) if self.follow else self._read_pipe(wait)
        if data is None:
            return None
        if data:
            self.heard = time.monotonic()
            self.log.write(data)
            self.log.flush()
        if self._overdue():
            return None
        piece = data.decode("latin-1")
        self.text += piece
        return piece

    def _read_pipe(self, wait):
        with selectors.DefaultSelector() as selector:
            selector.register(self.source, selectors.EVENT_READ)
            if not selector.select(wait):
                return b""
        return os.read(self.source, 65536) or None

    def _read_file(self, wait):
        data = os.read(self.source, 65536)
        if data:
            return data
        if self.child.poll() is not None:
            return None
        time.sleep(min(wait, 0.1))
        return b""

    @staticmethod
    def _in_background(what, *args):
        thread = threading.Thread(target=what, args=args, daemon=True)
        thread.start()
        return thread

    def _drain_terminal(self):
        """Bochs' debugger talks here; it draws on a terminal it names."""
        said = b""
        try:
            while data := os.read(self.screen, 65536):
                said = said[-4096:] + data
                name = SCREEN.search(said)
                if name:
                    self._in_background(self._drain_screen, name[1])
                    said = b""
        except OSError:         # the other end is closed
            pass

    @staticmethod
    def _drain_screen(name):
        """A terminal holds few KiB: Bochs waits until somebody reads them."""
        try:
            screen = os.open(name, os.O_RDONLY | os.O_NOCTTY)
            tty.setraw(screen)
            while os.read(screen, 65536):
                pass
            os.close(screen)
        except (OSError, termios.error):    # the other end is closed
            pass

    def _overdue(self):
        now = time.monotonic()
        if now - self.heard > self.limits.quiet:
            self.kill("no output for %d seconds" % self.limits.quiet)
        elif now - self.started > self.limits.total:
            self.kill("not done after %d seconds" % self.limits.total)
        return self.killed is not None

    def send(self, text):
        try:
            self.child.stdin.write(text.encode("latin-1"))
            self.child.stdin.flush()
        except BrokenPipeError:
            pass                # its end shows in the next read

    def kill(self, why):
        self.killed = why
        self.child.kill()

    def close(self):
        """Wait for the end; return the exit status, negative for a signal."""
        try:
            status = self.child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill("output closed, but did not end")
            status = self.child.wait()
        self.log.close()
        if self.follow:
            os.close(self.source)
            self.drain.join(timeout=5)
            os.close(self.screen)
        else:
            self.child.stdout.close()
            try:
                self.child.stdin.close()
            except BrokenPipeError:
                pass
        return status

    def seconds(self):
        return time.monotonic() - self.started
