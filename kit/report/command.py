"""`python -m kit report`: writes the class report and says where."""

import sys

from kit import data
from kit.report.making import ReportError, class_of, invented_class, write

WRITTEN, NOT_WRITTEN = 0, 1
ONE_OF_BOTH = "Name the folder that kit mark wrote, or --invented for an invented one, not both."


def run(choice):
    """Write the report that the parsed arguments ask for; return the exit code."""
    try:
        if bool(choice.marks) == choice.invented:
            raise ReportError(ONE_OF_BOTH)
        case = data.load()
        found = (
            invented_class(case)
            if choice.invented
            else class_of(choice.marks, case, choice.cluster)
        )
        write(found, choice.out, choice.fewest, choice.invented)
    except (ReportError, data.DataError) as error:
        print(error, file=sys.stderr)
        return NOT_WRITTEN
    print(f"{choice.out} is written; open it in a browser, or print it.")
    return WRITTEN
