"""Confidence against being right: a reliability diagram."""

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Row, chart
from kit.words import plural

COLUMNS = ("low", "high", "n", "mean_p", "share_right")


def _alt_text(rows):
    if not rows:
        return "Empty reliability diagram: no answer has a confidence yet."
    parts = [
        f"{100 * row['mean_p']:.0f} % sure, {100 * row['share_right']:.0f} % right (n = {row['n']})"
        for row in rows
    ]
    surer = sum(row["mean_p"] > row["share_right"] for row in rows)
    return (
        "Reliability diagram: mean confidence across, share right upwards, with a dashed line "
        f"where both are equal. {'; '.join(parts)}. "
        f"Surer than right in {surer} of {plural(len(rows), 'group')}."
    )


@chart(COLUMNS, alt_text=_alt_text, read=lambda rows: [row for row in rows if row["n"]])
def calibration(rows: list[Row], ax: Axes | None) -> Axes:
    """Draw a reliability diagram: how often answers were right, by how sure one was.

    It takes a DataFrame as teach.measures.confidence makes it: `low`, `high` (edges of the bin),
    `n` answers, `mean_p` (mean confidence) and `share_right`, both 0 to 1; bins without answers
    are left out.

    >>> from teach.measures import confidence
    >>> calibration(confidence.calibration([0.6, 0.9], [1, 0])).get_title()
    'How sure, and how often right: 2 answers'
    """
    ax = style.sheet(ax, (7, 6))
    if not rows:
        why = "No chart: no answer has a confidence yet."
        return style.empty_chart(ax, "Sure and right", why)
    least = 0.5 if all(row["low"] >= 0.5 for row in rows) else 0
    _set_axes(ax, least)
    xs, ys = ([row[name] for row in rows] for name in ("mean_p", "share_right"))
    ax.plot(xs, ys, "o-", color=style.BLUE, linewidth=1.5, markersize=8, gid="answers")
    total = int(sum(row["n"] for row in rows))
    lines = ("Below the line: surer than right. Above it: less sure than right.",)
    title = f"How sure, and how often right: {plural(total, 'answer')}"
    style.frame(ax, title, lines, style.FROM_TABLE)
    taken = style.boxes_of_line(ax, [least, 1], [least, 1]) + style.boxes_of_line(ax, xs, ys)
    for x, y in zip(xs, ys, strict=True):
        taken += style.boxes_of_line(ax, [x, x], [y, y], thickness=12, pieces=1)
    looks = {"size": style.SMALL, "color": style.BLUE}
    for x, y, row in zip(xs, ys, rows, strict=True):
        count = f"n = {int(row['n'])}"
        style.place(ax, count, (x, y), style.AROUND, taken, keep=True, **looks)
    _name_line(ax, least, taken)
    return ax


def _set_axes(ax, least):
    ax.set_xlim(least - 0.03, 1.03)
    ax.set_ylim(-0.05, 1.05)
    ax.set_xlabel("how sure (mean confidence of the group)")
    ax.set_ylabel("share that was right")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
    ax.plot([least, 1], [least, 1], **{**style.DASHED, "zorder": 2})


def _name_line(ax, least, taken):
    """Label the dashed line where there is room."""
    text = "perfect: as often right as sure"
    sides = ((8, -5, "left", "top"), (-8, 5, "right", "bottom"))
    for part in range(17, 2, -1):
        at = least + (1 - least) * part / 20
        if style.place(ax, text, (at, at), sides, taken, size=style.SMALL, color=style.GREY):
            return
