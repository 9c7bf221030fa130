"""`python -m teach export`: writes a learner's verdicts in two formats that others read."""

import sys

from kit import data, handin
from teach.exports.files import ExportError, export

HELP = "write a learner's verdicts as ClaimReview and AVeriTeC"
DESCRIPTION = "Write the verdicts of one hand-in in two formats that others read."
EXAMPLE = """\
example:
  python -m teach export handin-blue-tiger-7.json --out exports/

writes claimreview.jsonld (schema.org ClaimReview) and averitec.json (in the style of AVeriTeC).

exit codes:
  0  both files are written; what the learner left open is listed
  1  nothing could be exported; one sentence says why
  2  the command was not understood
"""


def arguments(parser):
    """Declare what the command takes."""
    parser.add_argument("handin", metavar="HANDIN.json", help="a hand-in")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where to write both files")


def run(choice):
    """Export the hand-in that the parsed arguments name; return the exit code."""
    try:
        exported = export(choice.handin, choice.out, data.load())
    except (data.DataError, ExportError, handin.HandinError) as error:
        print(error, file=sys.stderr)
        return 1
    print(exported)
    return 0
