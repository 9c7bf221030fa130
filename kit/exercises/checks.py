"""Compares an answer with the key and says why, never what the key is."""

from kit import data
from kit.exercises.answers import answer_of
from kit.exercises.entries import understood
from kit.exercises.made import chart_faults, read_rating, read_written, table_fault
from kit.exercises.model import NOT_ANSWERED, Feedback, load
from kit.exercises.shapes import shape_fault
from kit.exercises.values import AnswerError, as_value

TOO_CAREFUL = "The date is right, but you write that it is unsure. The evidence is sure."
NO_KEY = "Your answer is kept. There is no key here to check it with."


class Checker:
    """Checks any number of answers of one case; what the key answers is worked out once."""

    def __init__(self, case):
        self.exercises = load(case)
        self._case = case
        self._keys = {}

    def check(self, exercise_id, answer):
        """Feedback on one answer, as the function `check` gives it."""
        try:
            return self.judge(exercise_id, self.value(exercise_id, answer))
        except AnswerError as error:
            return Feedback("not yet", str(error), 0.0)

    def value(self, exercise_id, answer):
        """The answer as plain JSON; AnswerError if it has another form than is asked for."""
        exercise = _find(exercise_id, self.exercises)
        value = as_value(exercise.kind, answer)
        if fault := shape_fault(exercise, value):
            raise AnswerError(fault)
        return value

    def key(self, exercise_id):
        """The key's Answer to an exercise, or None (see `answer_of`)."""
        if exercise_id not in self._keys:
            self._keys[exercise_id] = answer_of(self.exercises[exercise_id], self._case)
        return self._keys[exercise_id]

    def judge(self, exercise_id, value):
        """Feedback on an answer that `value` gave."""
        exercise = self.exercises[exercise_id]
        if value is None:
            return NOT_ANSWERED
        if exercise.kind == "written":
            return read_written(exercise, value, self._case)
        if exercise.kind == "rating":
            return read_rating(exercise, value)
        key = self.key(exercise.id)
        if key is None:
            return Feedback("recorded", NO_KEY)
        return COMPARE[exercise.kind](exercise, value, key)


def check(exercise_id, answer, case=None):
    """Feedback on one answer.

    answer: the value kept in the journal, or a table or chart as drawn in a cell.
    Raises KeyError with a sentence when the exercise does not exist.

    >>> check("members_1954", "fourteen").message
    "'fourteen' is not a number; write digits only, such as 250."
    """
    return Checker(case or data.load()).check(exercise_id, answer)


def hint(exercise_id, step, case=None):
    """Hint number `step` (from 1) with its place in the row; the last one stays the last.

    >>> hint("members_1954", 1).startswith("Hint 1 of ")
    True
    """
    hints = _find(exercise_id, load(case or data.load())).hints
    if not hints:
        return "There is no hint for this one. Read the question once more, slowly."
    step = max(1, min(step, len(hints)))
    return f"Hint {step} of {len(hints)}: {hints[step - 1]}"


def _find(exercise_id, found):
    if exercise_id not in found:
        raise KeyError(f"There is no exercise {exercise_id!r}; there are {', '.join(found)}.")
    return found[exercise_id]


def _right(exercise):
    return Feedback("correct", exercise.right, 1.0)


def _not_yet(exercise, reasons, earned=0.0):
    """At most three reasons, several as a list; `otherwise` of the exercise where there is none."""
    unique = list(dict.fromkeys(reason for reason in reasons if reason))[:3]
    if len(unique) > 1:
        unique = ["Look here first:", *(f"• {reason}" for reason in unique)]
    message = "\n".join(unique) or exercise.otherwise or "Look at the question once more."
    return Feedback("not yet", message, round(earned, 4))


def _reason(exercise, answer, row=None, column=None):
    """The listed reason for a wrong answer, the most exactly placed one first; else ''."""
    fitting = [
        entry
        for entry in exercise.wrong
        if entry["answer"] == answer
        and entry.get("row", row) == row
        and entry.get("column", column) == column
    ]
    fitting.sort(key=lambda entry: ("row" in entry) + ("column" in entry), reverse=True)
    return fitting[0]["reason"] if fitting else ""


def _choice(exercise, value, key):
    if value == key.value or value in key.accept:
        return _right(exercise)
    return _not_yet(exercise, [_reason(exercise, value)])


def _several(exercise, value, key):
    if exercise.rows:
        return _several_rows(exercise, value, key)
    missing = set(key.value) - set(value)
    extra = [option for option in value if option not in key.value and option not in key.accept]
    if not missing and not extra:
        return _right(exercise)
    reasons = [_reason(exercise, option) for option in extra]
    if not extra:
        reasons = ["What you chose belongs there, but something is still missing."]
    share = (len(set(value) & set(key.value)) - len(extra)) / len(key.value)
    return _not_yet(exercise, reasons, max(0.0, share))


def _several_rows(exercise, value, key):
    empty = [row.id for row in exercise.rows if not value.get(row.id)]
    reasons, good = [], 0
    for row in exercise.rows:
        told = _row_reasons(exercise, row.id, value.get(row.id) or [], key)
        good += row.id not in empty and not told
        reasons += told
    if good == len(exercise.rows):
        return _right(exercise)
    if empty:
        reasons.insert(0, f"Still empty: {', '.join(empty)}.")
    return _not_yet(exercise, reasons, good / len(exercise.rows))


def _row_reasons(exercise, row, given, key):
    """Why the ids given for one row do not settle it yet; [] when they do, or none are given."""
    hits = [item for item in given if item in key.value[row]]
    other = [item for item in given if item not in hits]
    stray = [item for item in other if item not in key.also(row)]
    if stray:
        unfit = "{}: {} does not settle this claim."
        return [_reason(exercise, item, row) or unfit.format(row, item) for item in stray]
    if hits or not given:
        return []
    told = [_reason(exercise, item, row) for item in other]
    return [text for text in told if text] or [f"{row}: what you gave fits, but more is needed."]


def _number(exercise, value, key):
    near = [key.value, *key.accept]
    if any(abs(value - right) <= exercise.tolerance for right in near):
        return _right(exercise)
    return _not_yet(exercise, [_reason(exercise, value)])


def _date(exercise, value, key):
    told = _compare_dates(exercise, data.span(value), [*map(data.span, (key.value, *key.accept))])
    if told.state == "correct":
        return told
    return told._replace(message=f"{told.message}\n{understood(value)}")


def _compare_dates(exercise, given, right):
    """Feedback on a Span by the Spans that are right.

    Where the key has an open end, only the other end is asked for, and "2009" says it as well as
    "2009/.." does.
    """
    if any(right[0].is_open):
        if given.precision == "interval" and given.is_open != right[0].is_open:
            side = "earliest" if right[0].is_open[1] else "latest"
            return _not_yet(exercise, [f"Here only the {side} date is asked for."])
        given, right = given.known, [each.known for each in right]
    if same := [each for each in right if each[:2] == given[:2]]:
        sure = given.is_sure or not all(each.is_sure for each in same)
        return _right(exercise) if sure else _not_yet(exercise, [TOO_CAREFUL], 0.5)
    if reason := _reason(exercise, given.text.rstrip("~?%")):
        return _not_yet(exercise, [reason])
    if given.start <= right[0].start and right[0].end <= given.end:
        return _not_yet(exercise, ["True, but the evidence allows a more exact date."], 0.5)
    if right[0].start <= given.start and given.end <= right[0].end:
        return _not_yet(exercise, ["That is more exact than the evidence allows."], 0.5)
    return _not_yet(exercise, [])


def _matrix(exercise, value, key):
    cells = [(row, column) for row, columns in key.value.items() for column in columns]
    given = {(row, column): (value.get(row) or {}).get(column) for row, column in cells}
    wrong = [
        cell
        for cell, answer in given.items()
        if answer and answer != key.value[cell[0]][cell[1]] and answer not in key.also(*cell)
    ]
    empty = sum(not answer for answer in given.values())
    right = len(cells) - len(wrong) - empty
    if right == len(cells):
        return _right(exercise)
    reasons = [_reason(exercise, given[cell], *cell) for cell in wrong]
    told = _not_yet(exercise, reasons) if wrong else Feedback("not yet", "")
    counts = f"{right} of {len(cells)} cells agree with the evidence."
    if empty:
        counts = f"{empty} of {len(cells)} cells are still empty. " + (counts if right else "")
    return Feedback("not yet", f"{counts} {told.message}".strip(), round(right / len(cells), 4))


def _table(exercise, value, key):
    fault = table_fault(value, key.value)
    return _not_yet(exercise, [_reason(exercise, fault)]) if fault else _right(exercise)


def _chart(exercise, value, key):
    faults = chart_faults(value, key.value)
    if not faults:
        return _right(exercise)
    reasons = [_reason(exercise, fault) or said for fault, said in faults.items()]
    drawn = not {"empty", "data"} & set(faults)
    return _not_yet(exercise, reasons, 1 - len(faults) / 5 if drawn else 0.0)


COMPARE = {
    "choice": _choice,
    "several": _several,
    "number": _number,
    "date": _date,
    "matrix": _matrix,
    "table": _table,
    "chart": _chart,
}
