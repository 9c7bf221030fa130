"""`python -m teach paper`: takes in what was typed from paper and says what came of it."""

import sys

from kit import data
from teach.paper.handins import hand_in
from teach.paper.typed import PaperError

HELP = "make hand-ins of answers that were typed in from paper"
DESCRIPTION = "Turn answers typed in from the sheets on paper into hand-ins, one for each code."
EXAMPLE = """\
example:
  python -m teach paper typed.csv --out handins/
  python -m teach grade handins/ --out marks/

typed.csv has the columns code, field and answer; `make paper` writes one to fill in, with the
sheets. A hand-in that lies in the folder already is never overwritten.

exit codes:
  0  there is a hand-in for every code
  1  nothing was written; one sentence for each reason says why
  2  the command was not understood
  3  written, but something needs a person; it is listed
"""


def arguments(parser):
    """Declare what the command takes."""
    parser.add_argument("typed", metavar="TYPED.csv", help="the table with the typed answers")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where to write hand-ins")


def run(choice):
    """Take in the file that the parsed arguments name; return the exit code."""
    try:
        done = hand_in(choice.typed, choice.out, data.load())
    except (PaperError, data.DataError) as error:
        print(error, file=sys.stderr)
        return 1
    for problem in done.problems:
        print(problem, file=sys.stderr)
    print(_summary(done, choice.out))
    if not done.problems:
        return 0
    return 3 if done.written or done.there else 1


def _summary(done, out):
    told = [f"Hand-ins written to {out}: {len(done.written)}."]
    if done.there:
        told.append(f"There already, the same: {len(done.there)}.")
    if left := sorted(filter(None, done.left)):
        told.append(f"Left out until that is mended: {', '.join(left)}.")
    return " ".join(told)
