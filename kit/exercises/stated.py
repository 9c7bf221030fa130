"""Tells whether an entry of `exercises.toml` has the form that its fields ask for.

`data/README.md` says what each field means. What a field says of another (a wrong answer that is
no option) is seen in `model`, once every field has its form.
"""

import re

ID = re.compile(r"[\w.:-]{1,80}")  # a part of an id in the journal
CHOICE = {"id", "text", "values", "range", "words"}
SHOWN = 60  # characters of what stands there instead


def exercise_fault(entry):
    """The sentence for the first thing wrong with one `[[exercise]]` (dict), "" if nothing is.

    >>> exercise_fault({"points": "two"})
    "'points' must be a whole number, 0 or more, not 'two'; mend it."
    """
    lists = filter(None, map(_choices_fault, _lists(entry)))
    return _fault(entry, EXERCISE) or next(lists, "") or _sentences_fault(entry)


def statement_fault(entry):
    """The sentence for the first thing wrong with one `[[quiz]]` (dict), "" if nothing is.

    >>> statement_fault({"id": "a1", "form": "A"})
    "'text' is missing; add it."
    """
    return missing_fault(entry, ("id", "form", "text")) or _fault(entry, STATEMENT)


def missing_fault(entry, fields):
    """The sentence for the first of these fields that is not there, "" if all are.

    >>> missing_fault({"id": "a1"}, ("id", "form"))
    "'form' is missing; add it."
    """
    missing = [field for field in fields if field not in entry]
    return f"{missing[0]!r} is missing; add it." if missing else ""


def _fault(entry, forms):
    for words, (fits, fields) in forms.items():
        for field in fields:
            if field in entry and not fits(entry[field]):
                given = repr(entry[field])
                cut = given if len(given) <= SHOWN else f"{given[: SHOWN - 1]}…"
                return f"{field!r} must be {words}, not {cut}; mend it."
    return ""


def _lists(entry):
    return [(field, entry[field]) for field in ("options", "rows", "columns") if field in entry]


def _choices_fault(listed):
    """What is wrong with the choices of one field, each in itself and all together."""
    field, choices = listed
    ids = [choice["id"] for choice in choices]
    twice = [id for id in ids if ids.count(id) > 1]
    if twice:
        return f"the id {twice[0]!r} stands twice in {field!r}; rename one."
    odd = [name for choice in choices for name in choice if name not in CHOICE]
    return f"{odd[0]!r} is not a known part of {field!r}; check its spelling." if odd else ""


def _sentences_fault(entry):
    """What is wrong with the sentences beside a matrix; `nearest` sees if the texts have them."""
    if "sentences" not in entry:
        return ""
    if entry["kind"] != "matrix":
        return "'sentences' stand beside the cells of a matrix; take them out here."
    beside = entry["sentences"]
    rows, columns = ([each["id"] for each in entry[field]] for field in ("rows", "columns"))
    if odd := [id for id in beside if id not in rows]:
        return f"'sentences' has {odd[0]!r}, which is none of the rows {', '.join(rows)}; mend it."
    for row in rows:
        cells = beside.get(row, {})
        if odd := [id for id in cells if id not in columns]:
            told = f"none of the columns {', '.join(columns)}; mend it."
            return f"'sentences' of {row} has {odd[0]!r}, which is {told}"
        for column in columns:
            if not _are_numbers(cells.get(column)):
                return f"'sentences' of {row}, {column}: write one to three numbers, as in [9, 10]."
    return ""


def _are_numbers(value):
    """Return whether this is a list of one to three sentence numbers, each once."""
    if not (isinstance(value, list) and 1 <= len(value) <= 3):
        return False
    return all(type(each) is int and each > 0 for each in value) and len(set(value)) == len(value)


def _are_cells(value):
    return isinstance(value, dict) and all(isinstance(each, dict) for each in value.values())


def _is_id(value):
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _is_text(value):
    return isinstance(value, str)


def _is_whole(value):
    return type(value) is int and value >= 0


def _is_number(value):
    return type(value) in (int, float) and 0 <= value < float("inf")


def _is_truth(value):
    return isinstance(value, bool)


def _are_texts(value):
    return isinstance(value, list) and all(map(_is_text, value))


def _are_samples(value):
    return isinstance(value, list) and all(map(_are_texts, value))


def _are_choices(value):
    return isinstance(value, list) and all(map(_is_choice, value))


def _is_choice(value):
    if not (isinstance(value, dict) and _is_id(value.get("id")) and _is_text(value.get("text"))):
        return False
    low_high = value.get("range", [0, 0])
    return (
        isinstance(value.get("values", []), list)
        and _are_texts(value.get("words", []))
        and isinstance(low_high, list)
        and len(low_high) == 2
        and all(type(each) is int for each in low_high)
    )


def _are_tables(value):
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


AN_ID = "one word of letters, digits, _ and -, at most 80"
CHOICES = '{id = "…", text = "…"} for each, in one list, with ids of letters, digits, _ and -'
EXERCISE = {
    AN_ID: (_is_id, ("id",)),
    "a text": (
        _is_text,
        ("notebook", "kind", "title", "prompt", "right", "otherwise", "unit", "cites"),
    ),
    "a whole number, 0 or more": (_is_whole, ("points", "limit")),
    "a number, 0 or more": (_is_number, ("tolerance",)),
    "true or false": (_is_truth, ("evidence", "in_reader")),
    "a list of texts": (_are_texts, ("hints", "rubric")),
    "a list of lists of texts, one for each level": (_are_samples, ("samples",)),
    CHOICES: (_are_choices, ("options", "rows", "columns")),
    "{answer = …, reason = …} for each, in one list": (_are_tables, ("wrong",)),
    "{text = [numbers], …} for each row": (_are_cells, ("sentences",)),
}
STATEMENT = {
    AN_ID: (_is_id, ("id",)),
    '"A" or "B"': (("A", "B").__contains__, ("form",)),
    "a text": (_is_text, ("text",)),
}
