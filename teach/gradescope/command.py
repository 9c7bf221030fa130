"""`python -m teach autograder`: writes the zip to upload to Gradescope."""

import sys

from kit import data
from teach.gradescope.build import AutograderError, build

HELP = "write an autograder to upload to Gradescope"
DESCRIPTION = "Write the zip that marks hand-ins on Gradescope; it needs no packages there."
EXAMPLE = """\
example:
  python -m teach autograder --out autograder.zip

exit codes:
  0  written
  1  not written; one sentence says why
  2  the command was not understood
"""


def arguments(parser):
    """Declare what the command takes."""
    parser.add_argument("--out", required=True, metavar="FILE.zip", help="the zip to write")


def run(choice):
    """Build the zip that the parsed arguments name; return the exit code."""
    try:
        print(build(choice.out))
    except (data.DataError, AutograderError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
