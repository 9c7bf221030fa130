"""Who repeats whom: each telling, and the one person whose word it rests on."""

from typing import NamedTuple

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Rows, chart
from kit.measures import distinct_witnesses
from kit.words import plural

COLUMNS = ("record_id", "told_date", "witness")
NOBODY = "no single witness"
LINES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))  # full, dashed, dotted, dash and dot
READING = (
    "Left: the tellings, from the first told to the last, with the year. Right: on whose word "
    "each rests. One kind of line for each witness."
)


class Repeats(NamedTuple):
    """What is drawn."""

    tellings: list[str]  # in words, in the order in which they were told
    witnesses: list[tuple[list[int], str]]  # their tellings' places, and words about them
    title: str


def repeats_of(rows: Rows) -> Repeats:
    """Return the Repeats of a table."""
    ordered = sorted(
        rows, key=lambda row: (row["told_date"] != "", row["told_date"] and row["told_date"].known)
    )
    names = [row["witness"] for row in ordered]
    witnesses = plural(distinct_witnesses(names), "witness", "witnesses")
    title = f"{plural(len(names), 'telling')}, {witnesses}"
    return Repeats(list(map(_telling, ordered)), witnesses_of(names), title)


def _telling(row):
    """A telling's id and the year it was told; in words what is no plain date.

    >>> from kit.data import span
    >>> [_telling({"record_id": "R1", "told_date": span(day)}) for day in ("2017-06", "2017/..")]
    ['R1 · 2017', 'R1 · no earlier than 2017']
    """
    told = row["told_date"]
    year = told and told.text[:4] if not told or told.is_plain else str(told)
    return f"{row['record_id']} · {year}"


def witnesses_of(names: list[str]) -> list[tuple[list[int], str]]:
    """Return `Repeats.witnesses`, so ordered that lines cross little; "" is nobody's word.

    >>> witnesses_of(["Ann", "", "Ann"])
    [([0, 2], 'Ann: 2 tellings'), ([1], 'no single witness: 1 telling')]
    """
    places: dict[str | int, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name or place, []).append(place)
    ordered = sorted(places.items(), key=lambda item: sum(item[1]) / len(item[1]))
    return [
        (own, f"{name if isinstance(name, str) else NOBODY}: {plural(len(own), 'telling')}")
        for name, own in ordered
    ]


def _alt_text(repeats):
    if not repeats.tellings:
        return "Empty chart of tellings and witnesses: the table holds no telling."
    parts = "; ".join(
        f"{words} ({', '.join(repeats.tellings[place] for place in places)})"
        for places, words in repeats.witnesses
    )
    return (
        "Tellings on the left, in the order in which they were told, each with a line to the "
        f"person on whose word it rests. {repeats.title}. {parts}."
    )


@chart(COLUMNS, alt_text=_alt_text, read=repeats_of)
def repeats(repeats: Repeats, ax: Axes | None) -> Axes:
    """Draw a line from each telling, in the order in which they were told, to its witness.

    It takes a DataFrame, one row a telling, with `record_id`, `told_date` (as kit.data.span reads
    it) and `witness` (missing: on no single person's word, so it stands for itself).

    >>> import pandas
    >>> rows = [["R1", "2017-06", "Ann"], ["R2", "2019", "Ben"], ["R3", "2021", "Ann"]]
    >>> repeats(pandas.DataFrame(rows, columns=COLUMNS)).get_title()
    '3 tellings, 2 witnesses'
    """
    count, witnesses = len(repeats.tellings), repeats.witnesses
    ax = style.sheet(ax, (7.5, 2 + 0.36 * max(2, count)))
    if not count:
        return style.empty_chart(ax, "Tellings", "No chart: the table holds no telling.")
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(count - 0.5, -0.5)
    ax.set_xticks([])
    ax.set_yticks(range(count), repeats.tellings)
    ax.tick_params(axis="y", length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    for number, (places, words) in enumerate(witnesses):
        height = (number + 0.5) * count / len(witnesses) - 0.5
        _witness(ax, number, places, height, words)
    style.frame(ax, repeats.title, (READING,), style.FROM_TABLE)
    return ax


def _witness(ax, number, places, height, words):
    """One witness: its lines, its mark and its name."""
    colour = style.LANE_COLOURS[number % len(style.LANE_COLOURS)]
    line = LINES[number % len(LINES)]
    for place in places:
        ax.plot([0, 1], [place, height], color=colour, linestyle=line, linewidth=1.8)
        ax.plot([0], [place], "o", color=colour, markersize=6, clip_on=False)
    ax.plot([1], [height], "s", color=colour, markersize=9, clip_on=False)
    name = style.wrapped(words, 160, 9, weight="bold")
    style.beside(ax, name, (1, height), (10, 0), weight="bold")
