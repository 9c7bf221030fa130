"""The command line: `python -m teach COMMAND`; each command explains itself with `--help`.

A command is a module of a part, mostly `command`: its HELP, DESCRIPTION and EXAMPLE, the
`arguments` it declares, and `run`, which takes them parsed and returns the exit code. Only the one
that is asked for is loaded.
"""

import argparse
import sys
from importlib import import_module

COMMANDS = {
    "check-data": "teach.check_data.command",
    "grade": "teach.grading.command",
    "paper": "teach.paper.command",
    "export": "teach.exports.claimreview",
    "lms": "teach.lms.command",
    "autograder": "teach.gradescope.command",
    "report": "teach.report.command",
}
EXAMPLE = """\
example, from what the platform gave you to what it takes back:
  python -m teach grade submissions.zip --out marks/
  python -m teach lms Gradebook.csv --marks marks/marks.csv --learners learners.csv --out filled.csv
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
        prog="python -m teach",
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
