"""`python -m teach report`: writes the class report and says where."""

import os
import sys

from kit import data
from teach.grading.cluster import Cluster, ClusterError
from teach.grading.hands import HandEnded, Hands

HELP = "write the class report"
DESCRIPTION = (
    "Write what a class learned, and how sure one may be, as one page that exposes nobody."
)
EXAMPLE = """\
example:
  python -m teach report marks/ --out report.html
  python -m teach report --invented --out example.html    an invented class, to see what is in it

exit codes:
  0  written
  1  not written; one sentence says why
  2  the command was not understood
"""
WRITTEN, NOT_WRITTEN = 0, 1
HELPERS = 2 if (os.cpu_count() or 1) > 1 else 0  # processes; each takes 150 MB
ONE_OF_BOTH = "Name the folder that teach grade wrote, or --invented for an invented one, not both."
ENDED = (
    "A process that helped was ended from outside, perhaps for want of memory; run the same "
    "command again."
)


def arguments(parser):
    """Declare what the command takes."""
    parser.add_argument("marks", nargs="?", metavar="FOLDER", help="the folder of teach grade")
    parser.add_argument("--invented", action="store_true", help="take an invented class instead")
    parser.add_argument("--out", required=True, metavar="FILE.html", help="the page to write")
    parser.add_argument("--fewest", type=int, default=10, metavar="K", help="hide fewer learners")
    parser.add_argument("--cluster", metavar="ADDRESS", help="let a Dask scheduler's workers help")
    parser.add_argument("--codes", action="store_true", help="show codes and points as well")


def run(choice):
    """Write the report that the parsed arguments ask for; return the exit code."""
    if bool(choice.marks) == choice.invented:
        return _not_written(ONE_OF_BOTH)
    with Hands() as hands:
        hands.start("teach.report.build", HELPERS)  # it takes a second; so does the import here
        from teach.report import build

        try:
            case = data.load()
            answers = build.invented_class(case) if choice.invented else _read(choice, case, hands)
            marks = choice.marks if choice.codes else None
            build.write(answers, choice.out, choice.fewest, choice.invented, hands, marks)
        except (build.ReportError, ClusterError, data.DataError) as error:
            return _not_written(error)
        except HandEnded:
            return _not_written(ENDED)
        except KeyboardInterrupt:
            return _not_written("Stopped; no report was written.")
    print(f"{choice.out} is written; open it in a browser, or print it.")
    if choice.codes and choice.marks:
        print(build.WARNING, file=sys.stderr)
    return WRITTEN


def _read(choice, case, hands):
    """Return the Class, read with the help of a cluster or of the processes that were started."""
    from teach.report import build

    if not choice.cluster:
        return build.class_of(choice.marks, case, hands.share)
    with Cluster(choice.cluster) as workers:
        return build.class_of(choice.marks, case, workers.share)


def _not_written(why):
    print(why, file=sys.stderr)
    return NOT_WRITTEN
