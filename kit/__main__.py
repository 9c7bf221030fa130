"""The command line: `python -m kit COMMAND`; each command explains itself with `--help`."""

import argparse
import sys

from kit import data
from kit.exercises import command as check_data

COMMANDS = """\
example, from what the platform gave you to what it takes back:
  python -m kit mark submissions.zip --out marks/
  python -m kit lms Gradebook.csv --marks marks/marks.csv --learners learners.csv --out filled.csv
"""


def main(arguments=None):
    """Run one command and return its exit code; each command's help says what they mean."""
    choice = _parser().parse_args(arguments)
    return choice.run(choice)


def _parser():
    parser = argparse.ArgumentParser(
        prog="python -m kit",
        description="Asked to Join? Commands for whoever teaches with the kit or changes it.",
        epilog=COMMANDS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True)
    check = _command(
        commands,
        "check-data",
        "check a case folder against its datapackage.json",
        "Check every table, text, quotation, exercise and answer of a case folder.",
        check_data.EXAMPLE,
    )
    check.add_argument("path", nargs="?", help="a case folder (default: the course's own data)")
    check.set_defaults(run=check_data.run)
    _add_mark(commands)
    _add_export(commands)
    _add_lms(commands)
    _add_autograder(commands)
    _add_report(commands)
    return parser


def _command(commands, name, help, description, epilog):
    """Return the parser of a new command, whose help ends with an example and the exit codes."""
    shape = argparse.RawDescriptionHelpFormatter
    return commands.add_parser(
        name, help=help, description=description, epilog=epilog, formatter_class=shape
    )


MARK = """\
example:
  python -m kit mark submissions.zip --out marks/
  python -m kit mark folder/ late/handin-blue-tiger-7.json --out marks/ --codes learners.csv

Give what the platform gave you: folders, zips, files. Nothing in them is run. The folder marks/
then holds marks.csv, feedback/<code>.html and needs_a_person.csv. Run it again when more came in.

exit codes:
  0  all is marked
  1  something went wrong and nothing was written; one sentence says what
  2  the command was not understood
  3  marked, but something needs a person; it is listed in needs_a_person.csv
"""


def _add_mark(commands):
    mark = _command(
        commands,
        "mark",
        "mark hand-ins: marks, feedback, and what needs a person",
        "Mark hand-ins as data, from folders, zips and the platforms' downloads.",
        MARK,
    )
    mark.add_argument("paths", nargs="+", metavar="IN", help="a folder, a zip or a file")
    mark.add_argument("--out", required=True, metavar="FOLDER", help="where to write the marks")
    mark.add_argument("--codes", metavar="FILE", help="your own table of learners, to find codes")
    mark.add_argument("--solutions", action="store_true", help="show the key in the feedback")
    mark.add_argument("--cluster", metavar="ADDRESS", help="let a Dask scheduler's workers help")
    mark.set_defaults(run=_mark)


def _mark(choice):
    from kit.marking import command

    return command.run(choice)


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
    export = _command(
        commands,
        "export",
        "write a learner's verdicts as ClaimReview and AVeriTeC",
        "Write the verdicts of one hand-in in two formats that others read.",
        EXPORT,
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


LMS = """\
example:
  python -m kit lms Gradebook.csv --marks marks/marks.csv --learners learners.csv --out filled.csv

learners.csv is a table of your own: a column "code", and one or more columns with the head and
the values they have in the export (an id, a login, an e-mail address, or the name).

exit codes:
  0  filled
  1  something went wrong and nothing was written; one sentence says what
  2  the command was not understood
  3  filled, but something needs a person; it is listed
"""


def _add_lms(commands):
    lms = _command(
        commands,
        "lms",
        "fill the export of Canvas, Moodle, Gradescope or Brightspace with the marks",
        "Write the marks into a copy of the platform's export; nothing else changes.",
        LMS,
    )
    lms.add_argument("export", metavar="EXPORT.csv", help="the file the platform exported")
    lms.add_argument("--marks", required=True, metavar="FILE", help="marks.csv, as kit mark wrote")
    lms.add_argument("--learners", required=True, metavar="FILE", help="your own table of codes")
    lms.add_argument("--out", required=True, metavar="FILE", help="the filled file to write")
    platforms = ("canvas", "moodle", "gradescope", "brightspace")
    lms.add_argument("--platform", choices=platforms, help="(default: told by the file)")
    lms.add_argument("--column", metavar="HEAD", help="the column to fill, if there are several")
    lms.add_argument("--id", metavar="HEAD", help="go by this column only to find a learner")
    lms.add_argument("--scale", action="store_true", help="make 100 points the file's maximum")
    lms.set_defaults(run=_lms)


def _lms(choice):
    from kit import lms

    paths = (choice.export, choice.marks, choice.learners, choice.out)
    ways = {"platform": choice.platform, "column": choice.column, "by": choice.id}
    try:
        filled = lms.fill(*paths, **ways, scale=choice.scale)
    except lms.LmsError as error:
        print(error, file=sys.stderr)
        return 1
    print(filled)
    return 3 if filled.needs_a_person else 0


AUTOGRADER = """\
example:
  python -m kit autograder --out autograder.zip

exit codes:
  0  written
  1  not written; one sentence says why
  2  the command was not understood
"""


def _add_autograder(commands):
    autograder = _command(
        commands,
        "autograder",
        "write an autograder to upload to Gradescope",
        "Write the zip that marks hand-ins on Gradescope; it needs no packages there.",
        AUTOGRADER,
    )
    autograder.add_argument("--out", required=True, metavar="FILE.zip", help="the zip to write")
    autograder.set_defaults(run=_autograder)


def _autograder(choice):
    from kit import autograder

    try:
        print(autograder.build(choice.out))
    except (data.DataError, autograder.AutograderError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


REPORT = """\
example:
  python -m kit report marks/ --out report.html
  python -m kit report --invented --out example.html    an invented class, to see what is in it

exit codes:
  0  written
  1  not written; one sentence says why
  2  the command was not understood
"""


def _add_report(commands):
    report = _command(
        commands,
        "report",
        "write the class report",
        "Write what a class learned, and how sure one may be, as one page that exposes nobody.",
        REPORT,
    )
    report.add_argument("marks", nargs="?", metavar="FOLDER", help="the folder of kit mark")
    report.add_argument("--invented", action="store_true", help="take an invented class instead")
    report.add_argument("--out", required=True, metavar="FILE.html", help="the page to write")
    report.add_argument("--fewest", type=int, default=10, metavar="K", help="hide fewer learners")
    report.add_argument("--cluster", metavar="ADDRESS", help="let a Dask scheduler's workers help")
    report.add_argument("--codes", action="store_true", help="show codes and points as well")
    report.set_defaults(run=_report)


def _report(choice):
    from kit.report import command

    return command.run(choice)


if __name__ == "__main__":
    sys.exit(main())
