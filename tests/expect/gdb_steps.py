"""What the GDB halves of the sessions share: steps that print what came."""
import gdb


def say(text):
    print(text, flush=True)


def attempt(command):
    """Runs a command, and shows its error as text if it has one."""
    say("--- " + command)
    try:
        say(gdb.execute(command, to_string=True).rstrip())
    except gdb.error as error:
        say("error: %s" % error)


def run_to(location):
    gdb.execute("tbreak " + location, to_string=True)
    gdb.execute("continue", to_string=True)
