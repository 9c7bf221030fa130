"""The chart of who repeats whom: each telling, and the one person whose word it rests on."""

from kit.charts import style
from kit.charts.labels import wrapped
from kit.charts.style import look, many, read
from kit.data import span
from kit.measures import distinct_witnesses

REPEAT_COLUMNS = ("record_id", "told_date", "witness")
NOBODY = "no single witness"
LINES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))  # full, dashed, dotted, dash and dot


@look()
def repeats(table, ax=None):
    """Draw a line from each telling, in the order in which they were told, to its witness.

    table: DataFrame, one row a telling, with `record_id`, `told_date` (as kit.data.span reads
    it) and `witness` (missing: on no single person's word, so it stands for itself). Returns
    the Axes. Raises ValueError, one sentence, for a missing column.

    >>> import pandas
    >>> told = [["R1", "2017-06", "Ann"], ["R2", "2019", "Ben"], ["R3", "2021", "Ann"]]
    >>> repeats(pandas.DataFrame(told, columns=REPEAT_COLUMNS)).get_title()
    '3 tellings, 2 witnesses'
    """
    rows = tellings_of(table)
    ax = style.sheet(ax, (7.5, 2 + 0.36 * max(2, len(rows))))
    if not rows:
        return style.say(ax, "Tellings", "No chart: the table holds no telling.")
    ax.set_xlim(-0.02, 1.02)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.set_xticks([])
    ax.set_yticks(range(len(rows)), [telling_words(row) for row in rows])
    ax.tick_params(axis="y", length=0)
    ax.spines[["left", "bottom"]].set_visible(False)
    witnesses = witnesses_of(rows)
    for number, (places, words) in enumerate(witnesses):
        height = (number + 0.5) * len(rows) / len(witnesses) - 0.5
        _witness(ax, number, places, height, words)
    style.frame(ax, title_of(rows), (READING,), style.FROM_TABLE)
    return ax


READING = (
    "Left: the tellings, from the first told to the last, with the year. Right: on whose word "
    "each rests. One kind of line for each witness."
)


def tellings_of(table):
    """Return the tellings (list of dict) in the order in which they were told."""
    return sorted(read(table, REPEAT_COLUMNS, "repeats"), key=_first_told)


def _first_told(row):
    return (row["told_date"] != "", row["told_date"] and span(row["told_date"]).known)


def telling_words(row):
    """Return a telling's id and the year it was told; in words what is no plain date.

    >>> telling_words({"record_id": "R1", "told_date": "2017-06"})
    'R1 · 2017'
    >>> telling_words({"record_id": "R1", "told_date": "2017-06/.."})
    'R1 · no earlier than June 2017'
    """
    told = row["told_date"]
    plain = not told or span(told).is_plain
    return f"{row['record_id']} · {told[:4] if plain else span(told)}"


def witnesses_of(rows):
    """Return (places of the tellings, words) of each witness, so ordered that lines cross little.

    >>> told = {"A": "Ann", "B": "", "C": "Ann"}
    >>> witnesses_of([{"record_id": id, "witness": name} for id, name in told.items()])
    [([0, 2], 'Ann: 2 tellings'), ([1], 'no single witness: 1 telling')]
    """
    places = {}
    for place, row in enumerate(rows):
        places.setdefault(row["witness"] or place, []).append(place)
    ordered = sorted(places.items(), key=lambda item: sum(item[1]) / len(item[1]))
    return [
        (found, f"{name if isinstance(name, str) else NOBODY}: {many(len(found), 'telling')}")
        for name, found in ordered
    ]


def title_of(rows):
    """Return how many tellings there are, and how many witnesses."""
    witnesses = distinct_witnesses(row["witness"] for row in rows)
    told = many(len(rows), "telling")
    return f"{told}, {'1 witness' if witnesses == 1 else f'{witnesses} witnesses'}"


def _witness(ax, number, places, height, words):
    """One witness: its lines, its mark and its name."""
    colour = style.LANE_COLOURS[number % len(style.LANE_COLOURS)]
    for place in places:
        line = LINES[number % len(LINES)]
        ax.plot([0, 1], [place, height], color=colour, linestyle=line, linewidth=1.8)
        ax.plot([0], [place], "o", color=colour, markersize=6, clip_on=False)
    ax.plot([1], [height], "s", color=colour, markersize=9, clip_on=False)
    ax.annotate(
        wrapped(words, 160, 9, weight="bold"), (1, height), xytext=(10, 0), va="center",
        textcoords="offset points", weight="bold", annotation_clip=False,
    )  # fmt: skip


def describe_repeats(table):
    """Return the alt text of `repeats`, from the same table."""
    rows = tellings_of(table)
    if not rows:
        return "Empty chart of tellings and witnesses: the table holds no telling."
    each = "; ".join(
        f"{words} ({', '.join(telling_words(rows[place]) for place in places)})"
        for places, words in witnesses_of(rows)
    )
    return (
        "Tellings on the left, in the order in which they were told, each with a line to the "
        f"person on whose word it rests. {title_of(rows)}. {each}."
    )
