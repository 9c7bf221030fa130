"""Charts about a whole class: what changed between two tests, and common wrong answers."""

from kit.charts import style
from kit.charts.labels import wrapped
from kit.charts.style import look, read

CHANGE_COLUMNS = ("name", "value", "low", "high", "below", "above")
MISTAKE_COLUMNS = ("name", "learners", "of")


@look()
def change(table, ax=None):
    """Draw changes with their 95 % intervals around a line at 0, one row a measure.

    table: DataFrame with `name`, `value`, `low`, `high` (after minus before; all three missing
    where undefined), and in words what a change `below` and `above` 0 means. Returns the Axes.
    Raises ValueError, one sentence, for a missing column.

    >>> import pandas
    >>> row = ["sharpness", 0.4, 0.1, 0.7, "less sharp", "sharper"]
    >>> change(pandas.DataFrame([row], columns=CHANGE_COLUMNS)).get_title()
    'What changed from the first test to the second'
    """
    rows = changes_of(table)
    ax = style.sheet(ax, (10, 1.9 + 0.9 * max(1, len(rows))))
    if not rows:
        return style.say(ax, "Change", "No chart: no change could be worked out.")
    _change_axes(ax, rows)
    for y, row in enumerate(rows):
        ax.plot([row["low"], row["high"]], [y, y], color=style.BLUE, linewidth=2.2)
        ax.plot([row["value"]], [y], "o", color=style.BLUE, markersize=8)
        _words(ax, y, row)
    lines = ("Dot: the change. Line: its 95 % interval. If it crosses 0, it may be chance.",)
    style.frame(ax, "What changed from the first test to the second", lines, style.FROM_TABLE)
    return ax


def changes_of(table):
    """Return the rows that have a change (list of dict)."""
    return [row for row in read(table, CHANGE_COLUMNS, "change") if row["value"] != ""]


def interval_words(row):
    """Return a change and its interval in words, two decimals."""
    return f"{row['value']:+.2f} ({row['low']:+.2f} to {row['high']:+.2f})".replace("-", "−")


def _change_axes(ax, rows):
    far = max(0.5, *(abs(row[end]) for row in rows for end in ("low", "high"))) * 1.15
    ax.set_xlim(-far, far)
    ax.set_ylim(len(rows) - 0.4, -0.7)
    ax.set_yticks(range(len(rows)), [row["name"] for row in rows])
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.axvline(0, color=style.GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    ax.set_xlabel("after less before")


def _words(ax, y, row):
    """Say at both ends what a change there means, and beside the row what it is."""
    ends = (0, f"← {row['below']}", "left", 0.01), (1, f"{row['above']} →", "right", 0.99)
    for _, text, side, x in ends:
        ax.text(
            x, y - 0.28, text, size=style.SMALL, color=style.GREY, ha=side, va="bottom",
            transform=ax.get_yaxis_transform(),
        )  # fmt: skip
    ax.annotate(
        interval_words(row), (1, y), xycoords=("axes fraction", "data"), xytext=(8, 0),
        size=style.SMALL, textcoords="offset points", va="center", annotation_clip=False,
    )  # fmt: skip


@look()
def mistakes(table, ax=None):
    """Draw how many learners gave each wrong answer, one bar a wrong answer.

    table: DataFrame with `name` (the exercise and the answer), `learners` who gave it, and `of`
    how many. Returns the Axes. Raises ValueError, one sentence, for a missing column.

    >>> import pandas
    >>> mistakes(pandas.DataFrame([["1954: 12", 8, 20]], columns=MISTAKE_COLUMNS)).get_title()
    'The most common wrong answers'
    """
    rows = read(table, MISTAKE_COLUMNS, "mistakes")
    ax = style.sheet(ax, (10, 1.7 + 0.5 * max(1, len(rows))))
    if not rows:
        return style.say(ax, "Wrong answers", "No chart: no wrong answer was common.")
    shares = [100 * row["learners"] / row["of"] for row in rows]
    ax.barh(range(len(rows)), shares, height=0.55, color=style.BLUE)
    ax.set_xlim(0, 100)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_yticks(range(len(rows)), [wrapped(row["name"], 300, 9) for row in rows])
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0f} %")
    for y, (row, share) in enumerate(zip(rows, shares, strict=True)):
        ax.annotate(
            f"{row['learners']} of {row['of']}", (share, y), xytext=(4, 0), va="center",
            size=style.SMALL, textcoords="offset points", annotation_clip=False,
        )  # fmt: skip
    ax.set_xlabel("of all who handed in")
    style.frame(ax, "The most common wrong answers", (), style.FROM_TABLE)
    return ax
