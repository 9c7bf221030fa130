"""The places on a sheet that hold an answer, by the form of the question: letters, grids, lines."""

from html import escape

from kit import exercises
from kit.exercises import KINDS
from teach.typed.sheets import frame, of_options, of_values

WORDS_IN_A_LINE = 8  # of somebody's handwriting, with room to cross out
SQUARES = (34, 16)  # of 5 mm, across and up: the room for a chart
POINTS = 12  # rows for the points of a line drawn by hand
GAP = '<span class="gap"></span>'
COUNT = "Count by hand, and write a number into every cell. Where there is nothing, write 0."
DRAW = (
    "Draw by hand in the squares, with a title and a label on each axis. Then list the points of "
    "your line beside each other: the day, and the number from that day on. Tick how your line "
    "goes between two points."
)
AT_A_COMPUTER = "This one can only be answered at a computer."


def answering(exercise, case):
    """Return the part of a sheet in which an exercise is answered (HTML)."""
    return FORMS[KINDS[exercise.kind].form](exercise, case)


def quiz(statements):
    """Return the statements of a short test, each with its truth and its confidence to circle."""
    circles = "".join(f"<span>{percent}</span>" for percent in range(50, 101, 10))
    items = "".join(
        f"<li><p>{escape(each.text)}</p>"
        '<p class="circles"><span><b>t</b> true <b>f</b> false</span>'
        f'<span class="sure">How sure (%)? {circles}</span></p></li>'
        for each in statements
    )
    return (
        "<p>Circle t or f, and how sure you are: 50 is a guess, 100 is certain.</p>"
        f'<ol class="quiz">{items}</ol>'
    )


def lines(number):
    """Return lines to write on."""
    return f'<div class="lines">{"<div></div>" * number}</div>'


def table(heads, rows, kind):
    """Return a table of cells that are HTML already; the first cell of a row is its head."""
    top = "".join(f'<th scope="col">{head}</th>' for head in heads[1:])
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for first, *cells in rows
    )
    return (
        f'<table class="{kind}"><thead><tr><td>{heads[0]}</td>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _lettered(signs):
    items = "".join(
        f"<li><b>{each.sign}</b><span>{escape(each.words)}</span></li>" for each in signs
    )
    return f'<ul class="letters">{items}</ul>'


def _one(exercise, _case):
    return f"<p>Circle one letter.</p>{_lettered(of_options(exercise.options))}"


def _several(exercise, _case):
    if exercise.rows:
        rows = "".join(
            f"<li><p>{escape(row.text)}</p><p>Records: {GAP * 3}</p></li>" for row in exercise.rows
        )
        return f'<ol class="quiz">{rows}</ol>'
    return f"<p>Circle every letter that fits.</p>{_lettered(of_options(exercise.options))}"


def _line(exercise, _case):
    return f'<p class="answer">Your answer: {GAP * 2} {escape(exercise.unit)}</p>'


def _grid(exercise, case):
    """Return a grid: of one column with the letters across, else with the columns across.

    Where sentences stand beside the cells, it is a table for each row, with the columns down.
    """
    signs = of_options(exercise.options)
    rows = [f"<b>{n}</b> {escape(row.text)}" for n, row in enumerate(exercise.rows, 1)]
    if len(exercise.columns) == 1:
        heads = ["", *(f"<b>{each.sign}</b> {escape(each.words)}" for each in signs)]
        ticks = [f'<span class="tick">{each.sign}</span>' for each in signs]
        said = "<p>Circle one letter in each line.</p>"
        return said + table(heads, [[row, *ticks] for row in rows], "grid ticks")
    legend = " &nbsp; ".join(f"<b>{each.sign}</b> {escape(each.words)}" for each in signs)
    said = f"<p>Write one letter into each cell: {legend}</p>"
    names = [f"<b>{n}</b> {escape(c.text)}" for n, c in enumerate(exercise.columns, 1)]
    if exercise.sentences:
        return said + "".join(_with_nearest(exercise, case, row, names) for row in exercise.rows)
    blank = [""] * len(exercise.columns)
    rows = [[escape(row.text), *blank] for row in exercise.rows]
    return said + table(["", *names], rows, "grid")


def _with_nearest(exercise, case, row, names):
    """Return for one row its words, and a line for each column: name, sentences, a box."""
    cells = [exercises.nearest(exercise, case, row.id, c.id) for c in exercise.columns]
    quoted = [
        "<br>".join(f"<small>{s.number}</small>&nbsp;{escape(s.text)}" for s in cell)
        for cell in cells
    ]
    lines = [[name, quote, ""] for name, quote in zip(names, quoted, strict=True)]
    return f"<h2>{escape(row.text)}</h2>{table(['', 'Sentences', 'Letter'], lines, 'grid nearest')}"


def _scales(exercise, _case):
    """Return lines to rate in; with evidence a grid, texts across and criteria down."""
    if exercise.evidence:
        return _with_sentences(exercise)
    if len(exercise.columns) == 1:
        heads = ["", escape(exercise.columns[0].text)]
        rows = [[escape(row.text), ""] for row in exercise.rows]
        return table(heads, rows, "grid few")
    return "".join(
        table([escape(row.text), "Yours"], [[_scale(c), ""] for c in exercise.columns], "grid few")
        for row in exercise.rows
    )


def _with_sentences(exercise):
    scales = "".join(f"<li>{_scale(column)}</li>" for column in exercise.columns)
    heads = ["", *(escape(row.text) for row in exercise.rows)]
    blank = ['<span class="sentence">s.</span>'] * len(exercise.rows)
    rows = [[escape(column.text), *blank] for column in exercise.columns]
    said = "In each cell, write the value and, after s., the number of its sentence."
    return f'<ul class="scales">{scales}</ul><p>{said}</p>{table(heads, rows, "grid rated")}'


def _scale(column):
    """What a column of a rating asks and, where its values are no plain numbers, their signs."""
    signs = of_values(column)
    if column.range:
        return escape(column.text)
    told = " · ".join(f"<b>{each.sign}</b>&nbsp;{escape(each.words)}" for each in signs)
    return f"{escape(column.text)}: {told}"


def _text(exercise, _case):
    return lines(-(-exercise.limit // WORDS_IN_A_LINE) + 2)


def _table(exercise, case):
    heads_of = frame(exercise, case)
    if heads_of is None:
        return f"<p><strong>{AT_A_COMPUTER}</strong></p>"
    blank = [""] * len(heads_of.columns)
    rows = [[escape(name), *blank] for name in heads_of.rows]
    heads = ["", *map(escape, heads_of.columns)]
    return f"<p>{COUNT}</p>{table(heads, rows, 'grid numbers')}"


def _chart(_exercise, _case):
    across, up = SQUARES
    ways = "□ it stays level and jumps &nbsp; □ it slopes from point to point"
    cells = [["day", *[""] * (POINTS // 2)], ["number", *[""] * (POINTS // 2)]]
    points = table(["", *[""] * (POINTS // 2)], cells, "grid points")
    return (
        f'<p>{DRAW}</p><svg class="squares" role="img" aria-label="Squares to draw in" '
        f'viewBox="0 0 {across * 5} {up * 5}">{_squares(across, up)}</svg>'
        f"<p>{ways}</p>{points}{points}"
    )


def _squares(across, up):
    for_each = [f"M{5 * n} 0V{5 * up}" for n in range(across + 1)]
    for_each += [f"M0 {5 * n}H{5 * across}" for n in range(up + 1)]
    return f'<path d="{"".join(for_each)}"/>'


FORMS = {
    "one": _one,
    "several": _several,
    "line": _line,
    "text": _text,
    "grid": _grid,
    "scales": _scales,
    "table": _table,
    "chart": _chart,
}
