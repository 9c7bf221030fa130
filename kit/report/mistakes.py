"""Which wrong answers were common, and the reason to teach next."""

import pandas as pd

from kit import charts, exercises, measures
from kit.report.panel import Panel, empty

MISTAKES = "Which wrong answers were common?"
MOST = 10  # bars
OTHERS = "any other answer, or none"
HOW = (
    "Only wrong answers for which the course has a reason. The share is of all who handed in, also "
    "of those who left the question out."
)


def mistakes(found, k):
    """The Panel on wrong answers that at least k learners gave; found: a Class."""
    rows = sorted(_common(found, k), key=lambda row: -row["learners"])[:MOST]
    if not rows:
        why = f"No wrong answer was given by {k} learners or more that could be shown."
        return empty("mistakes", MISTAKES, why)
    table = pd.DataFrame(rows)
    return Panel(
        "mistakes",
        MISTAKES,
        (_next(rows[0], found.learners),),
        lambda: charts.mistakes(table),
        charts.describe(charts.mistakes, table),
        table.rename(columns={"name": "answer", "of": "of all"}),
        "Common wrong answers, and what to say about them",
        (HOW,),
    )


def _next(row, learners):
    share = 100 * row["learners"] / learners
    return f"Teach next: {row['name']} ({share:.0f} %). {row['reason']}"


def _common(found, k):
    """A row for each wrong answer that may be shown."""
    checker = exercises.Checker(found.case)
    known = checker.exercises
    for id in (id for id in known if known[id].wrong and checker.key(id)):
        for (row, column), wrong in _questions(known[id], checker.key(id)).items():
            counts = _counts(found, known[id], row, column, wrong)
            for answer, number in _shown(counts, found.learners, k, known[id].kind).items():
                name = _name(known[id], row, column, answer)
                told = {"learners": number, "of": found.learners, "reason": wrong[answer]}
                yield {"name": name, **told}


def _questions(exercise, key):
    """{(row, column): {answer: reason}}: each wrong answer at every question it is wrong for.

    A reason may be listed for a whole row; where the key gives or accepts the answer, it is right.
    """
    places = {}
    rows = [row.id for row in exercise.rows] or [None]
    columns = [column.id for column in exercise.columns] or [None]
    for entry in exercise.wrong:
        for row in rows if entry.get("row") is None else [entry["row"]]:
            for column in columns if entry.get("column") is None else [entry["column"]]:
                if not _is_right(key, row, column, entry["answer"]):
                    places.setdefault((row, column), {})[entry["answer"]] = entry["reason"]
    return places


def _is_right(key, row, column, answer):
    """Tell whether the key gives or accepts an answer to a question."""
    right, also = key.value, key.accept
    for place in (row, column):
        right = right.get(place) if isinstance(right, dict) else right
        also = also.get(place, ()) if isinstance(also, dict) else also
    return answer == right or answer in also or (isinstance(right, list) and answer in right)


def _counts(found, exercise, row, column, wrong):
    """{wrong answer to a question: how many learners gave it}."""
    if exercise.id in found.single:
        given = found.single[exercise.id]
        return {answer: given.get(answer, 0) for answer in wrong}
    if exercise.id not in found.cells:
        return {}
    places = [[each.id for each in part] for part in (exercise.rows, exercise.columns)]
    cells = found.cells[exercise.id][:, places[0].index(row), places[1].index(column)]
    options = [option.id for option in exercise.options]
    return {answer: int((cells == options.index(answer)).sum()) for answer in wrong}


def _shown(counts, learners, k, kind):
    """{answer: learners} of those that may be shown: no few, and no few others by subtraction."""
    if kind == "several":  # one learner may tick many: each is a question of its own
        parts = [{answer: number} for answer, number in counts.items()]
    else:
        parts = [counts]
    shown = {}
    for part in parts:
        whole = pd.DataFrame({"n": {**part, OTHERS: learners - sum(part.values())}})
        hidden = measures.hide_small(whole, k)["n"]
        shown |= {answer: int(hidden[answer]) for answer in part if hidden[answer] is not pd.NA}
    return shown


def _name(exercise, row, column, answer):
    """The exercise, the place in it and the answer, in words."""
    parts = exercise.rows, exercise.columns, exercise.options
    words = [{each.id: each.text for each in part} for part in parts]
    place = [words[n][id] for n, id in enumerate((row, column)) if id in words[n]]
    return f"{' · '.join([exercise.title, *place])}: {words[2].get(answer, answer)}"
