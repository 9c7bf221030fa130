"""`python -m teach lms`: fills a platform's export and says what came of it."""

import sys

from teach.lms.cells import LmsError
from teach.lms.filling import fill

HELP = "fill the export of Canvas, Moodle, Gradescope or Brightspace with the marks"
DESCRIPTION = "Write the marks into a copy of the platform's export; nothing else changes."
EXAMPLE = """\
example:
  python -m teach lms Gradebook.csv --marks marks/marks.csv --learners learners.csv --out filled.csv

learners.csv is a table of your own: a column "code", and one or more columns with the head and
the values they have in the export (an id, a login, an e-mail address, or the name).

exit codes:
  0  filled
  1  something went wrong and nothing was written; one sentence says what
  2  the command was not understood
  3  filled, but something needs a person; it is listed
"""


def arguments(parser):
    """Declare what the command takes."""
    parser.add_argument("export", metavar="EXPORT.csv", help="the file the platform exported")
    parser.add_argument(
        "--marks", required=True, metavar="FILE", help="marks.csv, as teach grade wrote"
    )
    parser.add_argument("--learners", required=True, metavar="FILE", help="your own table of codes")
    parser.add_argument("--out", required=True, metavar="FILE", help="the filled file to write")
    platforms = ("canvas", "moodle", "gradescope", "brightspace")
    parser.add_argument("--platform", choices=platforms, help="(default: told by the file)")
    parser.add_argument("--column", metavar="HEAD", help="the column to fill, if there are several")
    parser.add_argument("--id", metavar="HEAD", help="go by this column only to find a learner")
    parser.add_argument("--scale", action="store_true", help="make 100 points the file's maximum")


def run(choice):
    """Fill the export that the parsed arguments name; return the exit code."""
    paths = (choice.export, choice.marks, choice.learners, choice.out)
    ways = {"platform": choice.platform, "column": choice.column, "by": choice.id}
    try:
        filled = fill(*paths, **ways, scale=choice.scale)
    except LmsError as error:
        print(error, file=sys.stderr)
        return 1
    print(filled)
    return 3 if filled.needs_a_person else 0
