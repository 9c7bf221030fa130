"""What a learner should have at hand for a question: told by the question and by its notebook."""

import re

from kit import data

# Each of the materials, its words in a list, and what shows it in the code of a notebook.
MATERIALS = {
    "cards": ("the provenance cards", ("widgets.card(",)),
    "texts": ("the texts", ("reader(",)),
    "record": ("the record", ("finder(", "case.record", "recollections(")),
    "claims": ("the list of claims", ("case.claims", "case.propositions", "tellings(")),
    "members": ("the table of members", ("case.enlargement",)),
}


def at_hand(exercise, code):
    """Return the names of the materials (list, keys of MATERIALS) for an exercise.

    code: the code cells that lead up to it. Where the cards are shown, the texts stay away.

    >>> from kit import data, exercises
    >>> at_hand(exercises.load(data.load())["printed"], "")
    ['texts']
    """
    names = {name for name, (_, signs) in MATERIALS.items() if any(sign in code for sign in signs)}
    if re.search(r"\btexts?\b|\*\*article\*\*", exercise.prompt) or exercise.in_reader:
        names.add("texts")
    if exercise.cites or exercise.evidence or re.search(r"\brecords?\b", exercise.prompt):
        names.add("record")
    if "cards" in names:
        names.discard("texts")
    return [name for name in MATERIALS if name in names]


def shown_records(case, code):
    """Return the rows of the record (list of dict) whose ids the code names, in their order."""
    named = set(re.findall(r"\w+", code)) & case.record_ids
    return [row for row in case.rows("record") if row["record_id"] in named]


def in_words(date):
    """A date of the tables in words, as exact as it is; "" for none."""
    return str(data.span(date)) if date else ""
