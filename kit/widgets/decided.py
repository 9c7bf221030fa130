"""What a learner decided, first and again, and what the class decided beside it, in the journal.

| id                     | holds                                                            |
|------------------------|------------------------------------------------------------------|
| `together/ratings/1`   | the first judgement of an exercise, `/2` the second; handed in   |
| `wall/token`           | the token of the learner's lines; it stays here                  |
| `wall/class/ratings`   | the class's line that was pasted                                 |
| `wall/lines`           | the learners' lines that were pasted on this wall, without names |
| `wall/given/ratings`   | the lines that this wall gave to the class                       |
"""

from typing import Any

from kit import data, exercises
from kit.data import Case
from kit.exercises import Exercise
from kit.journal import current
from kit.submission import class_line, short_line
from kit.submission.class_line import ClassLine
from kit.submission.short_line import Judgement
from kit.widgets.handin import ORDER


def judged(exercise: Exercise, number: int) -> dict[str, dict[str, Any]]:
    """Return the judgement with this number (1 first, 2 second), {} if there is none."""
    kept = current().answer(f"together/{exercise.id}/{number}")
    return kept if isinstance(kept, dict) else {}


def decide(exercise: Exercise) -> int:
    """Keep what is answered now as a judgement and return its number; 0 if nothing counts yet.

    There are two at most: a later one is kept nowhere, and the number is 2. JournalError if it
    cannot be kept.
    """
    now = short_line.decided(exercise, current().answer(exercise.id))
    before = [judged(exercise, number) for number in short_line.TWICE]
    given = sum(map(bool, before))
    if now and now not in before and given < len(before):
        current().write(f"together/{exercise.id}/{given + 1}", now)
        return given + 1
    return given


def line_of(exercise: Exercise, case: Case) -> str:
    """Return the learner's line with the newest judgement; "" before there is one."""
    number = max((n for n in short_line.TWICE if judged(exercise, n)), default=0)
    if not number:
        return ""
    order = current().answer(ORDER)
    first = order[0] if data.is_order(order, case.texts) else ""
    token = current().answer("wall/token")
    if not token:
        token = short_line.new_token()
        current().write("wall/token", token)
    answer = judged(exercise, number)
    return short_line.as_line(Judgement(exercise.id, token, number, answer, first), case)


def class_of(exercise: Exercise, case: Case) -> ClassLine | None:
    """Return the pasted line of the class, only of what this learner decided; None without one."""
    kept = current().answer(f"wall/class/{exercise.id}")
    found = class_line.class_lines_in(kept if isinstance(kept, str) else "", case)
    lines = [each for each in found if isinstance(each, ClassLine)]
    if not lines or lines[-1].exercise != exercise.id:
        return None
    own = judged(exercise, 1)
    cells = {p: cell for p, cell in lines[-1].cells.items() if p[1] in own.get(p[0], {})}
    return lines[-1]._replace(cells=cells)


def own_of(exercise: Exercise, told: ClassLine | None) -> dict[str, dict[str, Any]]:
    """Return the learner's judgement of the same number as the class's, or the newest before."""
    numbers = range(told.number if told else short_line.TWICE[-1], 0, -1)
    return next(filter(None, (judged(exercise, n) for n in numbers)), {})


def table_of(
    exercise: Exercise,
    case: Case,
    told: ClassLine | None,
    own: dict[str, dict[str, Any]],
    editors: dict[tuple, Any],
    whose: str,
) -> Any:
    """Return what is told as a DataFrame: of options for `kit.charts.stances`, else for `spread`.

    own: there is a row for each place in it; without one, for each place. editors: {place: value}.
    """
    from pandas import DataFrame

    cells = told.cells if told else {}
    rows = []
    for row, column in exercise.places:
        mine, cell = own.get(row, {}).get(column), cells.get((row, column))
        both = {"mine": mine, "editors": editors.get((row, column))}
        if exercise.options:
            place = {"proposition_id": row, "text_id": column}
            most = {"stance": cell and cell[0], "share": _share(cell, told)}
            rows += [place | most | both] if row in own or not own else []
        elif mine is not None or not own:
            rows.append({"text_id": row, **_on_scale(exercise, column), **_half(cell), **both})
    frame = DataFrame(rows, dtype=object)
    if exercise.options and not frame.empty:
        frame = frame.merge(case.propositions, how="left")
    elif frame.empty:
        frame = DataFrame(
            columns=["text_id", "criterion", "scale", *_half(None), "mine", "editors"]
        )
    frame.attrs["kit:whose"] = whose
    return frame


def _on_scale(exercise, id):
    column = next(each for each in exercise.columns if each.id == id)
    steps = class_line.steps_of(column)
    numbers = all(isinstance(step, int) for step in steps) and steps[0] < steps[-1]
    scale = f"{steps[0]} to {steps[-1]}" if numbers else " · ".join(map(str, steps))
    return {"criterion": column.text.partition(" (")[0], "scale": scale}


def _half(cell):
    return dict(zip(("low", "middle", "high"), cell or (None, None, None), strict=True))


def _share(cell, told):
    """The share of the class in words.

    >>> _share(class_line.Most("denies", 15, True), ClassLine("stances", 1, 25, {}))
    'over 60 %'
    """
    if not cell:
        return None
    if not cell.learners:
        return "most"
    share = f"{100 * cell.learners / told.learners:.0f} %"
    return f"over {share}" if cell.or_more else share


def editors_of(exercise: Exercise, case: Case) -> dict[tuple, Any]:
    """Return the editors' values by place, {} without a key or where they gave none."""
    if case.key is None:
        return {}
    if exercise.kind != "rating":
        answer = exercises.answer_of(exercise, case)
        value = answer.value if answer else {}
        return {(row, column): value.get(row, {}).get(column) for row, column in exercise.places}
    sheets = {row["text_id"]: row for row in case.key.rows("ratings")}
    return {
        (row, column): sheets.get(row, {}).get(table_column(column)) or None
        for row, column in exercise.places
    }


def table_column(id: str) -> str:
    """The name that a column of the rating has in tables of ratings, as in the key.

    >>> table_column("source"), table_column("dating")
    ('admiralty_source', 'dating_score')
    """
    return f"admiralty_{id}" if id in exercises.AXES else f"{id}_score"
