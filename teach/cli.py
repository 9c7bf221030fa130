"""The command line: `python -m teach COMMAND`; each command explains itself with `--help`.

A command is a `Command` below: what its help says, the arguments it takes, and the function that
runs it. Only what that function imports is loaded, so every command starts as fast as it can.
It is long because the help of every command stands here, with its example and its exit codes.
"""

import argparse
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from kit import data
from kit.errors import KitError

EXAMPLE = """\
example, from what the platform gave you to what it takes back:
  python -m teach learners submissions.zip --roster Gradebook.csv --out learners.csv
  python -m teach grade submissions.zip --out marks/ --codes learners.csv
  python -m teach lms Gradebook.csv --marks marks/marks.csv --learners learners.csv --out filled.csv
  python -m teach return marks/ --submissions submissions.zip --out feedback.zip
"""
DONE, FAILED, NEEDS_A_PERSON = 0, 1, 3  # exit codes; argparse gives 2
PLATFORMS = (
    *("canvas", "moodle", "gradescope", "brightspace", "blackboard"),
    *("schoology", "sakai", "classroom", "teams", "plain"),
)
RETURNS = ("canvas", "moodle", "brightspace")  # that take a zip of feedback
HELPERS = 2  # processes for the report; each takes 150 MB


def _check_data(choice: argparse.Namespace) -> int:
    from teach import check_data

    print(check_data.checked(data.load(choice.path)))
    return DONE


def _case_from(choice: argparse.Namespace) -> int:
    from teach.workshop.draft import read_draft
    from teach.workshop.folder import make_folder

    made = make_folder(read_draft(Path(choice.draft)), Path(choice.folder))
    print(made)
    return NEEDS_A_PERSON if made.is_open else DONE


def _grade(choice: argparse.Namespace) -> int:
    from teach.grading import grade
    from teach.lms import read_learners

    learners = read_learners(Path(choice.codes)) if choice.codes else None
    given = {name: getattr(choice, name) for name in ("notebooks", "due", "late", "grace")}
    done = grade(
        choice.paths,
        choice.out,
        data.load(),
        print,
        codes=learners and learners.codes,
        no_code=learners.no_code if learners else (),
        given={name: text for name, text in given.items() if text is not None},
        with_solutions=choice.solutions,
        only_these=choice.only_these,
        cluster=choice.cluster,
    )
    print(*done.sentences(), sep="\n")
    print(f"The marks, a page for each learner and what needs a person are in {choice.out}.")
    return NEEDS_A_PERSON if done.waits else DONE


def _paper(choice: argparse.Namespace) -> int:
    from teach.typed import hand_in

    done = hand_in(choice.typed, choice.out, data.load())
    for problem in done.problems:
        print(problem, file=sys.stderr)
    sentences = [f"Hand-ins written to {choice.out}: {len(done.written)}."]
    if done.there:
        sentences.append(f"There already, the same: {len(done.there)}.")
    if left := sorted(filter(None, done.left)):
        sentences.append(f"Left out until that is mended: {', '.join(left)}.")
    print(" ".join(sentences))
    if not done.problems:
        return DONE
    return NEEDS_A_PERSON if done.written or done.there else FAILED


def _lms(choice: argparse.Namespace) -> int:
    from teach.lms import fill

    paths = (choice.export, choice.marks, choice.learners, choice.out)
    options = {"platform": choice.platform, "column": choice.column, "by": choice.id}
    filled = fill(*paths, **options, scale=choice.scale, replace=choice.replace)
    print(filled)
    return NEEDS_A_PERSON if filled.needs_a_person or filled.waits else DONE


def _learners(choice: argparse.Namespace) -> int:
    from teach.lms.learners import list_learners

    listed = list_learners(choice.submissions, choice.roster, choice.out, choice.platform)
    print(listed)
    return NEEDS_A_PERSON if listed.missing or listed.problems else DONE


def _return(choice: argparse.Namespace) -> int:
    from teach.lms.returns import comment, give_back

    if bool(choice.submissions) == bool(choice.worksheet):
        raise KitError(
            "Name the download with --submissions, to give the pages back, or Moodle's worksheet "
            "with --worksheet, to write comments into it."
        )
    if choice.submissions:
        done = give_back(choice.marks, choice.submissions, choice.out, choice.platform)
    elif choice.learners:
        paths = (choice.marks, choice.worksheet, choice.learners, choice.out)
        done = comment(*paths, choice.column)
    else:
        raise KitError("Name your own table of codes with --learners.")
    print(done)
    return NEEDS_A_PERSON if done.needs_a_person else DONE


def _autograder(choice: argparse.Namespace) -> int:
    from teach.gradescope import build

    print(build(choice.out))
    return DONE


def _report(choice: argparse.Namespace) -> int:
    from kit.measures.suppression import hide_small
    from teach.files import writing
    from teach.workers import cluster, processes

    if bool(choice.marks) == choice.invented:
        raise KitError(
            "Name the folder that teach grade wrote, or --invented for an invented one, not both."
        )
    if choice.invented and choice.codes:
        raise KitError("An invented class has no codes to show; leave out --invented or --codes.")
    if not find_spec("jinja2"):
        raise KitError("A report needs the package jinja2, which is not here: pip install jinja2.")
    hide_small([], choice.fewest)  # a number that is too small, or a folder that is not there, is
    with writing(choice.out):  # told before the work
        Path(choice.out).parent.stat()
    with processes("teach.report.build", HELPERS) as helpers:  # it takes a second; so does it here
        from teach.report import build

        case = data.load()
        if choice.invented:
            answers = build.invented_class(case)
        elif choice.cluster:
            with cluster(choice.cluster) as workers:
                answers = build.class_of(choice.marks, case, workers.share)
        else:
            answers = build.class_of(choice.marks, case, helpers.share)
        is_small = answers.learners < choice.fewest
        own = choice.codes and build.for_own_eyes(choice.marks, case, is_small, helpers.share)
        build.write(answers, choice.out, choice.fewest, choice.invented, helpers, own or ())
    print(f"{choice.out} is written; open it in a browser, or print it.")
    if own:
        print(build.WARNING, file=sys.stderr)
    elif is_small:
        print(build.SMALL, file=sys.stderr)
    return DONE


def _regrade(choice: argparse.Namespace) -> int:
    from teach.grading.regrade import regrade, write

    done = regrade(choice.marks, data.load(), data.load(key_path=choice.what_if))
    print(*done.sentences(), sep="\n")
    if choice.out:
        write(done.changes, choice.out)
        print(f"{choice.out} holds each change.")
    return DONE


class Command(NamedTuple):
    """A command: its function, what its help says, and its arguments as argparse adds them.

    stopped: what is said after Ctrl+C.
    """

    run: Callable[[argparse.Namespace], int]
    help: str
    description: str
    example: str
    arguments: dict[str, dict]
    stopped: str = "Stopped."


COMMANDS = {
    "check-data": Command(
        _check_data,
        "check a case folder against its datapackage.json",
        "Check every table, text, quotation, exercise and answer of a case folder.",
        """\
example:
  python -m teach check-data                the course's own data
  python -m teach check-data ../my_case     another case folder

exit codes:
  0  nothing is wrong
  1  something is wrong with the data; one sentence says what, where and what to do
  2  the command was not understood
""",
        {"path": {"nargs": "?", "help": "a case folder (default: the course's own data)"}},
    ),
    "case-from": Command(
        _case_from,
        "make a case folder from an author's draft",
        "Write the folder of a case: its tables, texts, exercises, key and README, all checked.",
        """\
example:
  python -m teach case-from my_case.jsonl my_case/

my_case.jsonl is the draft that the workshop keeps. The exercises that the tables decide are made by
rule. A case of the same name that lies there already is kept as my_case-before-1; a folder with
anything else in it is left as it is.

exit codes:
  0  written, and nothing is open
  1  something is wrong with the draft and nothing was written; one sentence says what
  2  the command was not understood
  3  written, but something is open, such as a half-filled row; it is listed
""",
        {
            "draft": {"metavar": "DRAFT.jsonl", "help": "the draft, as the workshop keeps it"},
            "folder": {"metavar": "FOLDER", "help": "where to write the case"},
        },
    ),
    "grade": Command(
        _grade,
        "mark hand-ins: marks, feedback, and what needs a person",
        "Mark hand-ins as data, from folders, zips and the platforms' downloads.",
        """\
example:
  python -m teach grade submissions.zip --out marks/
  python -m teach grade folder/ late/handin-blue-tiger-7.json --out marks/ --codes learners.csv

  python -m teach grade submissions.zip --out marks/ --notebooks 1,3,4
  python -m teach grade submissions.zip --out marks/ --due 2026-03-10T18:00 --late 10 --grace 60

Give what the platform gave you: folders, zips, files. Nothing in them is run. The folder marks/
then holds marks.csv, feedback/<code>.html and needs_a_person.csv. Run it again when more came in:
a run adds, and learners who are not in its input keep their marks ("not in this run" in marks.csv).

One code in two folders, or behind two names, is two learners' until you put the files into one
folder or name the later file itself, as above. Places are shown without names: "no. 3 by name".

Your own decisions go into marks/decisions.csv (code, exercise, decision, reason); decision is
points, excused, or extra and points. Exercise may also be “all”, or “late” with a number of days.

--notebooks, --due, --late and --grace are kept in marks/settings.json and hold for every later run
until you give them again (--notebooks all, --late 0). A day late costs per cent of all points to be
had, each day begun as a whole one, by the platform's time.

exit codes:
  0  all is marked, and nothing waits
  1  something went wrong and nothing was changed; one sentence says what
  2  the command was not understood
  3  marked, but something waits: written answers without a level, markers who differ, people on
     your roster without a hand-in, or what is listed in needs_a_person.csv
""",
        {
            "paths": {"nargs": "+", "metavar": "IN", "help": "a folder, a zip or a file"},
            "--out": {"required": True, "metavar": "FOLDER", "help": "where to write the marks"},
            "--codes": {"metavar": "FILE", "help": "your own table of learners, to find codes"},
            "--solutions": {"action": "store_true", "help": "show the key in the feedback"},
            "--notebooks": {"metavar": "LIST", "help": "only those you taught, such as 1,3,4"},
            "--due": {"metavar": "TIME", "help": "when it was due, such as 2026-03-10T18:00"},
            "--late": {"metavar": "PER_CENT", "help": "what each day late costs"},
            "--grace": {"metavar": "MINUTES", "help": "how long after that nothing is late"},
            "--only-these": {
                "action": "store_true",
                "help": "take out who is not in IN; a copy is put into marks/taken_out_1",
            },
            "--cluster": {"metavar": "ADDRESS", "help": "let a Dask scheduler's workers help"},
        },
        "Stopped; the marks are as they were. Run the same command again to go on from here.",
    ),
    "paper": Command(
        _paper,
        "make hand-ins of answers that were typed in from paper",
        "Turn answers typed in from the sheets on paper into hand-ins, one for each code.",
        """\
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
""",
        {
            "typed": {"metavar": "TYPED.csv", "help": "the table with the typed answers"},
            "--out": {"required": True, "metavar": "FOLDER", "help": "where to write hand-ins"},
        },
    ),
    "lms": Command(
        _lms,
        "fill the gradebook that your platform exported with the marks",
        "Write the marks into a copy of the platform's export; nothing else changes.",
        """\
example:
  python -m teach lms Gradebook.csv --marks marks/marks.csv --learners learners.csv --out filled.csv
  python -m teach lms --marks marks/marks.csv --out points.csv    any other platform: code,points

EXPORT.csv comes from Canvas, Moodle (worksheet or gradebook), Gradescope, Brightspace, Blackboard,
Schoology, Sakai, Google Classroom or Teams, or is a table of yours with "code" and "points".
learners.csv is a table of your own: a column "code", and one or more columns with the head and
the values they have in the export (an id, a login, an e-mail address, or the name).

A mark above the maximum is refused. A mark that somebody changed on the platform is kept and
named, unless you add --replace; marks.platform.csv, beside marks.csv, remembers which are ours.

exit codes:
  0  filled
  1  something went wrong and nothing was written; one sentence says what
  2  the command was not understood
  3  filled, but something needs a person: what is listed, marks that the platform takes only
     by hand, or a maximum that is not the course's
""",
        {
            "export": {
                "nargs": "?",
                "metavar": "EXPORT.csv",
                "help": "the file the platform exported (default: write a table code,points)",
            },
            "--marks": {
                "required": True,
                "metavar": "FILE",
                "help": "marks.csv, as teach grade wrote",
            },
            "--learners": {"metavar": "FILE", "help": "your own table of codes"},
            "--out": {"required": True, "metavar": "FILE", "help": "the filled file to write"},
            "--platform": {"choices": PLATFORMS, "help": "(default: told by the file)"},
            "--column": {"metavar": "HEAD", "help": "the column to fill, if there are several"},
            "--id": {"metavar": "HEAD", "help": "go by this column only to find a learner"},
            "--scale": {"action": "store_true", "help": "make full marks the file's maximum"},
            "--replace": {"action": "store_true", "help": "write over marks changed there"},
        },
    ),
    "learners": Command(
        _learners,
        "make the table of learners from the platform's download",
        "Write which code is whose, and say who has not handed in.",
        """\
example:
  python -m teach learners submissions.zip --roster Gradebook.csv --out learners.csv

submissions.zip is the platform's download of all hand-ins, as it came: the names of its folders or
files tell whose each is. Gradebook.csv is the gradebook or worksheet that it exports. learners.csv
then has the codes, beside the columns by which the platform knows a learner. If it is there
already, it is added to; nothing that stands in it is changed.

Where a group handed in together, its code stands in the row of each: you may write it there.

exit codes:
  0  written, and everybody has handed in
  1  something went wrong and nothing was written; one sentence says what
  2  the command was not understood
  3  written, but somebody has not handed in, or something needs a person; it is listed
""",
        {
            "submissions": {"metavar": "DOWNLOAD", "help": "the platform's zip, or its folder"},
            "--roster": {
                "required": True,
                "metavar": "EXPORT.csv",
                "help": "the gradebook or worksheet that the platform exported",
            },
            "--out": {"required": True, "metavar": "FILE", "help": "the table to write or add to"},
            "--platform": {"choices": PLATFORMS, "help": "of the export (default: told by it)"},
        },
    ),
    "return": Command(
        _return,
        "write the zip of feedback that the platform takes back",
        "Put each page of feedback where Canvas, Moodle or Brightspace looks for its learner's.",
        """\
example:
  python -m teach return marks/ --submissions submissions.zip --out feedback.zip
  python -m teach return marks/ --worksheet filled.csv --learners learners.csv --out comments.csv

submissions.zip is the download that teach grade marked. A page goes to the learner whose file in
it is the very hand-in that was marked; who is listed in needs_a_person.csv gets none yet.

With --worksheet, Moodle's grading worksheet (also one that teach lms filled) gets a line for each
learner in its column “Feedback comments”; what stands there stays.

exit codes:
  0  all is written, and every mark is final
  1  something went wrong and nothing was written; one sentence says what
  2  the command was not understood
  3  written, but somebody gets nothing yet, or a written answer waits; it is listed
""",
        {
            "marks": {"metavar": "FOLDER", "help": "the folder of teach grade"},
            "--submissions": {"metavar": "DOWNLOAD", "help": "the platform's zip of hand-ins"},
            "--worksheet": {"metavar": "FILE", "help": "Moodle's worksheet, for comments in it"},
            "--learners": {"metavar": "FILE", "help": "your own table of codes, for the comments"},
            "--out": {"required": True, "metavar": "FILE", "help": "the zip or table to write"},
            "--platform": {"choices": RETURNS, "help": "(default: told by the download)"},
            "--column": {"metavar": "HEAD", "help": "the worksheet's column of comments"},
        },
    ),
    "autograder": Command(
        _autograder,
        "write an autograder to upload to Gradescope",
        "Write the zip that marks hand-ins on Gradescope; it needs no packages there.",
        """\
example:
  python -m teach autograder --out autograder.zip

exit codes:
  0  written
  1  not written; one sentence says why
  2  the command was not understood
""",
        {"--out": {"required": True, "metavar": "FILE.zip", "help": "the zip to write"}},
    ),
    "report": Command(
        _report,
        "write the class report",
        "Write what a class learned, and how sure one may be, as one page that exposes nobody.",
        """\
example:
  python -m teach report marks/ --out report.html
  python -m teach report --invented --out example.html    an invented class, to see what is in it
  python -m teach report marks/ --codes --out mine.html   for your own eyes; writes marks/alike.csv

The page exposes nobody. With --codes it also shows points by code, and hand-ins that are alike (the
same long text, the same rare wrong answers), for a conversation and never as a verdict. Of fewer
than ten learners it then shows these alone, with everybody's points and wrong answers.

exit codes:
  0  written
  1  not written; one sentence says why
  2  the command was not understood
""",
        {
            "marks": {"nargs": "?", "metavar": "FOLDER", "help": "the folder of teach grade"},
            "--invented": {"action": "store_true", "help": "take an invented class instead"},
            "--out": {"required": True, "metavar": "FILE.html", "help": "the page to write"},
            "--fewest": {"type": int, "default": 10, "metavar": "K", "help": "hide fewer learners"},
            "--cluster": {"metavar": "ADDRESS", "help": "let a Dask scheduler's workers help"},
            "--codes": {
                "action": "store_true",
                "help": "for your own eyes: codes, points, who is alike",
            },
        },
        "Stopped; no report was written.",
    ),
    "regrade": Command(
        _regrade,
        "say what another key would change in the marks",
        "Grade the hand-ins that count with another key, and say whose points would change.",
        """\
example:
  python -m teach regrade --what-if my_key/ marks/
  python -m teach regrade --what-if my_key/ marks/ --out changes.csv

my_key/ is a changed copy of the folder kit/key. No mark and no page is changed. Points that you
decided are left as they are. The codes in what it says are for your own eyes.

exit codes:
  0  said
  1  nothing could be said; one sentence says why
  2  the command was not understood
""",
        {
            "marks": {"metavar": "FOLDER", "help": "the folder of teach grade"},
            "--what-if": {"required": True, "metavar": "KEY", "help": "the folder of another key"},
            "--out": {"metavar": "FILE.csv", "help": "write the changes into a table as well"},
        },
    ),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; each command's help says what they mean."""
    choice = _parser().parse_args(arguments)
    command = COMMANDS[choice.command]
    try:
        return command.run(choice)
    except KitError as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print(f"\n{command.stopped}", file=sys.stderr)
    return FAILED


def _parser() -> argparse.ArgumentParser:
    shape = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m teach",
        description="Asked to Join? Commands for whoever teaches with the kit or changes it.",
        epilog=EXAMPLE,
        formatter_class=shape,
    )
    commands = parser.add_subparsers(title="commands", required=True, dest="command")
    for name, command in COMMANDS.items():
        subparser = commands.add_parser(
            name,
            help=command.help,
            description=command.description,
            epilog=command.example,
            formatter_class=shape,
        )
        for argument, options in command.arguments.items():
            subparser.add_argument(argument, **options)
    return parser
