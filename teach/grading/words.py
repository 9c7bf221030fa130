"""An answer, a learner's or the key's, in the words of its exercise instead of its ids."""

from kit.data import span


def in_words(exercise, value, key=None):
    """Return an answer as text, a line for each of its parts.

    key: the key's Answer, to say beside each part what counts as well.

    >>> from kit import data, exercises
    >>> found = exercises.load(data.load())
    >>> in_words(found["dated_texts"], ["forum", "none"])
    'Forum\\nNone of the five'
    >>> in_words(found["members_1954"], 14, exercises.Answer(14, [15]))
    '14\\nAlso counts: 15'
    >>> in_words(found["date_article"], "2009-04/..")
    'no earlier than April 2009'
    """
    show = {
        "choice": _choice,
        "date": _date,
        "several": _several,
        "matrix": _matrix,
        "table": _table,
    }
    also = beside(exercise, value, key)
    lines = show.get(exercise.kind, _plain)(exercise, value, also)
    return "\n".join([*lines, also[()]] if () in also else lines)


def beside(exercise, value, key):
    """Return what the key accepts beside an answer: dict of a place to a text.

    value: the answer, in the exercise's own shape; key: the key's Answer, or None.
    A place is () for the answer as a whole, (row,) for a row of `several` and (row, column) for
    a cell of a matrix. A place where nothing else counts is not there.

    >>> from kit import data, exercises
    >>> found = exercises.load(data.load())
    >>> beside(found["letter_cut"], "cut_b", exercises.Answer("cut_b", ["none"]))
    {(): 'Also counts: None: every word in all three stands in the letter.'}
    """
    if key is None:
        return {}
    if exercise.kind == "matrix":
        told = {cell: _or(exercise, counts) for cell, counts in _cells(value, key).items()}
    elif exercise.rows:
        told = {(row.id,): _enough(row.id, value, key) for row in exercise.rows}
    elif exercise.kind == "several":
        told = {(): _listed("May be ticked as well", exercise, _without(value, key.accept))}
    elif key.accept:
        others = _without([value], [key.value, *key.accept])
        told = {(): _listed("Also counts", exercise, others)}
    else:
        told = {}
    return {place: text for place, text in told.items() if text}


def _cells(value, key):
    """Return {(row, column): what else counts there} of a matrix."""
    return {
        (row, column): _without(
            [(value.get(row) or {}).get(column)], [right, *key.also(row, column)]
        )
        for row, cells in key.value.items()
        for column, right in cells.items()
    }


def _enough(row, value, key):
    """Return which ids settle a row of `several`, and which may only stand beside one of them."""
    given, settling = value.get(row) or [], key.value[row]
    bearing = _without(settling, key.also(row))
    settles = f"one of these settles it: {', '.join(settling)}"
    if set(given) == set(settling):
        settles = "one of them is enough" if len(settling) > 1 else ""
    beside_it = f"may stand beside, for they bear on it: {', '.join(bearing)}" if bearing else ""
    return "; ".join(filter(None, [settles, beside_it]))


def _without(given, others):
    """Return the `others` that are not among the given, each once."""
    return [each for each in dict.fromkeys(others) if each not in given]


def _or(exercise, counts):
    words = _words(exercise.options)
    return "".join(f", or {words[each]}" for each in counts)


def _listed(begin, exercise, others):
    if exercise.kind == "date":
        others = [span(each) for each in others]
    words = _words(exercise.options)
    return f"{begin}: {'; '.join(words.get(each, str(each)) for each in others)}" if others else ""


def _plain(_exercise, value, _also):
    if isinstance(value, dict):  # a chart's line
        return [f"{x}: {y}" for x, y in zip(value["x"], value["y"], strict=True)]
    return [str(value)]


def _date(_exercise, value, _also):
    return [str(span(value))]


def _choice(exercise, value, _also):
    return [_words(exercise.options).get(value, value)]


def _several(exercise, value, also):
    options = _words(exercise.options)
    if not exercise.rows:
        return [options.get(id, id) for id in value]
    return [
        f"{row.text}: {', '.join(value.get(row.id) or [])}"
        + (f" ({also[row.id,]})" if (row.id,) in also else "")
        for row in exercise.rows
    ]


def _matrix(exercise, value, also):
    options, columns = _words(exercise.options), _words(exercise.columns)
    return [
        f"{row.text} – {columns[column]}: {options[value[row.id][column]]}"
        + also.get((row.id, column), "")
        for row in exercise.rows
        for column in columns
        if column in value.get(row.id, {})
    ]


def _table(_exercise, value, _also):
    lines = [list(value[0]), *(row.values() for row in value)]
    return [", ".join(map(str, line)) for line in lines]


def _words(choices):
    return {choice.id: choice.text for choice in choices}
