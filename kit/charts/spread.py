"""How far a class is apart: of each place on a scale its middle half, beside it one's own mark."""

from typing import Any, NamedTuple

from matplotlib.axes import Axes

from kit.charts import style
from kit.charts.chart import Row, Rows, chart
from kit.words import plural

COLUMNS = ("text_id", "criterion", "scale", "low", "middle", "high", "mine", "editors")
MARKS = COLUMNS[3:]
CELL, BETWEEN = 1.0, 0.42  # widths: of a scale, and from its end to the next
SHORT = 2  # letters of a value that has room in a ring
SIGNS = {"mine": "▲ you.", "editors": "◇ the editors."}
READING = (
    "Bar: where the middle half of those who judged lies. In the ring or above it: their middle. "
    "Left is the least, right the most."
)


class Spread(NamedTuple):
    """What is drawn.

    whose: in words. rows: {text id: {criterion: its row, with the places (0 to 1) of its marks}};
    a place is None where there is no mark.
    """

    whose: str
    rows: dict[str, dict[str, Row]]

    def marked(self, *marks: str) -> dict[str, Row]:
        """The rows that have all these marks, by where they are in words."""
        several = len(self.rows) > 1
        return {
            f"{name} of {style.text_name(text)}" if several else name: row
            for text, rows in self.rows.items()
            for name, row in rows.items()
            if all(row[mark] for mark in marks)
        }

    @property
    def widest(self) -> list[str]:
        """Where the middle half is widest, in words; none where it is one step everywhere."""
        told = self.marked("middle")
        width = {where: row["high"][1] - row["low"][1] for where, row in told.items()}
        most = max(width.values(), default=0)
        return [where for where, each in width.items() if each == most > 0]

    @property
    def own(self) -> tuple[int, int]:
        """How many own marks lie in the middle half, and how many there are beside one."""
        both = self.marked("mine", "middle").values()
        inside = [row["low"][1] <= row["mine"][1] <= row["high"][1] for row in both]
        return sum(inside), len(inside)


def spread_of(table: Rows) -> Spread:
    """Return the Spread of a table; a mark is (word, place from 0 to 1), None where missing."""
    rows: dict[str, dict[str, Row]] = {}
    for row in table:
        steps = _steps(str(row["scale"]))
        marks = {name: _mark(row[name], steps) for name in MARKS}
        rows.setdefault(row["text_id"], {})[row["criterion"]] = marks
    return Spread(table.attrs.get("kit:whose", "A class"), rows)


def _steps(scale):
    """The steps of a scale in words: "0 to 4" or "false · true".

    >>> _steps("0 to 2"), _steps("E · D")
    (['0', '1', '2'], ['E', 'D'])
    """
    low, to, high = scale.partition(" to ")
    return list(map(str, range(int(low), int(high) + 1))) if to else scale.split(" · ")


def _mark(value, steps):
    word = f"{value:g}" if isinstance(value, float) else str(value)
    return (word, steps.index(word) / max(1, len(steps) - 1)) if word and word in steps else None


def _alt_text(spread):
    if not spread.marked("middle"):
        return (
            "Empty chart of a class: there is no line of your class here, or what you decided "
            "is not in it."
        )
    parts = [
        f"{style.text_name(text)}: {'; '.join(_in_words(*pair) for pair in rows.items())}"
        for text, rows in spread.rows.items()
    ]
    return (
        f"Bars on scales. {spread.whose}: of each place the middle half of those who judged. "
        f"{'. '.join(parts)}. {_finding(spread)}."
    )


def _in_words(name, row):
    low, middle, high = (row[mark] and row[mark][0] for mark in MARKS[:3])
    told = f"{name} {middle} ({low} to {high})" if middle else f"{name} hidden"
    others = [
        f"{who} {row[m][0]}" for who, m in (("you", "mine"), ("editors", "editors")) if row[m]
    ]
    return ", ".join([told, *others])


def _finding(spread):
    inside, both = spread.own
    if both:
        are = "lies" if inside == 1 else "lie"
        return f"{inside} of your {plural(both, 'mark')} {are} in the middle half"
    first = spread.widest[:2]
    more = len(spread.widest) - len(first)
    others = f" and {more} more" if more else ""
    return f"furthest apart on {', '.join(first)}{others}" if first else "nowhere apart"


@chart(COLUMNS, alt_text=_alt_text, read=spread_of)
def spread(spread: Spread, ax: Axes | None) -> Axes:
    """Draw how far a class is apart on each scale: a column a text, a row a criterion.

    It takes a DataFrame with `text_id`, `criterion`, `scale` (its steps from the least to the most,
    as "0 to 4" or "false · partly true · true"), `low`, `middle` and `high` (the middle half of the
    class), `mine` and `editors`: steps of the scale, missing allowed. Its attrs may say whose it is
    (`kit:whose`).

    >>> import pandas
    >>> row = ["blog", "Dating", "0 to 4", 1, 2, 3, 4, None]
    >>> spread(pandas.DataFrame([row], columns=COLUMNS)).get_title()
    'A class: 0 of your 1 mark lie in the middle half'
    """
    texts = spread.rows
    names = list(dict.fromkeys(name for rows in texts.values() for name in rows))
    down = len(names) + 1.6
    ax = style.sheet(
        ax, 1.9 + 0.48 * max(3, len(names)), narrow=1.9 + 0.5 * down * max(1, len(texts))
    )
    if not spread.marked("middle"):
        return style.empty_chart(ax, "A class", "No chart: there is no line of a class here yet.")
    is_narrow = style.is_narrow(ax)
    across, down = (0.0, down) if is_narrow else (CELL + BETWEEN, 0.0)
    are_texts = any(text != style.text_name(text) for text in texts)
    _set_axes(ax, names, across * (len(texts) - 1) + CELL, down, len(texts), are_texts)
    looks = style.looks(texts)
    for number, (text, rows) in enumerate(texts.items()):
        left, top = across * number, down * number
        if are_texts:
            style.sign(ax, left + 0.03, top - 0.95, looks[text])
            ax.text(left + 0.12, top - 0.95, style.text_name(text), **NAME)
        for name, row in rows.items():
            _draw(ax, left, top + names.index(name), row, looks[text].colour)
    signs = " ".join(sign for mark, sign in SIGNS.items() if spread.marked(mark))
    title = f"{spread.whose}: {_finding(spread)}"
    style.frame(ax, title, (f"{READING} {signs}".strip(),), style.FROM_TABLE)
    return ax


NAME: dict[str, Any] = {"weight": "bold", "size": 10, "va": "center_baseline"}


def _set_axes(ax, names, right, down, count, named):
    ax.set_xlim(-0.12, right + 0.12)
    ax.set_ylim(down * (count - 1) + len(names) - 0.45, -1.35 if named else -0.8)
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(length=0)
    ax.set_xticks([])
    blocks = range(count if down else 1)
    rows = [down * block + row for block in blocks for row in range(len(names))]
    ax.set_yticks(rows, names * len(blocks))


def _draw(ax, left, y, row, colour):
    """One scale: the bar of the middle half, its middle, and above and below it other marks."""
    ax.plot([left, left + CELL], [y, y], color=style.PALE, linewidth=4, zorder=1)
    if row["middle"]:
        (low, start), (word, place), (high, end) = (row[name] for name in MARKS[:3])
        bar = {"color": colour, "linewidth": 9, "solid_capstyle": "round", "alpha": 0.55}
        ax.plot([left + start, left + end], [y, y], zorder=2, **bar)
        is_short = len(word) <= SHORT
        ring = {"markeredgecolor": colour, "markerfacecolor": "white", "markeredgewidth": 2}
        ax.plot([left + place], [y], "o", markersize=15 if is_short else 9, zorder=3, **ring)
        if is_short:
            looks = {"ha": "center", "va": "center_baseline", "weight": "bold", "size": 9}
            ax.text(left + place, y, word, zorder=4, **looks)
        else:
            ha = "left" if place < 0.3 else "right" if place > 0.7 else "center"
            words = word if low == high else f"{word} ({low} to {high})"
            up = 0.5 if row["editors"] else 0.24
            ax.text(left + place, y - up, words, ha=ha, va="bottom", size=style.SMALL)
    else:
        ax.text(left + CELL / 2, y - 0.12, "hidden", ha="center", color=style.GREY, size=9)
    dark = {"color": style.INK, "markersize": 7, "zorder": 5}
    if row["mine"]:
        ax.plot([left + row["mine"][1]], [y + 0.33], "^", **dark)
    if row["editors"]:
        ax.plot([left + row["editors"][1]], [y - 0.34], "D", markerfacecolor="white", **dark)
