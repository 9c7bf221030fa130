"""How many learners gave which answer: common mistakes, divided questions, witnesses counted.

Every panel that counts answers takes them from `questions`: what one of them hides, none shows.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kit import data, exercises, measures
from kit.exercises import Exercise
from kit.measures.suppression import safe_counts
from kit.words import plural
from teach import charts
from teach.charts.repeats import NOBODY
from teach.report.gather import ClassAnswers
from teach.report.page import Finding, panel

LONGEST = 90  # characters of a row's or an option's text: enough to know it again
MOST_BARS = 10
MOST_NAMED = 3  # splits, or other counts of witnesses


class Question(NamedTuple):
    """One place to answer in: a cell of a matrix, a box to tick, or a whole exercise.

    row, column: ids, None where there is none. counts: {answer: learners who gave it}, only of
    answers whose number may be shown; with the number of learners they tell of no fewer than k,
    by subtraction either.
    """

    exercise: Exercise
    row: str | None
    column: str | None
    counts: dict[Any, int]

    def name(self, answer: Any) -> str:
        """Say the exercise, the place in it and an answer in words."""
        parts = self.exercise.rows, self.exercise.columns, self.exercise.options
        words = [{each.id: _cut(each.text) for each in part} for part in parts]
        place = [words[n][id] for n, id in enumerate((self.row, self.column)) if id in words[n]]
        title = " · ".join([self.exercise.title, *place])
        return f"{title}: {words[2].get(answer, answer)}"

    def place(self) -> str:
        """Return the place in the exercise, short: ids of rows, columns in words."""
        columns = {column.id: column.text for column in self.exercise.columns}
        column = columns[self.column or ""] if len(columns) > 1 else ""
        return f"{self.row or ''} {column}".replace("_", " ").strip()

    def right(self, key: exercises.Answer | None) -> list:
        """Return the answers that the exercise's key gives or accepts; [] without a key."""
        right, also = (key.value, key.accept) if key else ((), ())
        for place in (self.row, self.column):
            right = right.get(place) if isinstance(right, dict) else right
            also = also.get(place, ()) if isinstance(also, dict) else also
        return [*(right if isinstance(right, list | tuple) else [right]), *also]


def questions(answers: ClassAnswers, k: int) -> Iterator[Question]:
    """Yield the Questions of a class; each box to tick is one, as a learner may tick many."""
    known = exercises.load(answers.case)
    for id, given in answers.single.items():
        boxes = [{answer: number} for answer, number in given.items()]
        for counts in boxes if known[id].kind == "several" else [given]:
            yield Question(known[id], None, None, safe_counts(counts, answers.learners, k))
    for id, cells in answers.cells.items():
        if known[id].kind == "matrix":
            yield from _of_matrix(known[id], cells, answers.learners, k)


def _of_matrix(exercise, cells, learners, k):
    options = [option.id for option in exercise.options]
    for n, row in enumerate(exercise.rows):
        for m, column in enumerate(exercise.columns):
            places, numbers = np.unique(cells[:, n, m], return_counts=True)
            given = {options[p]: int(c) for p, c in zip(places, numbers, strict=True) if p >= 0}
            yield Question(exercise, row.id, column.id, safe_counts(given, learners, k))


def _cut(text):
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


# Which wrong answers were common, and the reason to teach next


@panel
def mistakes(answers: ClassAnswers, k: int) -> Finding | str:
    """Wrong answers that at least k learners gave."""
    rows = sorted(_common(answers, k), key=lambda row: -row["learners"])[:MOST_BARS]
    if not rows:
        none = f"No wrong answer was given by {k} learners or more that could be shown."
        return " ".join([none, *_same(answers, k)])
    table, first = pd.DataFrame(rows), rows[0]
    share = 100 * first["learners"] / answers.learners
    return Finding(
        [f"Teach next: {first['name']} ({share:.0f} %). {first['reason']}", *_same(answers, k)],
        charts.mistakes,
        table,
        table.rename(columns={"name": "answer", "of": "of all"}),
    )


def _same(answers, k):
    """A sentence for each exercise in which many gave the same answer everywhere; no fault."""
    known = exercises.load(answers.case)
    for id, number in answers.same.items():
        if safe_counts({True: number}, answers.learners, k):
            yield (
                f"In “{known[id].title}” {number} gave the same answer, or the same sentence, at "
                "all places. It costs no points; ask them how they went about it."
            )


def _common(answers, k):
    """A row for each wrong answer that may be shown."""
    checker = exercises.Checker(answers.case)
    for asked in questions(answers, k):
        key = asked.exercise.wrong and checker.key(asked.exercise.id)
        for answer, reason in _reasons(asked, key).items() if key else ():
            if answer in asked.counts:
                counted = {"learners": asked.counts[answer], "of": answers.learners}
                yield {"name": asked.name(answer), **counted, "reason": reason}


def _reasons(asked, key):
    """{wrong answer: its reason} of a question.

    A reason may be listed for a whole row; where the key gives or accepts the answer, it is right.
    """
    place = {"row": asked.row, "column": asked.column}
    return {
        entry["answer"]: entry["reason"]
        for entry in asked.exercise.wrong
        if all(entry.get(part) in (None, id) for part, id in place.items())
        and entry["answer"] not in asked.right(key)
    }


# To which questions the key accepts more than one answer


@panel
def differing(answers: ClassAnswers, k: int) -> Finding | str:
    """How the class split where the key accepts more than one answer."""
    open_ = list(_open(answers, k))
    if not open_:
        return "This course has no key that accepts more than one answer to a question."
    if not any(asked.counts.keys() & set(right) for asked, right in open_):
        return "Too few learners answered the questions with more than one right answer to show it."
    rows = [row for asked, right in open_ for row in _right(asked, right, answers.learners)]
    return Finding(
        [_named([asked for asked, _ in open_]), _divided(open_, answers.learners)],
        table=pd.DataFrame(rows),
    )


def _open(answers, k):
    """Yield (Question, [the key's answer, the others that it accepts])."""
    checker = exercises.Checker(answers.case)
    for asked in questions(answers, k):
        if asked.exercise.kind in ("choice", "matrix"):
            options = {option.id for option in asked.exercise.options}
            right = asked.right(checker.key(asked.exercise.id))
            right = [answer for answer in dict.fromkeys(right) if answer in options]
            if len(right) > 1:
                yield asked, right


def _named(open_):
    places = {}
    for asked in open_:
        places.setdefault(asked.exercise.title, []).append(asked.place())
    named = (f"“{title}” {', '.join(filter(None, p))}".strip() for title, p in places.items())
    many = plural(len(open_), "question")
    return f"In {many} a good argument for either answer deserves marks: {'; '.join(named)}."


def _divided(open_, learners):
    """How the class split in the places where it split most, of those that may be told."""
    splits = [
        (min(given), asked, right)
        for asked, right in open_
        if len(given := [asked.counts[answer] for answer in right if answer in asked.counts]) > 1
    ]
    if not splits:
        return (
            "How the class split between them can be told for none of these questions: a number "
            "would stand for too few learners."
        )
    splits.sort(key=lambda split: -split[0])
    return f"Most divided: {'; '.join(_split(*s[1:], learners) for s in splits[:MOST_NAMED])}."


def _split(asked, right, learners):
    words = {option.id: option.text for option in asked.exercise.options}
    counts = [f"{asked.counts[a]} “{words[a]}”" for a in right if a in asked.counts]
    place = " ".join([f"“{asked.exercise.title}”", asked.place()]).strip()
    return f"{place} ({', '.join(counts)}, of {learners} who handed in)"


def _right(asked, right, learners):
    """A row of the table for each answer that is right."""
    for answer in right:
        count = asked.counts.get(answer, pd.NA)
        yield {
            "answer": asked.name(answer),
            "in the key": "given" if answer == right[0] else "accepted",
            "learners": count,
            "share, %": pd.NA if count is pd.NA else round(100 * count / learners),
        }


# On how many people's word the course's tellings rest, and what the class counted


@panel
def repeats(answers: ClassAnswers, k: int) -> Finding | str:
    """The tellings that a “witnesses” key counts; the graph is of the record, not of the class."""
    id, records = _counted(answers.case)
    if not id:
        return "This course does not ask on whose word tellings rest."
    if sum(answers.single[id].values()) < k:
        return f"Fewer than {k} learners counted the witnesses, so nothing is shown of them."
    rows = {row["record_id"]: row for row in answers.case.rows("record")}
    tellings = pd.DataFrame([rows[record] for record in records])
    tellings = tellings.sort_values("told_date", kind="stable")
    [counts] = [q.counts for q in questions(answers, k) if q.exercise.id == id]
    people = measures.distinct_witnesses(tellings["witness"])
    return Finding(
        [*_of_record(tellings["witness"], people), *_of_class(counts, people, answers.learners, k)],
        charts.repeats,
        tellings,
        _tellings(tellings),
    )


def _counted(case):
    """The id of the first exercise that has witnesses counted, and the records it is about."""
    known = exercises.load(case)
    for id, entry in case.key.answers.items() if case.key else ():
        if id in known and known[id].kind == "number" and entry.get("computed") == "witnesses":
            return id, entry["records"]
    return None, ()


def _of_record(accounts, people):
    """How many witnesses the tellings in the course's record have."""
    number, weight = len(accounts), measures.effective_witnesses(accounts)
    names = plural(people, "person", "people")
    yield f"In the course's record these {number} tellings rest on the word of {names}."
    if people < number:
        yield (
            f"They weigh as much as {weight:.1f} independent ones: who tells a story again adds no "
            "witness, and the tellings of one person can share a mistake."
        )
    else:
        yield "Nobody repeats anybody, so they weigh as much as so many independent ones."


def _of_class(counts, people, learners, k):
    """How the class counted them, as far as it may be told."""
    others = sorted((-n, count) for count, n in counts.items() if count != people)[:MOST_NAMED]
    if people not in counts:
        yield (
            f"How many of the class counted {people}, as the key does, is hidden: it or the rest "
            f"would tell of fewer than {k} learners."
        )
    else:
        share = 100 * counts[people] / learners
        yield f"Of the class, {share:.0f} % counted {people}, as the key does."
    each = ", ".join(f"{count:g} ({-100 * n / learners:.0f} %)" for n, count in others)
    if each:
        yield f"The commonest other counts that may be shown: {each}."
    else:
        yield "No other count was given by enough learners to be shown."


def _tellings(rows):
    """The table under the picture."""
    return pd.DataFrame(
        {
            "record": rows["record_id"],
            "who": rows["who"],
            "told": [str(data.span(told)) for told in rows["told_date"]],
            "witness": rows["witness"].where(rows["witness"] != "", NOBODY),
        }
    ).reset_index(drop=True)
