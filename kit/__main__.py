"""The command line: `python -m kit COMMAND`; each command explains itself with `--help`.

A command is the module `command` of a part: its HELP, DESCRIPTION and EXAMPLE, the `arguments` it
declares, and `run`, which takes them parsed and returns the exit code. Only the one that is asked
for is loaded.
"""

import argparse
import sys
from importlib import import_module

COMMANDS = {
    "check-data": "kit.exercises.command",
    "mark": "kit.marking.command",
    "paper": "kit.paper.command",
    "export": "kit.exports.command",
    "lms": "kit.lms.command",
    "autograder": "kit.autograder.command",
    "report": "kit.report.command",
}
EXAMPLE = """\
example, from what the platform gave you to what it takes back:
  python -m kit mark submissions.zip --out marks/
  python -m kit lms Gradebook.csv --marks marks/marks.csv --learners learners.csv --out filled.csv
"""


def main(arguments=None):
    """Run one command and return its exit code; each command's help says what they mean."""
    arguments = sys.argv[1:] if arguments is None else arguments
    known = [name for name in arguments[:1] if name in COMMANDS]
    choice = _parser(known or COMMANDS).parse_args(arguments)
    return choice.run(choice)


def _parser(names):
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m kit",
        description="Asked to Join? Commands for whoever teaches with the kit or changes it.",
        epilog=EXAMPLE,
        formatter_class=shape,
    )
    commands = parser.add_subparsers(title="commands", required=True)
    for name in names:
        each = import_module(COMMANDS[name])
        command = commands.add_parser(
            name,
            help=each.HELP,
            description=each.DESCRIPTION,
            epilog=each.EXAMPLE,
            formatter_class=shape,
        )
        each.arguments(command)
        command.set_defaults(run=each.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
