"""The command line: `python -m kit check-data [PATH]`."""

import argparse
import sys

from kit import data

EXAMPLE = """\
example:
  python -m kit check-data                the course's own data
  python -m kit check-data ../my_case     another case folder

exit codes:
  0  nothing is wrong
  1  something is wrong with the data; one sentence says what, where and what to do
  2  the command was not understood
"""


def main(arguments=None):
    """Run one command and return its exit code (0 fine, 1 a fault in the data)."""
    choice = _parser().parse_args(arguments)
    return choice.run(choice)


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m kit",
        description="Asked to Join? Commands for whoever teaches with the kit or changes it.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True)
    check = commands.add_parser(
        "check-data",
        help="check a case folder against its datapackage.json",
        description="Check every table, text and quotation of a case folder.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("path", nargs="?", help="a case folder (default: the course's own data)")
    check.set_defaults(run=_check_data)
    return parser


def _check_data(choice):
    try:
        case = data.load(choice.path)
    except data.DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(_summary(case))
    return 0


def _summary(case):
    counts = [f"{name} {len(case.rows(name))}" for name in case.table_names]
    key = (
        [f"{name} {len(case.key.rows(name))}" for name in case.key.table_names] if case.key else []
    )
    return "\n".join(
        [
            f"{case.title}: the data hold.",
            f"rows: {', '.join(counts)}",
            f"key: {', '.join(key) or 'none'}",
            f"texts: {len(case.texts)}, unchanged",
            f"quotations: {len(case.rows('claims'))}, each found in its place",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
