"""Tells whether an answer has the form its kind of exercise asks for, whatever was given."""

FAULT = "Your answer does not have the form this question asks for; answer it again in its form."
PLAIN = {str, int, float, bool, type(None)}  # what one cell of a rating may hold


def shape_fault(exercise, value):
    """The sentence for an answer of another form, "" for one that can be compared with the key.

    value: as `as_value` gives it: numbers and dates are sound already, None is no answer. What was
    chosen may still be wrong, or no option at all: that is for the comparison to say.

    >>> from kit import data, exercises
    >>> matrix = exercises.load(data.load())["stances"]
    >>> shape_fault(matrix, {"P1": {"forum": "denies"}}), shape_fault(matrix, "denies") == FAULT
    ('', True)
    """
    fits = SHAPES.get(exercise.kind)
    return "" if value is None or fits is None or fits(exercise, value) else FAULT


def _is_text(_exercise, value):
    return isinstance(value, str)


def _is_several(exercise, value):
    if not exercise.rows:
        return _are(str, value)
    return isinstance(value, dict) and all(ids is None or _are(str, ids) for ids in value.values())


def _is_matrix(_exercise, value):
    return _is_grid(value, _is_word)


def _is_rating(_exercise, value):
    return _is_grid(value, _is_rated)


def _is_word(cell):
    return cell is None or isinstance(cell, str)


def _is_rated(cell):
    return cell is None or (isinstance(cell, dict) and PLAIN.issuperset(map(type, cell.values())))


def _is_table(_exercise, value):
    return _are(dict, value)


def _is_chart(_exercise, value):
    if not (isinstance(value, dict) and _are(dict, value.get("lines"))):
        return False
    named = [value.get(field) for field in ("title", "xlabel", "ylabel")]
    drawn = [line.get(axis) for line in value["lines"] for axis in ("x", "y")]
    return (
        _are(str, named) and _are(list, drawn) and all("steps" in each for each in value["lines"])
    )


def _is_grid(value, fits):
    """True for {row: {column: cell}} where every cell fits; a row may be None."""
    if not isinstance(value, dict):
        return False
    rows = [row for row in value.values() if row is not None]
    return _are(dict, rows) and all(all(map(fits, row.values())) for row in rows)


def _are(kind, values):
    """True for a list, tuple or set in which everything is of one kind."""
    listed = isinstance(values, (list, tuple, set))
    return listed and all(isinstance(each, kind) for each in values)


SHAPES = {
    "choice": _is_text,
    "several": _is_several,
    "matrix": _is_matrix,
    "rating": _is_rating,
    "written": _is_text,
    "table": _is_table,
    "chart": _is_chart,
}
