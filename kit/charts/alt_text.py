"""Alt text: what a chart shows, in two to four sentences made from the chart's own table."""

from collections import Counter
from inspect import signature
from itertools import pairwise

from kit.charts import (
    beside,
    class_ratings,
    judged,
    lanes,
    matrix,
    membership,
    order,
    scores,
    whole_class,
    witnesses,
)
from kit.charts.style import many, read


def describe(chart, *tables):
    """Return the alt text of a chart of this module, computed from the same table(s).

    chart: one of the chart functions, such as `timeline`. tables: what the chart takes.
    Raises ValueError, one sentence, for another chart or a table the chart cannot draw.

    >>> import kit
    >>> describe(kit.charts.enlargement, kit.data.load().enlargement)[:56]
    'Step chart of the number of NATO members over the years:'
    """
    name = getattr(chart, "__name__", None)
    if name not in WRITERS:
        names = ", ".join(WRITERS)
        raise ValueError(f"{chart!r} is no chart of kit.charts; name one of {names}.")
    needed = len(signature(WRITERS[name]).parameters)
    if len(tables) != needed:
        raise ValueError(f"The {name} chart takes {many(needed, 'table')}, not {len(tables)}.")
    return WRITERS[name](*tables)


def _enlargement(table):
    rounds, name = membership.rounds_of(table), membership.members_of(table)
    if not rounds:
        return f"Empty chart of {name}: the table holds no member with a date."
    (first, start, _), (last, end, _) = rounds[0], rounds[-1]
    text = (
        f"Step chart of the number of {name} over the years: "
        f"{start} in {first.year}, {end} in {last.year}."
    )
    if len(rounds) == 1:
        return text
    jumps = [(later - now, day) for (_, now, _), (day, later, _) in pairwise(rounds)]
    most, when = max(jumps, key=lambda jump: jump[0])
    each = ", ".join(f"{members} from {day.year}" for day, members, _ in rounds[1:-1])
    steps = f" It only rises, in {len(jumps)} rounds; the largest, in {when.year}, added {most}."
    return text + steps + (f" In between: {each}." if each else "")


def _timeline(tellings, enlargement):
    rows, members = lanes.tellings_of(tellings), _members(enlargement)
    dated = [row for row in rows if row.event or row.told]
    if not dated:
        return "Empty timeline: the table holds no account with a date."
    counts = Counter(row.lane for row in rows)
    each = ", ".join(f"{lane} {count}" for lane, count in counts.items())
    text = f"Timeline with one lane for each of {len(counts)} sources or witnesses, "
    text += f"{many(len(rows), 'account')} in all: {each}."
    return text + members + _years(dated) + _lags(dated) + _doubts(dated)


def _members(enlargement):
    rounds, name = membership.rounds_of(enlargement), membership.members_of(enlargement)
    if not rounds:
        return ""
    (first, start, _), (last, end, _) = rounds[0], rounds[-1]
    return f" Grey steps above show {name}: {start} in {first.year}, {end} in {last.year}."


def _years(rows):
    events = sorted(row.event.known.start.year for row in rows if row.event)
    told = sorted(row.told.known.start.year for row in rows if row.told)
    parts = []
    if events:
        parts.append(f"the events date from {_from_to(events)}")
    if told:
        parts.append(f"they were told, or could first have been told, in {_from_to(told)}")
    return f" {'; '.join(parts).capitalize()}."


def _lags(rows):
    gaps = [row for row in rows if row.lag]
    if not gaps:
        return ""
    gaps.sort(key=lambda row: (row.told.start - row.event.end).days)
    longest, shortest = gaps[-1], gaps[0]
    text = f" The longest time from event to telling is {longest.lag} ({longest.lane})"
    if len(gaps) == 1:
        return text + "."
    return text + f", the shortest {shortest.lag} ({shortest.lane})."


def _doubts(rows):
    """The dates that are unsure or open; of tellings "no earlier than", `_years` speaks already."""
    events = [(row.lane, row.event, any(row.event.is_open)) for row in rows if row.event]
    told = [(row.lane, row.told, row.told.is_open[0]) for row in rows if row.told]
    found = [
        f"{when} ({lane})"
        for lane, when, is_open in [*events, *told]
        if is_open or not when.is_sure
    ]
    return f" Dates that are unsure or open: {'; '.join(found)}." if found else ""


def _from_to(values):
    low, high = values[0], values[-1]
    return f"{low}" if low == high else f"{low} to {high}"


def _profiles(ratings):
    texts = []
    for row in read(ratings, scores.PROFILE_COLUMNS, "profiles"):
        marks = {name: scores.score(row[f"{name}_score"], name) for name in scores.CRITERIA}
        words = ", ".join(
            f"{name} {'not rated' if mark is None else mark}" for name, mark in marks.items()
        )
        if any(mark is not None for mark in marks.values()):
            texts.append(f"{row['text_id']}: {words}")
    if not texts:
        return "Empty chart of scores: no text has a score yet."
    return (
        "Dot chart of six scores a text, each from 0 (nothing) to 4 (most), one column for each of "
        f"{many(len(texts), 'text')}. {'; '.join(texts)}."
    )


def _halo(ratings):
    cells = scores.cells_of(ratings)
    if not cells:
        return "Empty grid of the two Admiralty axes: no text is rated on both yet."
    each = "; ".join(f"{a}{n}: {', '.join(names)}" for (a, n), names in sorted(cells.items()))
    found = scores.halo_of(cells)
    text = (
        "Grid of the two Admiralty axes, source A to F down and information 1 to 6 across, with "
        f"the text names in the cells. {each}. "
    )
    if not found.judged:
        return text + "No text is judged on both axes; F and 6 mean cannot be judged."
    return text + (
        f"On the diagonal, where letter and number say the same: {found.on_diagonal} of "
        f"{found.judged}; F and 6, which mean cannot be judged, left out: {found.left_out}."
    )


def _stances(table):
    cells = matrix.stances_of(table)
    if not any(cells.values()):
        return "Empty stance matrix: no stance has been given yet."
    rows, texts = ({pair[side]: 0 for pair in cells} for side in (0, 1))
    parts = []
    for text in texts:
        counts = Counter(stance for (_, name), stance in cells.items() if name == text)
        words = (f"{word} {counts[word]}" for word in matrix.STANCES if counts[word])
        blank = [f"not answered {counts['']}"] if counts[""] else []
        parts.append(f"{text}: {', '.join([*words, *blank])}")
    return (
        f"Matrix of {many(len(rows), 'proposition')} down and {many(len(texts), 'text')} across, "
        f"each cell saying what the text does. How often: {'; '.join(parts)}."
    )


def _agreement(table):
    rows = read(table, judged.AGREEMENT_COLUMNS, "agreement")
    if not rows:
        return "Empty chart of agreement: the table names nothing that was rated."
    parts = []
    for row in rows:
        value = judged.value_words(row) if judged.is_defined(row) else row["note"] or "undefined"
        parts.append(f"{row['name']}: {value}, {judged.counts(row)}")
    return (
        "Dot chart of Krippendorff's alpha with 95 % intervals, where 1 is full agreement and 0 is "
        "chance; dashed lines mark the customary thresholds 0.667 and 0.800. "
        f"{'; '.join(parts)}."
    )


def _calibration(table):
    rows = [row for row in read(table, judged.CALIBRATION_COLUMNS, "calibration") if row["n"]]
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
        f"Surer than right in {surer} of {many(len(rows), 'group')}."
    )


def _change(table):
    rows = whole_class.changes_of(table)
    if not rows:
        return "Empty chart of changes: no change could be worked out."
    each = "; ".join(f"{row['name']}: {whole_class.interval_words(row)}" for row in rows)
    return (
        "Dot chart of changes from the first test to the second, with 95 % intervals and a dashed "
        f"line at 0, which means no change. {each}."
    )


def _mistakes(table):
    rows = read(table, whole_class.MISTAKE_COLUMNS, "mistakes")
    if not rows:
        return "Empty chart of wrong answers: none was common."
    each = "; ".join(f"{row['name']}: {row['learners']} of {row['of']}" for row in rows)
    return f"Bar chart of the most common wrong answers, as shares of the class. {each}."


WRITERS = {
    "enlargement": _enlargement,
    "timeline": _timeline,
    "profiles": _profiles,
    "halo": _halo,
    "stances": _stances,
    "agreement": _agreement,
    "calibration": _calibration,
    "change": _change,
    "mistakes": _mistakes,
    "two_axes": beside.describe_two_axes,
    "medians": beside.describe_medians,
    "ranks": class_ratings.describe_ranks,
    "pairs": class_ratings.describe_pairs,
    "places": order.describe_places,
    "repeats": witnesses.describe_repeats,
}
