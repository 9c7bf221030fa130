"""Charts about judgement: agreement between raters, and confidence against being right."""

from kit.charts import style
from kit.charts.labels import boxes_of_line, place, wrapped
from kit.charts.style import look, read

AGREEMENT_COLUMNS = ("name", "alpha", "low", "high", "n_units", "n_raters", "note")
CALIBRATION_COLUMNS = ("low", "high", "n", "mean_p", "share_right")
THRESHOLDS = ((0.667, "tentative", "right"), (0.8, "good", "left"))


@look()
def agreement(table, ax=None):
    """Draw Krippendorff's alpha with its interval, one row a name.

    table: DataFrame with `name`, `alpha`, `low`, `high` (numbers up to 1, missing where
    undefined), `n_units`, `n_raters` and `note` (why alpha is undefined, or a warning; "").
    The dashed lines are Krippendorff's customary thresholds 0.667 and 0.800. Returns the Axes.
    Raises ValueError, one sentence, for a missing column.

    >>> import pandas
    >>> row = ["example class", 0.8, 0.7, 0.9, 30, 25, ""]
    >>> agreement(pandas.DataFrame([row], columns=AGREEMENT_COLUMNS)).get_title()
    'How far raters agree'
    """
    rows = read(table, AGREEMENT_COLUMNS, "agreement")
    ax = style.sheet(ax, (10, max(3, 1.8 + 0.42 * len(rows))))
    if not rows:
        return style.say(ax, "Agreement", "No chart: the table names nothing that was rated.")
    _agreement_axes(ax, rows)
    for y, row in enumerate(rows):
        _interval(ax, y, row)
    ax.set_xlabel("Krippendorff's alpha: 0 is agreement by chance, 1 is full agreement")
    lines = ("Dot: alpha. Line: its 95 % interval. Dashed: customary thresholds.",)
    style.frame(ax, "How far raters agree", lines, style.FROM_TABLE)
    for y, row in enumerate(rows):
        _undefined(ax, y, row)
    return ax


def is_defined(row):
    """Say whether the row has an alpha."""
    return row["alpha"] != ""


def _agreement_axes(ax, rows):
    lows = [row["low"] for row in rows if is_defined(row) and row["low"] != ""]
    ax.set_xlim(min([-0.1, *lows]) - 0.05, 1.05)
    ax.set_ylim(len(rows) - 0.4, -0.9)
    ax.set_yticks(range(len(rows)), [row["name"] for row in rows])
    ax.spines["left"].set_visible(False)
    ax.tick_params(axis="y", length=0)
    ax.axvline(0, color=style.PALE, linewidth=1, zorder=0)
    for value, word, ha in THRESHOLDS:
        ax.axvline(value, color=style.GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
        ax.annotate(
            f"{value:.3f} {word}", (value, -0.9), xytext=(-4 if ha == "right" else 4, 0),
            textcoords="offset points", ha=ha, va="top", size=style.SMALL, color=style.GREY,
        )  # fmt: skip


def _interval(ax, y, row):
    words = counts(row)
    if is_defined(row):
        if row["low"] != "":
            ax.plot([row["low"], row["high"]], [y, y], color=style.BLUE, linewidth=2.2)
        ax.plot([row["alpha"]], [y], "o", color=style.BLUE, markersize=8)
        words = f"{value_words(row)}\n{words}"
    ax.annotate(
        words, (1, y), xycoords=("axes fraction", "data"), xytext=(8, 0), size=style.SMALL,
        textcoords="offset points", ha="left", va="center", annotation_clip=False,
    )  # fmt: skip


def counts(row):
    """Return in words what the agreement rests on."""
    return f"{row['n_units']} units, {row['n_raters']} raters"


def value_words(row):
    """Return alpha and its interval in words, two decimals."""
    if row["low"] == "":
        return f"{row['alpha']:.2f}"
    return f"{row['alpha']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


def _undefined(ax, y, row):
    """Where alpha is undefined, the note stands in place of the dot; else a warning below it."""
    if is_defined(row):
        if row["note"]:
            _note(ax, 0.42, y, row["note"], style.SMALL)
        return
    _note(ax, 0, y, row["note"] or "undefined", 9)


def _note(ax, below, y, note, size):
    width = ax.get_window_extent().width * 72 / ax.get_figure(root=True).dpi
    ax.text(
        0.02, y + below, wrapped(note, 0.9 * width, size), size=size, va="center",
        transform=ax.get_yaxis_transform(), style="italic",
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
    ).set_in_layout(False)  # fmt: skip


@look()
def calibration(table, ax=None):
    """Draw a reliability diagram: how often answers were right, by how sure one was.

    table: DataFrame as kit.measures.calibration makes it: `low`, `high` (edges of the bin),
    `n` answers, `mean_p` (mean confidence) and `share_right`, both 0 to 1; bins without
    answers are left out. Returns the Axes. Raises ValueError, one sentence, for a missing column.

    >>> import kit
    >>> calibration(kit.measures.calibration([0.6, 0.9], [1, 0])).get_title()
    'How sure, and how often right: 2 answers'
    """
    rows = [row for row in read(table, CALIBRATION_COLUMNS, "calibration") if row["n"]]
    ax = style.sheet(ax, (7, 6))
    if not rows:
        return style.say(ax, "Sure and right", "No chart: no answer has a confidence yet.")
    _calibration_axes(ax, rows)
    xs, ys = ([row[name] for row in rows] for name in ("mean_p", "share_right"))
    ax.plot(xs, ys, "o-", color=style.BLUE, linewidth=1.5, markersize=8, gid="answers")
    total = int(sum(row["n"] for row in rows))
    lines = ("Below the line: surer than right. Above it: less sure than right.",)
    title = f"How sure, and how often right: {style.many(total, 'answer')}"
    style.frame(ax, title, lines, style.FROM_TABLE)
    _name_points(ax, xs, ys, rows)
    return ax


def _calibration_axes(ax, rows):
    least = 0.5 if all(row["low"] >= 0.5 for row in rows) else 0
    ax.set_xlim(least - 0.03, 1.03)
    ax.set_ylim(-0.05, 1.05)
    ax.set_xlabel("how sure (mean confidence of the group)")
    ax.set_ylabel("share that was right")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
    ax.plot([least, 1], [least, 1], color=style.GREY, linewidth=1, linestyle=(0, (4, 3)))


def _name_points(ax, xs, ys, rows):
    """Label every point with its count, then the dashed line where there is room."""
    perfect = ax.lines[0].get_xdata()
    taken = [*boxes_of_line(ax, perfect, perfect), *boxes_of_line(ax, xs, ys)]
    taken += [box for x, y in zip(xs, ys, strict=True) for box in _dot(ax, x, y)]
    for x, y, row in zip(xs, ys, rows, strict=True):
        count = f"n = {int(row['n'])}"
        place(ax, count, (x, y), AROUND, taken, keep=True, size=style.SMALL, color=style.BLUE)
    spots = [(perfect[0] + (perfect[1] - perfect[0]) * part / 20) for part in range(17, 2, -1)]
    for at in spots:
        sides = ((8, -5, "left", "top"), (-8, 5, "right", "bottom"))
        text = "perfect: as often right as sure"
        if place(ax, text, (at, at), sides, taken, size=style.SMALL, color=style.GREY):
            return


AROUND = [
    (dx, dy, ha, va)
    for far in (8, 14, 22)
    for dx, dy, ha, va in (
        (far, 0, "left", "center"), (-far, 0, "right", "center"), (0, far, "center", "bottom"),
        (0, -far, "center", "top"), (far, far, "left", "bottom"), (-far, -far, "right", "top"),
        (far, -far, "left", "top"), (-far, far, "right", "bottom"),
    )
]  # fmt: skip


def _dot(ax, x, y):
    return boxes_of_line(ax, [x, x], [y, y], thickness=12, pieces=1)
