"""`python -m teach grade`: runs the marking and says what came of it."""

import sys
from pathlib import Path

from kit import data
from teach.grading.learners import codes_of
from teach.grading.run import MarkingError, grade

HELP = "mark hand-ins: marks, feedback, and what needs a person"
DESCRIPTION = "Mark hand-ins as data, from folders, zips and the platforms' downloads."
EXAMPLE = """\
example:
  python -m teach grade submissions.zip --out marks/
  python -m teach grade folder/ late/handin-blue-tiger-7.json --out marks/ --codes learners.csv

Give what the platform gave you: folders, zips, files. Nothing in them is run. The folder marks/
then holds marks.csv, feedback/<code>.html and needs_a_person.csv. Run it again when more came in.

exit codes:
  0  all is marked
  1  something went wrong and nothing was written; one sentence says what
  2  the command was not understood
  3  marked, but something needs a person; it is listed in needs_a_person.csv
"""
FINE, NOTHING_WRITTEN, NEEDS_A_PERSON = 0, 1, 3


def arguments(parser):
    """Declare what the command takes."""
    parser.add_argument("paths", nargs="+", metavar="IN", help="a folder, a zip or a file")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where to write the marks")
    parser.add_argument("--codes", metavar="FILE", help="your own table of learners, to find codes")
    parser.add_argument("--solutions", action="store_true", help="show the key in the feedback")
    parser.add_argument("--cluster", metavar="ADDRESS", help="let a Dask scheduler's workers help")


def run(choice):
    """Mark what the parsed arguments name; return the exit code."""
    try:
        codes = codes_of(choice.codes) if choice.codes else None
        done = grade(choice.paths, choice.out, data.load(), codes, choice.solutions, choice.cluster)
    except (MarkingError, data.DataError) as error:
        print(error, file=sys.stderr)
        return NOTHING_WRITTEN
    except KeyboardInterrupt:
        told = "Stopped; no marks were written. Run the same command again to go on from here."
        print(f"\n{told}", file=sys.stderr)
        return NOTHING_WRITTEN
    print(_summary(done, Path(choice.out)))
    return NEEDS_A_PERSON if done.persons else FINE


def _summary(done, out):
    lines = [
        f"{_counted(done.marked, 'learner')} marked, {_counted(done.new, 'new file')} read.",
        f"{out / 'marks.csv'} and {out / 'feedback'} hold the marks and a page for each.",
    ]
    if done.persons:
        things = _counted(done.persons, "thing")
        lines.append(f"{things} for a person to look at: {out / 'needs_a_person.csv'}.")
    return "\n".join(lines)


def _counted(number, thing):
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
