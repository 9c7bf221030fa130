"""`python -m kit check-data`: holds a case folder to its dictionary and says what is in it."""

import sys

from kit.data.case import load
from kit.data.tables import DataError

EXAMPLE = """\
example:
  python -m kit check-data                the course's own data
  python -m kit check-data ../my_case     another case folder

exit codes:
  0  nothing is wrong
  1  something is wrong with the data; one sentence says what, where and what to do
  2  the command was not understood
"""


def run(choice):
    """Check the folder that the parsed arguments name; return the exit code."""
    try:
        case = load(choice.path)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(summary(case))
    return 0


def summary(case):
    """Return in words what a case that holds has: its tables, rows, texts and quotations.

    >>> summary(load()).splitlines()[0]
    'Asked to Join?: the data hold.'
    """
    rows = ", ".join(f"{name} {len(case.rows(name))}" for name in case.table_names)
    names = case.key.table_names if case.key else []
    key = ", ".join(f"{name} {len(case.key.rows(name))}" for name in names)
    return (
        f"{case.title}: the data hold.\nrows: {rows}\nkey: {key or 'none'}\n"
        f"texts: {len(case.texts)}, unchanged\n"
        f"quotations: {len(case.rows('claims'))}, each found in its place"
    )
