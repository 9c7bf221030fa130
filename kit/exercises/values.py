"""Turns what a learner gives (a number, a table, a chart) into plain JSON for the journal."""

from kit.data import span

LONGEST = 40  # characters of a number or a date; of a longer entry only these are quoted


class AnswerError(ValueError):
    """The answer is not of the kind asked for; the message says what is."""


def is_blank(answer):
    """True for an answer not given yet: None, `...`, empty list or dict, text without a word."""
    if isinstance(answer, str):
        return not answer.strip()
    return answer is None or answer is ... or (isinstance(answer, list | dict) and not answer)


def as_value(kind, answer):
    """The JSON value that the journal keeps for an answer of this kind.

    table: a pandas DataFrame becomes a list of records; chart: a matplotlib Axes
    becomes a dict of what is drawn. Blank answers become None.
    Raises AnswerError with one sentence when the answer is of another kind.

    >>> as_value("number", "1,5"), as_value("number", ...)
    (1.5, None)
    """
    if is_blank(answer):
        return None
    return CONVERT.get(kind, lambda given: given)(answer)


def _number(answer):
    if isinstance(answer, bool):
        raise AnswerError("Give a number here, not True or False.")
    if not isinstance(answer, str) and not hasattr(answer, "__float__"):
        raise AnswerError(f"Give one number here; you gave a {type(answer).__name__}.")
    if isinstance(answer, int) and answer.bit_length() > 1000:
        raise AnswerError("Give an ordinary number, such as 250.")
    text = str(answer).replace(" ", "").replace("\u202f", "").replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        start = str(answer)[:LONGEST]
        raise AnswerError(f"{start!r} is not a number; write digits only, such as 250.") from None
    if number != number or number in (float("inf"), float("-inf")):
        raise AnswerError("Give an ordinary number, such as 250.")
    return int(number) if number.is_integer() else number


def _date(answer):
    try:
        text = str(answer).strip()
        span(text[:LONGEST])
    except ValueError as error:
        raise AnswerError(str(error)) from None
    return text


def _table(answer):
    if isinstance(answer, list):
        return answer
    if not hasattr(answer, "to_dict"):
        raise AnswerError(
            f"This exercise wants a pandas table (DataFrame); you gave a {type(answer).__name__}."
        )
    table = answer.to_frame() if not hasattr(answer, "columns") else answer
    if any(table.index.names):
        table = table.reset_index()
    rows = table.to_dict(orient="records")
    return [{str(key): _cell(value) for key, value in row.items()} for row in rows]


def _cell(value):
    value = value.item() if hasattr(value, "item") else value
    if value is None or value != value:
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)


def _chart(answer):
    if isinstance(answer, dict):
        return answer
    axes = (
        answer.axes[0] if getattr(answer, "axes", None) and hasattr(answer, "savefig") else answer
    )
    if not hasattr(axes, "get_lines"):
        raise AnswerError(
            f"This exercise wants the chart's Axes (the `ax` you drew on); "
            f"you gave a {type(answer).__name__}."
        )
    return {
        "title": axes.get_title() or axes.get_title(loc="left") or axes.get_title(loc="right"),
        "xlabel": axes.get_xlabel(),
        "ylabel": axes.get_ylabel(),
        "lines": [_line(axes, line) for line in axes.get_lines()],
        "texts": [text.get_text() for text in axes.texts],
    }


def _line(axes, line):
    from matplotlib.dates import DateConverter, _SwitchableDateConverter, num2date

    x, y = line.get_xdata(orig=False), line.get_ydata(orig=False)
    if isinstance(axes.xaxis.get_converter(), DateConverter | _SwitchableDateConverter):
        x = [num2date(value).date().isoformat() for value in x]
    return {
        "x": [_cell(value) for value in x],
        "y": [_cell(value) for value in y],
        "steps": line.get_drawstyle(),
    }


CONVERT = {"number": _number, "date": _date, "table": _table, "chart": _chart}
