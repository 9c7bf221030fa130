"""Answers given on paper, typed in by code: a hand-in for each, packed as a notebook packs it.

`sheets` says what can be typed in and what the letters and numbers there stand for.
`editions.paper` prints the sheets from the same fields and signs.

Any table with the columns code, field and answer will do, as a spreadsheet or an editor saves it.
A hand-in made so says it: in what the kit notes down stands `handin/typed`, "from paper". It has
no order of the texts, because nobody knows in which one they were read. Its times are those of
this moment, when the answers were taken in.
"""

import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from kit import submission
from kit.data import Case
from kit.errors import KitError, cause
from kit.journal import Journal
from kit.journal.lines import checked
from teach.spreadsheet import TableRow, read_table
from teach.typed.sheets import NO_CHART, SheetField, fields

HEADS = ("code", "field", "answer")
NOTED = {"handin/typed": "from paper"}
SHOWN = 60  # characters of an answer in a sentence about it


class PaperError(KitError):
    """Nothing was handed in; the message is one sentence: what, where, what to do."""


class Typed(NamedTuple):
    """What came of a file: codes, and a sentence for each thing to look at.

    written: new hand-ins; there: the same hand-in lay there already; left: none until a row is
    mended, or the file that lies there is moved.
    """

    written: list[str]
    there: list[str]
    left: list[str]
    problems: list[str]


class _TypedLearner:
    """One code as first typed, its answers by id of the journal, and the row of each field."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.answers: dict[str, Any] = {}
        self.typed: dict[str, TableRow] = {}
        self.is_good = True


def hand_in(path: str | Path, out: str | Path, case: Case) -> Typed:
    """Write `handin-<code>.json` into the folder `out` for each code in a typed file.

    path: the file, with the columns code, field and answer. A code with a row that cannot be read
    gets no file, and no file is overwritten: both are among the problems. Raises PaperError if the
    file or the folder can't be used.
    """
    rows = read_table(Path(path), HEADS).rows
    typed = [row for row in rows if row.cells["answer"] or row.fault]
    learners, problems = _learners(typed, fields(case))
    if not learners and not problems:
        raise PaperError(f"{Path(path).name} holds no answer yet; fill in code and answer.")
    out, done = Path(out), Typed([], [], [], problems)
    try:
        out.mkdir(parents=True, exist_ok=True)
        lying = {file.name.casefold(): file for file in out.glob("handin-*.json")}
        for learner in learners:
            file = lying.get(f"handin-{learner.code}.json".casefold())
            if not learner.is_good or not _put(learner, out, file, case, done):
                done.left.append(learner.code)
    except OSError as error:
        why, remedy = cause(error)
        raise PaperError(f"{out} cannot be written because {why}; {remedy}.") from None
    return done


def _learners(
    typed: list[TableRow], known: dict[str, SheetField]
) -> tuple[list[_TypedLearner], list[str]]:
    learners: dict[str, _TypedLearner] = {}
    problems = []
    by_name = {id.casefold(): field for id, field in known.items()}
    for row in typed:
        code = row.cells["code"]
        learner = learners.setdefault(code.casefold(), _TypedLearner(code))
        try:
            _take(row, by_name, learner)
        except KitError as error:
            learner.is_good = False
            problems.append(_sentence(str(error), row))
    return list(learners.values()), problems


def _sentence(problem: str, row: TableRow) -> str:
    """A problem in one line, with no more of a long answer in it than shows which one is meant."""
    if len(answer := row.cells["answer"]) > SHOWN:
        problem = problem.replace(answer, f"{answer[:SHOWN]}…")
    return " ".join(f"{row.where}: {problem.removeprefix(f'{row.where}: ')}".split())


def _take(row: TableRow, by_name: dict[str, SheetField], learner: _TypedLearner) -> None:
    if not (learner.code or row.fault):
        raise PaperError("There is an answer and no code; type the code from the sheet.")
    row.code()
    id, answer = row.cells["field"], row.cells["answer"]
    field = by_name.get(id.casefold())
    if field is None:
        raise PaperError(f"There is no field “{id}”; take it from the sheet.")
    before = learner.typed.setdefault(field.id, row)
    if before.cells["answer"] != answer:
        raise PaperError(
            f"Line {before.line} has another answer of this code to {field.id}; leave one."
        )
    if before is row:
        for id, value in field.read(answer).items():
            learner.answers[id] = _joined(learner.answers.get(id), checked(id, value).value)


def _joined(before: Any, value: Any) -> Any:
    """Return a value with what other fields gave of it: rows of a table, parts of a chart."""
    if before is None:
        return value
    if isinstance(value, list):
        return before + value
    if before["lines"] and value["lines"]:
        raise PaperError("The chart's line is typed twice, as one that jumps and one that slopes.")
    return before | {name: part for name, part in value.items() if part != NO_CHART[name]}


def _put(learner: _TypedLearner, out: Path, lying: Path | None, case: Case, done: Typed) -> bool:
    """Pack the answers of one learner into `out`, unless a file lies there; tell if all is well."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "my_work.jsonl")
        noted = {"handin/code": learner.code} | NOTED
        try:
            journal.merge([checked(*line) for line in (noted | learner.answers).items()])
            receipt = submission.pack(journal, case, learner.code, folder if lying else out)
        except KitError as error:
            done.problems.append(f"{learner.code}: {error}")
            return False
        if lying and not _same(lying, receipt.path):
            done.problems.append(
                f"{lying.name} in {out} holds something else and was left as it is; move it away "
                "to let what is typed take its place, then run the same command again."
            )
            return False
        (done.there if lying else done.written).append(learner.code)
        return True


def _same(one: Path, other: Path) -> bool:
    try:
        return submission.load(one)["answers"] == submission.load(other)["answers"]
    except submission.SubmissionError:
        return False
