"""What all commands share: registration, help, arguments."""
import gdb

COMMANDS = []


class Command(gdb.Command):
    """A subclass sets name and usage; its docstring is the help."""
    name = ""
    usage = ""

    def __init__(self):
        super().__init__(self.name, gdb.COMMAND_DATA)
        COMMANDS.append(self)

    def invoke(self, argument, from_tty):
        try:
            self.run(gdb.string_to_argv(argument))
        except gdb.MemoryError as error:
            raise gdb.GdbError("%s: %s" % (self.name, error))

    def run(self, args):
        raise NotImplementedError


def evaluate(word):
    """A number out of any C expression; a function is its address."""
    value = gdb.parse_and_eval(word)
    if value.type.strip_typedefs().code == gdb.TYPE_CODE_FUNC:
        value = value.address
    return int(value) & 0xFFFFFFFF


class Help(Command):
    """List Quire's commands."""
    name = "qhelp"

    def run(self, args):
        for command in sorted(COMMANDS, key=lambda c: c.name):
            head = (command.name + " " + command.usage).strip()
            print("%-22s %s" % (head, command.__doc__.splitlines()[0]))


Help()
