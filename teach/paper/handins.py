"""From typed rows to hand-ins: a journal for each code, packed as a notebook packs it.

A hand-in made so says it: in what the kit notes down stands `handin/typed`, "from paper". It has
no order of the texts, because nobody knows in which one they were read. Its times are those of
this moment, when the answers were taken in.
"""

import tempfile
from pathlib import Path
from typing import NamedTuple

from teach.paper.fields import fields
from teach.paper.grids import NO_CHART
from teach.paper.typed import PaperError, rows

from kit import submission
from kit.errors import KitError, cause
from kit.journal import Journal
from kit.journal.lines import checked

NOTED = {"handin/typed": "from paper"}
SHOWN = 60  # characters of an answer in a sentence about it


class Typed(NamedTuple):
    """What came of a file: lists of codes, and a sentence for each thing to look at.

    written: new hand-ins; there: the same hand-in lay there already; left: none until a row is
    mended, or the file that lies there is moved.
    """

    written: list
    there: list
    left: list
    problems: list


class _Learner:
    """One code as first typed, its answers by id of the journal, and the row of each field."""

    def __init__(self, code):
        self.code, self.answers, self.typed, self.is_good = code, {}, {}, True


def hand_in(path, out, case):
    """Write `handin-<code>.json` into the folder `out` for each code in a typed file.

    path: the file, with the columns code, field and answer; case: a Case. A code with a row that
    cannot be read gets no file, and no file is overwritten: both are among the problems. Returns
    Typed; raises PaperError if the file or the folder can't be used.
    """
    found, problems = _learners(rows(path), fields(case))
    if not found and not problems:
        raise PaperError(f"{Path(path).name} holds no answer yet; fill in code and answer.")
    out, done = Path(out), Typed([], [], [], problems)
    try:
        out.mkdir(parents=True, exist_ok=True)
        lying = {each.name.casefold(): each for each in out.glob("handin-*.json")}
        for learner in found:
            file = lying.get(f"handin-{learner.code}.json".casefold())
            if not learner.is_good or not _put(learner, out, file, case, done):
                done.left.append(learner.code)
    except OSError as error:
        why, remedy = cause(error)
        raise PaperError(f"{out} cannot be written because {why}; {remedy}.") from None
    return done


def _learners(typed, known):
    """Return the learners, in the order of the file, and a sentence for each row that is bad."""
    found, problems = {}, []
    by_name = {id.casefold(): field for id, field in known.items()}
    for row in typed:
        learner = found.setdefault(row.code.casefold(), _Learner(row.code))
        try:
            _take(row, by_name, learner)
        except (ValueError, KitError) as error:
            learner.is_good = False
            problems.append(f"{row.where}: {_short(str(error), row.answer)}")
    return list(found.values()), problems


def _short(sentence, answer):
    """A sentence in one line, with no more of a long answer in it than shows which one is meant."""
    if len(answer) > SHOWN:
        sentence = sentence.replace(answer, f"{answer[:SHOWN]}…")
    return " ".join(sentence.split())


def _take(row, by_name, learner):
    """Let a row's answer go into a learner's answers; raise ValueError or KitError."""
    if row.fault:
        raise ValueError(f"{row.fault}.")
    if not row.code:
        raise ValueError("There is an answer and no code; type the code from the sheet.")
    submission.checked(row.code)
    field = by_name.get(row.field.casefold())
    if field is None:
        raise ValueError(f"There is no field “{row.field}”; take it from the sheet.")
    before = learner.typed.setdefault(field.id, row)
    if before.answer != row.answer:
        line = before.where.rpartition(" ")[2]
        raise ValueError(f"Line {line} has another answer of this code to {field.id}; leave one.")
    if before is row:
        for id, value in field.read(row.answer).items():
            learner.answers[id] = _joined(learner.answers.get(id), checked(id, value).value)


def _joined(before, value):
    """Return a value with what other fields gave of it: rows of a table, parts of a chart."""
    if before is None:
        return value
    if isinstance(value, list):
        return before + value
    if before["lines"] and value["lines"]:
        raise ValueError("The chart's line is typed twice, as one that jumps and one that slopes.")
    return before | {part: each for part, each in value.items() if each != NO_CHART[part]}


def _put(learner, out, lying, case, done):
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


def _same(one, other):
    try:
        return submission.load(one)["answers"] == submission.load(other)["answers"]
    except submission.SubmissionError:
        return False
