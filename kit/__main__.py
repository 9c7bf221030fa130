"""The command line: `python -m kit COMMAND`; each command explains itself with `--help`.

A command is the module `command` of a part: its NAME, HELP, DESCRIPTION and EXAMPLE, the
`arguments` it declares, and `run`, which takes them parsed and returns the exit code.
"""

import argparse
import sys

from kit.autograder import command as autograder
from kit.exercises import command as check_data
from kit.exports import command as export
from kit.lms import command as lms
from kit.marking import command as mark
from kit.paper import command as paper
from kit.report import command as report

COMMANDS = (check_data, mark, paper, export, lms, autograder, report)
EXAMPLE = """\
example, from what the platform gave you to what it takes back:
  python -m kit mark submissions.zip --out marks/
  python -m kit lms Gradebook.csv --marks marks/marks.csv --learners learners.csv --out filled.csv
"""


def main(arguments=None):
    """Run one command and return its exit code; each command's help says what they mean."""
    choice = _parser().parse_args(arguments)
    return choice.run(choice)


def _parser():
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m kit",
        description="Asked to Join? Commands for whoever teaches with the kit or changes it.",
        epilog=EXAMPLE,
        formatter_class=shape,
    )
    commands = parser.add_subparsers(title="commands", required=True)
    for each in COMMANDS:
        command = commands.add_parser(
            each.NAME,
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
