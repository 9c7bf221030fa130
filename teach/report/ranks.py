"""Does the ranking of the texts by the class's scores hang on how the criteria are weighted?"""

import numpy as np
import pandas as pd

from kit import exercises, measures
from kit.measures.ratings import TIE, percent_words
from teach import charts
from teach.report.agreeing import score_columns
from teach.report.gather import MISSING, steps
from teach.report.panel import Panel, empty

RANKS = "Does the ranking hang on the weights?"
FIRM, LOOSE = 0.95, 2 / 3  # shares of all weightings; this kit's own thresholds
SURE = 0.95  # share of the classes drawn anew
DRAWS, AT_ONCE = 400, 100  # classes drawn anew; a hundred at a time bound the memory
METHOD = (
    "All ways to weight the criteria (weights of 0 or more that add up to 1) count as equally "
    "likely. The shares are those of the criterion-weight analysis of SMAA (Lahdelma, Hokkanen and "
    "Salminen 1998). Texts with the same mean share the better rank.",
    "The words are this kit's: first in 95 % of all weightings or more is “does not hang on the "
    "weights”, first in less than two thirds is “whoever sets the weights chooses which”.",
    "A mean is over the learners who scored that text on that criterion. How sure: a bootstrap "
    f"over learners, {DRAWS} classes of the same size drawn from this one. It does not cover the "
    "choice of texts and criteria, and of few learners it says too little of what chance can do.",
)


def ranks(found, k):
    """The Panel on the ranking of the texts; found: a Class; k: the fewest learners behind a mean.

    The class's mean scores go through kit.measures.rank_stability, and so do the experts', if the
    key scores every text on every criterion.
    """
    exercise = _scored(found)
    if not exercise:
        why = "This course has no exercise that scores several texts on several criteria."
        return empty("ranks", RANKS, why)
    columns = score_columns(exercise)
    scores, given = _scores(found.cells[exercise.id][:, :, list(columns)], columns)
    if (given.sum(axis=0) < k).any():
        why = f"Fewer than {k} learners scored each text on each criterion, so no ranking is shown."
        return empty("ranks", RANKS, why)
    means = scores.sum(axis=0) / given.sum(axis=0)
    if np.ptp(means, axis=0).max() < TIE:
        why = "On every criterion all texts have the same mean score, so there is nothing to rank."
        return empty("ranks", RANKS, why)
    table = _ranked(means, exercise)
    leader = table["first_share"].where(table["rank"] == 1).idxmax()
    again = _share_first_again(scores, given, means, leader)
    experts = _experts(found.case, exercise, columns)
    said = [*_first(table, leader), _lower(table), _how_sure(table["name"][leader], again)]
    if experts is not None:
        said.append(_beside(table, experts))
    drawn = table.sort_values("rank", kind="stable")
    return Panel(
        "ranks",
        RANKS,
        tuple(said),
        lambda: charts.ranks(drawn),
        charts.ranks.describe(drawn),
        _numbers(table, experts).loc[drawn.index].reset_index(drop=True),
        "Shares of all weightings, in percent",
        METHOD,
    )


def _scored(found):
    """The first rating of several texts by several criteria on one scale, or None."""
    known = exercises.load(found.case)
    for id in found.cells:
        columns = score_columns(known[id]) if known[id].kind == "rating" else {}
        texts = [row.id for row in known[id].rows if row.id in found.case.texts]
        scales = {steps(column) for column in columns.values()}
        if len(columns) > 1 and len(scales) == 1 and 1 < len(texts) == len(known[id].rows):
            return known[id]
    return None


def _scores(cells, columns):
    """Scores, 0 where there is none, and whether there is one: (learners, texts, criteria)."""
    scale = np.array(steps(next(iter(columns.values()))), dtype=float)
    given = cells != MISSING
    return np.where(given, scale[cells], 0), given


def _ranked(means, exercise):
    """One row a text: its name, mean score and rank under equal weights, and both shares."""
    means = pd.DataFrame(means, index=[row.id for row in exercise.rows])
    table = measures.rank_stability(means)
    mean = measures.weighted(means, [1] * means.shape[1]).to_numpy()
    rank = [1 + int((mean > each + TIE).sum()) for each in mean]
    names = [row.text for row in exercise.rows]
    shares = table[["first_share", "same_rank_share"]].astype(float).round(9)  # 1 is 1
    return pd.DataFrame({"name": names, "mean": mean, "rank": rank}).join(shares)


def _share_first_again(scores, given, means, leader):
    """Share of classes drawn from this one in which the text comes first under equal weights.

    Where nobody in a draw scored a text on a criterion, the mean of the class stands for it.
    """
    both = np.hstack([each.reshape(len(each), -1) for each in (scores, given)])
    rng = np.random.default_rng(0)
    sums = [_drawn(both.astype(np.float32), rng) for _ in range(DRAWS // AT_ONCE)]
    totals, numbers = (each.reshape(-1, *means.shape) for each in np.hsplit(np.vstack(sums), 2))
    drawn = np.where(numbers > 0, totals / numbers.clip(1), means).mean(axis=2)
    return float((drawn[:, leader] >= drawn.max(axis=1) - TIE).mean())


def _drawn(table, rng):
    """Sums of the columns over as many rows, drawn with replacement: (AT_ONCE, columns)."""
    size = len(table)
    rows = rng.integers(size, size=(AT_ONCE, size), dtype=np.int32)
    places = rows + size * np.arange(AT_ONCE)[:, None]
    times = np.bincount(places.ravel(), minlength=AT_ONCE * size).reshape(AT_ONCE, size)
    return (times.astype(np.float32) @ table).astype(float)


def _experts(case, exercise, columns):
    """The same table from the experts' scores, or None where one of them is missing."""
    rows = {row["text_id"]: row for row in (case.key.rows("ratings") if case.key else [])}
    names = [f"{column.id}_score" for column in columns.values()]
    marks = [[rows.get(row.id, {}).get(name, "") for name in names] for row in exercise.rows]
    if any(mark == "" for text in marks for mark in text):
        return None
    return _ranked([[float(mark) for mark in text] for text in marks], exercise)


def _first(table, leader):
    """Which text comes first, and what becomes of that when the weights change."""
    name, share = table["name"][leader], table["first_share"][leader]
    yield f"By the class's mean scores {_leaders(table)} under equal weights."
    if share >= FIRM:
        said = "the first place does not hang on the weights"
    elif share >= LOOSE:
        said = "most weightings keep it first, so the first place hangs on the weights only in part"
    else:
        said = "whoever sets the weights chooses which text comes first"
    yield f"{name} comes first in {percent_words(share)} of all weightings: {said}."
    others = table.drop(index=leader)
    second = others.loc[others["first_share"].idxmax()]
    if second["first_share"] > 0:
        yield f"Next is {second['name']}, first in {percent_words(second['first_share'])}."


def _leaders(table):
    *others, last = table["name"][table["rank"] == 1]
    return (
        f"{', '.join(others)} and {last} come first together" if others else f"{last} comes first"
    )


def _lower(table):
    """What becomes of the rank that holds least."""
    least = table.loc[table["same_rank_share"].idxmin()]
    if least["same_rank_share"] == 1:
        return "Every text keeps its rank in all weightings."
    share = f"{percent_words(least['same_rank_share'])} of all weightings"
    return (
        f"The least firm rank is that of {least['name']}: it stays at {least['rank']} in {share}."
    )


def _how_sure(name, share):
    if share >= SURE:
        said = "other learners like these would very likely put it first, too"
    else:
        said = "with other learners like these another text could well come first"
    return (
        f"How sure: in {percent_words(share)} of {DRAWS} classes drawn anew from these learners "
        f"{name} comes first under equal weights, so {said}."
    )


def _beside(table, experts):
    """Whether the experts' scores put the same text first."""
    if list(table["rank"] == 1) == list(experts["rank"] == 1):
        return f"By the experts' scores, too, {_leaders(experts)} under equal weights."
    return f"By the experts' scores it is not the same: {_leaders(experts)} under equal weights."


def _numbers(table, experts):
    """The table under the picture, in percent; the experts' shares stand beside the class's."""
    shown = table[["name", "rank"]].assign(**{"mean score": table["mean"].round(2)})
    shown = shown.rename(columns={"name": "text"})
    for whose, shares in (("", table), (" by the experts", experts)):
        if shares is not None:
            shown[f"first{whose}"] = (100 * shares["first_share"]).round(1)
            shown[f"keeps its rank{whose}"] = (100 * shares["same_rank_share"]).round(1)
    return shown
