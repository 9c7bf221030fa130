"""`python -m kit report`: writes the class report and says where."""

import os
import sys

from kit import data
from kit.marking.cluster import Cluster, ClusterError
from kit.marking.hands import HandEnded, Hands

WRITTEN, NOT_WRITTEN = 0, 1
HELPERS = 2 if (os.cpu_count() or 1) > 1 else 0  # processes; each takes 150 MB
ONE_OF_BOTH = "Name the folder that kit mark wrote, or --invented for an invented one, not both."
ENDED = (
    "A process that helped was ended from outside, perhaps for want of memory; run the same "
    "command again."
)


def run(choice):
    """Write the report that the parsed arguments ask for; return the exit code."""
    if bool(choice.marks) == choice.invented:
        return _not_written(ONE_OF_BOTH)
    with Hands() as hands:
        hands.start("kit.report.making", HELPERS)  # it takes a second; so does the import here
        from kit.report import making

        try:
            case = data.load()
            found = making.invented_class(case) if choice.invented else _read(choice, case, hands)
            marks = choice.marks if choice.codes else None
            making.write(found, choice.out, choice.fewest, choice.invented, hands, marks)
        except (making.ReportError, ClusterError, data.DataError) as error:
            return _not_written(error)
        except HandEnded:
            return _not_written(ENDED)
        except KeyboardInterrupt:
            return _not_written("Stopped; no report was written.")
    print(f"{choice.out} is written; open it in a browser, or print it.")
    if choice.codes and choice.marks:
        print(making.named.WARNING, file=sys.stderr)
    return WRITTEN


def _read(choice, case, hands):
    """Return the Class, read with the help of a cluster or of the processes that were started."""
    from kit.report import making

    if not choice.cluster:
        return making.class_of(choice.marks, case, hands.share)
    with Cluster(choice.cluster) as workers:
        return making.class_of(choice.marks, case, workers.share)


def _not_written(why):
    print(why, file=sys.stderr)
    return NOT_WRITTEN
