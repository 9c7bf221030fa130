"""Where the course or the learner comes back to a sentence of a text.

Computed from the questions of the exercises and from the learner's own journal,
never from the key: it tells that a sentence is asked about, not what is right.

>>> from kit import data
>>> quoted(data.load(), "blog")[26]
['Asked about in notebook 2, “Fact claim, opinion or hedge?”.']
"""

import re

from kit import exercises, journal
from kit.widgets.fields import part


def quoted(case, text_id):
    """The sentences of a text that are quoted elsewhere: dict number -> list of notes in words."""
    try:
        known = exercises.load(case).values()
    except exercises.ExerciseError:
        return {}
    notes = {}
    for exercise in known:
        for number, note in [*_asked(exercise, case, text_id), *_picked(exercise, text_id)]:
            if note not in notes.setdefault(number, []):
                notes[number].append(note)
    return dict(sorted(notes.items()))


def _asked(exercise, case, text_id):
    """Yield the sentences an exercise asks about: its rows name them, or a claim they make."""
    claims = {row["claim_id"]: row for row in case.rows("claims") if row["text_id"] == text_id}
    note = f"Asked about in {_notebook(exercise)}, “{exercise.title}”."
    for row in exercise.rows:
        if exercise.in_reader:
            text, number = exercises.place(row.id)
            numbers = [number] if text == text_id else []
        else:
            numbers = _sentences_of(claims.get(row.id), case)
        yield from ((number, note) for number in numbers)


def _sentences_of(claim, case):
    """The numbers of the sentences that a claim is taken from; [] for None."""
    if claim is None:
        return []
    start, end = int(claim["start"]), int(claim["end"])
    found = case.sentences(claim["text_id"])
    return [each.number for each in found if each.start < end and start < each.end]


def _picked(exercise, text_id):
    """Yield the sentences the learner picked as evidence for a rating of this text."""
    cells = part(journal.current().answer(exercise.id), text_id) if exercise.evidence else {}
    for column in exercise.columns:
        number = part(cells, column.id).get("evidence")
        if isinstance(number, int):
            yield number, f"Your evidence in “{exercise.title}”, {column.text}."


def _notebook(exercise):
    number = re.match(r"0*(\d+)", exercise.notebook)
    return f"notebook {number[1]}" if number else exercise.notebook
