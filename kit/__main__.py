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
    _add_export(commands)
    return parser


def _check_data(choice):
    try:
        case = data.load(choice.path)
    except data.DataError as error:
        print(error, file=sys.stderr)
        return 1
    print(_summary(case))
    return 0


EXPORT = """\
example:
  python -m kit export handin-blue-tiger-7.json --out exports/

writes claimreview.jsonld (schema.org ClaimReview) and averitec.json (in the style of AVeriTeC).

exit codes:
  0  both files are written; what the learner left open is listed
  1  nothing could be exported; one sentence says why
  2  the command was not understood
"""


def _add_export(commands):
    export = commands.add_parser(
        "export",
        help="write a learner's verdicts as ClaimReview and AVeriTeC",
        description="Write the verdicts of one hand-in in two formats that others read.",
        epilog=EXPORT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    export.add_argument("handin", metavar="HANDIN.json", help="a hand-in")
    export.add_argument("--out", required=True, metavar="FOLDER", help="where to write both files")
    export.set_defaults(run=_export)


def _export(choice):
    from kit import exports, handin

    try:
        exported = exports.export(choice.handin, choice.out, data.load())
    except (data.DataError, exports.ExportError, handin.HandinError) as error:
        print(error, file=sys.stderr)
        return 1
    print(exported)
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
