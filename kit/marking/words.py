"""An answer, a learner's or the key's, in the words of its exercise instead of its ids."""

from kit.data import span


def in_words(exercise, value):
    """Return an answer as text, a line for each of its parts.

    >>> from kit import data, exercises
    >>> found = exercises.load(data.load())
    >>> in_words(found["dated_texts"], ["forum", "none"])
    'Forum\\nNone of the five'
    >>> in_words(found["members_1954"], 14)
    '14'
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
    return show.get(exercise.kind, _plain)(exercise, value)


def _plain(_exercise, value):
    if isinstance(value, dict):  # a chart's line
        return "\n".join(f"{x}: {y}" for x, y in zip(value["x"], value["y"], strict=True))
    return str(value)


def _date(_exercise, value):
    return str(span(value))


def _choice(exercise, value):
    return _words(exercise.options).get(value, value)


def _several(exercise, value):
    if exercise.rows:
        rows = [(row.text, value.get(row.id) or []) for row in exercise.rows]
        return "\n".join(f"{text}: {', '.join(ids)}" for text, ids in rows)
    options = _words(exercise.options)
    return "\n".join(options.get(id, id) for id in value)


def _matrix(exercise, value):
    options, columns = _words(exercise.options), _words(exercise.columns)
    return "\n".join(
        f"{row.text} – {columns[column]}: {options[value[row.id][column]]}"
        for row in exercise.rows
        for column in columns
        if column in value.get(row.id, {})
    )


def _table(_exercise, value):
    lines = [list(value[0]), *(row.values() for row in value)]
    return "\n".join(", ".join(map(str, line)) for line in lines)


def _words(choices):
    return {choice.id: choice.text for choice in choices}
