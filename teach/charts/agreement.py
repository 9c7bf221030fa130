"""How far raters agree: Krippendorff's alpha with its interval, one row a name."""

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Rows, chart
from teach.charts.intervals import interval

COLUMNS = ("name", "alpha", "low", "high", "n_units", "n_raters", "note")
THRESHOLDS = ((0.667, "tentative", "right"), (0.8, "good", "left"))
TENTATIVE, GOOD = (value for value, *_ in THRESHOLDS)


def _alt_text(rows):
    if not rows:
        return "Empty chart of agreement: the table names nothing that was rated."
    parts = []
    for row in rows:
        value = _value(row) if _is_defined(row) else row["note"] or "undefined"
        parts.append(f"{row['name']}: {value}, {_counts(row)}")
    return (
        "Dot chart of Krippendorff's alpha with 95 % intervals, where 1 is full agreement and 0 is "
        "chance; dashed lines mark the customary thresholds 0.667 and 0.800. "
        f"{'; '.join(parts)}."
    )


@chart(COLUMNS, alt_text=_alt_text)
def agreement(rows: Rows, ax: Axes | None) -> Axes:
    """Draw Krippendorff's alpha with its interval, one row a name.

    It takes a DataFrame with `name`, `alpha`, `low`, `high` (numbers up to 1, missing where
    undefined), `n_units`, `n_raters` and `note` (why alpha is undefined, or a warning; "").
    The dashed lines are Krippendorff's customary thresholds 0.667 and 0.800.

    >>> import pandas
    >>> row = ["example class", 0.8, 0.7, 0.9, 30, 25, ""]
    >>> agreement(pandas.DataFrame([row], columns=COLUMNS)).get_title()
    'How far raters agree'
    """
    ax = style.sheet(ax, (10, max(3, 1.8 + 0.42 * len(rows))))
    if not rows:
        why = "No chart: the table names nothing that was rated."
        return style.empty_chart(ax, "Agreement", why)
    _set_axes(ax, rows)
    for y, row in enumerate(rows):
        _interval(ax, y, row)
    ax.set_xlabel("Krippendorff's alpha: 0 is agreement by chance, 1 is full agreement")
    lines = ("Dot: alpha. Line: its 95 % interval. Dashed: customary thresholds.",)
    style.frame(ax, "How far raters agree", lines, style.FROM_TABLE)
    for y, row in enumerate(rows):
        _note(ax, y, row)
    return ax


def _is_defined(row):
    return row["alpha"] != ""


def _set_axes(ax, rows):
    lows = [row["low"] for row in rows if row["low"] != ""]
    ax.set_xlim(min([-0.1, *lows]) - 0.05, 1.05)
    style.rows_down(ax, [row["name"] for row in rows], -0.9)
    ax.axvline(0, color=style.PALE, linewidth=1, zorder=0)
    for value, word, ha in THRESHOLDS:
        ax.axvline(value, **style.DASHED)
        ax.annotate(
            f"{value:.3f} {word}", (value, -0.9), xytext=(-4 if ha == "right" else 4, 0),
            textcoords="offset points", ha=ha, va="top", size=style.SMALL, color=style.GREY,
        )  # fmt: skip


def _interval(ax, y, row):
    words = _counts(row)
    if _is_defined(row):
        interval(ax, y, row["alpha"], row["low"], row["high"])
        words = f"{_value(row)}\n{words}"
    style.beside(
        ax, words, (1, y), (8, 0), xycoords=("axes fraction", "data"), size=style.SMALL, ha="left"
    )


def _counts(row):
    return f"{row['n_units']} units, {row['n_raters']} raters"


def _value(row):
    if row["low"] == "":
        return f"{row['alpha']:.2f}"
    return f"{row['alpha']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


def _note(ax, y, row):
    """Where alpha is undefined, the note stands in place of the dot; else a warning below it."""
    below, note, size = 0.42, row["note"], style.SMALL
    if not _is_defined(row):
        below, note, size = 0, note or "undefined", 9
    if note:
        ax.text(
            0.02, y + below, style.wrapped(note, 0.9 * style.size_of(ax)[0], size), size=size,
            va="center", transform=ax.get_yaxis_transform(), style="italic",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
        ).set_in_layout(False)  # fmt: skip
