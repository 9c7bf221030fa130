"""What do the ratings hang on: on each other (halo), on the weights, on the order of the texts?"""

from typing import NamedTuple

import numpy as np
import pandas as pd

from kit import exercises, measures
from kit.charts.halo import INFORMATION, SOURCES
from kit.exercises.kinds.rating import values_of
from kit.measures.ratings import TIE, percent_words
from kit.measures.suppression import safe_count
from kit.words import minus
from teach import charts
from teach.measures.bootstrap import resampled_sums
from teach.measures.class_effects import OrderEffect, order_effect
from teach.report.gather import MISSING, ClassAnswers, scores_of
from teach.report.page import Finding, panel

LETTERS, NUMBERS = list(SOURCES), list(INFORMATION)  # of both axes, the last mark judges nothing
FIRM, LOOSE = 0.95, 2 / 3  # shares of all weightings; this kit's own thresholds
SURE = 0.95  # share of the classes drawn anew
DRAWS = 400  # classes drawn anew


# Do the learners rate two things as one: the source and the information?


@panel
def halo(answers: ClassAnswers, k: int) -> Finding | str:
    """The two Admiralty axes of the ratings.

    A count in the grid may be shown if it and its rest, among all learners and among those who
    judged on both axes, are no few.
    """
    letters, numbers = _axes(answers)
    top = len(LETTERS) - 1
    judged = (letters != MISSING) & (numbers != MISSING) & (letters < top) & (numbers < top)
    judges = int(judged.any(axis=1).sum())
    if judges < k:
        return f"Fewer than {k} learners judged a text on both axes, so nothing is shown of them."
    marks = [LETTERS[n] for n in letters[judged]], [NUMBERS[n] for n in numbers[judged]]
    share = measures.halo(*marks).share or 0.0
    of = safe_count(judges, answers.learners, k)
    sentences = [
        f"{100 * share:.0f} % of the ratings of {of} learners say the same with letter and "
        "number (A1, B2, C3, D4, E5).",
        "Published for comparison: 87 % of over 1,400 reports were A1, B2 or C3 (Baker 1968), "
        "which is not quite the same measure. By chance 1 in 5 would be on the diagonal of the "
        "5 × 5 marks that are judged.",
    ]
    grid = _grid(letters, numbers, judges, k)
    if grid[NUMBERS].isna().all(axis=None):
        none = f"No pair was used by {k} learners or more whose number could be shown."
        return Finding([*sentences, none])
    return Finding(sentences, charts.pairs, grid, grid)


def _axes(answers):
    """The letters and the numbers given, each (learners, texts), as places on their scales."""
    known = exercises.load(answers.case)
    for id, cells in answers.cells.items():
        columns = {column.id: n for n, column in enumerate(known[id].columns)}
        if columns.keys() >= set(exercises.AXES):
            places = [columns[axis] for axis in exercises.AXES]
            scales = [list(map(str, known[id].columns[place].values)) for place in places]
            if scales == [LETTERS, NUMBERS]:
                return [cells[:, :, place] for place in places]
    return [np.empty((0, 0), int)] * 2


def _grid(letters, numbers, judges, k):
    """The table of the chart: how many learners used each pair, <NA> where that is hidden."""
    given = (letters != MISSING) & (numbers != MISSING)
    size = len(LETTERS) * len(NUMBERS)
    pair = letters[given] * len(NUMBERS) + numbers[given]
    once = np.unique(np.nonzero(given)[0] * size + pair)  # one learner, one pair
    counts = np.bincount(once % size, minlength=size).reshape(len(LETTERS), -1)
    shown = _may_be_shown(counts, (len(letters), judges), given.size, k)
    table = pd.DataFrame(counts, columns=NUMBERS).astype("Int64").where(shown)
    table.insert(0, "source", LETTERS)
    return table


def _may_be_shown(counts, totals, places, k):
    """Tell for each count whether neither it nor a rest tells of fewer than k learners.

    totals: learners in all, and those said to have judged. places: answers there could be; if all
    but a few of them were among the counts, the few would be known, so the smallest count goes.
    """
    shown = counts >= k
    for total in totals:
        shown &= ~((total - k < counts) & (counts < total))
    if 0 < places - counts[shown].sum() < k:
        shown &= counts > counts[shown].min()
    return shown


# Does the ranking of the texts by the class's scores hang on how the criteria are weighted?


@panel
def ranks(answers: ClassAnswers, k: int) -> Finding | str:
    """The ranking of the texts, by mean scores of k learners at least.

    These go through kit.measures.rank_stability, and so do the experts' scores, if the key scores
    every text on every criterion.
    """
    scores = _of_several(answers)
    if not scores:
        return "This course has no exercise that scores several texts on several criteria."
    number = (~np.isnan(scores.given)).sum(axis=0)
    if (number < k).any():
        few = f"Fewer than {k} learners"
        return f"{few} scored each text on each criterion, so no ranking is shown."
    means = np.nansum(scores.given, axis=0) / number
    if np.ptp(means, axis=0).max() < TIE:
        return "On every criterion all texts have the same mean score, so there is nothing to rank."
    table = _ranked(means, scores.exercise)
    leader = table["first_share"].where(table["rank"] == 1).idxmax()
    again = _share_first_again(scores.given, means, leader)
    experts = None if np.isnan(scores.experts).any() else _ranked(scores.experts, scores.exercise)
    drawn = table.sort_values("rank", kind="stable")
    return Finding(
        [
            *_first(table, leader),
            _lower(table),
            _how_sure(table["name"][leader], again),
            *_beside(table, experts),
        ],
        charts.ranks,
        drawn,
        _in_percent(table, experts).loc[drawn.index].reset_index(drop=True),
        {"draws": DRAWS},
    )


def _of_several(answers):
    """The Scores of the first rating of several texts by several criteria on one scale, or None."""
    for scores in scores_of(answers):
        texts = [row.id for row in scores.exercise.rows if row.id in answers.case.texts]
        scales = {values_of(column) for column in scores.columns}
        one_scale = len(scores.columns) > 1 and len(scales) == 1
        if one_scale and 1 < len(texts) == len(scores.exercise.rows):
            return scores
    return None


def _ranked(means, exercise):
    """One row a text: its name, mean score and rank under equal weights, and both shares."""
    means = pd.DataFrame(means, index=[row.id for row in exercise.rows])
    table = measures.rank_stability(means)
    mean = measures.weighted(means, dict.fromkeys(means, 1)).to_numpy()
    rank = [1 + int((mean > each + TIE).sum()) for each in mean]
    names = [row.text for row in exercise.rows]
    shares = table[["first_share", "same_rank_share"]].astype(float).round(9)  # 1 is 1
    return pd.DataFrame({"name": names, "mean": mean, "rank": rank}).join(shares)


def _share_first_again(given, means, leader):
    """Share of classes drawn from this one in which the text comes first under equal weights.

    Where nobody in a draw scored a text on a criterion, the mean of the class stands for it.
    """
    flat = given.reshape(len(given), -1)
    sums = np.hsplit(resampled_sums(np.hstack([np.nan_to_num(flat), ~np.isnan(flat)]), DRAWS), 2)
    totals, numbers = (part.reshape(-1, *means.shape) for part in sums)
    drawn = np.where(numbers > 0, totals / numbers.clip(1), means).mean(axis=2)
    return float((drawn[:, leader] >= drawn.max(axis=1) - TIE).mean())


def _first(table, leader):
    """Which text comes first, and what becomes of that when the weights change."""
    name, share = table["name"][leader], table["first_share"][leader]
    yield f"By the class's mean scores {_leaders(table)} under equal weights."
    if share >= FIRM:
        verdict = "the first place does not hang on the weights"
    elif share >= LOOSE:
        verdict = (
            "most weightings keep it first, so the first place hangs on the weights only in part"
        )
    else:
        verdict = "whoever sets the weights chooses which text comes first"
    yield f"{name} comes first in {percent_words(share)} of all weightings: {verdict}."
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
        verdict = "other learners like these would very likely put it first, too"
    else:
        verdict = "with other learners like these another text could well come first"
    return (
        f"How sure: in {percent_words(share)} of {DRAWS} classes drawn anew from these learners "
        f"{name} comes first under equal weights, so {verdict}."
    )


def _beside(table, experts):
    """Whether the experts' scores, if there are all of them, put the same text first."""
    if experts is not None:
        same = list(table["rank"] == 1) == list(experts["rank"] == 1)
        but = ", too," if same else " it is not the same:"
        yield f"By the experts' scores{but} {_leaders(experts)} under equal weights."


def _in_percent(table, experts):
    """The table under the picture, in percent; the experts' shares stand beside the class's."""
    shown = table[["name", "rank"]].assign(**{"mean score": table["mean"].round(2)})
    shown = shown.rename(columns={"name": "text"})
    for whose, shares in (("", table), (" by the experts", experts)):
        if shares is not None:
            shown[f"first{whose}"] = (100 * shares["first_share"]).round(1)
            shown[f"keeps its rank{whose}"] = (100 * shares["same_rank_share"]).round(1)
    return shown


# Does it matter for the rating of a text which one was met first?


class _Rated(NamedTuple):
    """What was rated, by how many learners in words, and the effect of the order."""

    name: str
    learners: str
    effect: OrderEffect


@panel
def order(answers: ClassAnswers, k: int) -> Finding | str:
    """What the place of a text does to its rating."""
    scored = [
        scores
        for scores in scores_of(answers)
        if {row.id for row in scores.exercise.rows} <= answers.case.texts.keys()
    ]
    if not scored:
        return "This course has no exercise in which its texts are scored."
    rated = [_rated(answers, scores, k) for scores in scored]
    rated = [each for each in rated if each.effect.learners >= k]
    if not rated:
        return (
            f"Fewer than {k} learners rated texts that they met in an order drawn from their code, "
            "which is recorded only where the code was chosen before the texts were met."
        )
    rows = [row for each in rated for row in _rows(each, k)]
    table = pd.DataFrame(rows, columns=charts.places.columns[0])
    names = {"name": "rated", "value": "points above or below", "low": "from", "high": "to"}
    return Finding(
        map(_effect_in_words, rated),
        charts.places if rows else None,
        table[table["name"] == rows[0][0]] if rows else None,
        table.rename(columns=names) if rows else None,
    )


def _rated(answers, scores, k):
    """Measure the mean score of each text, where all its scores are given, by its place."""
    texts = list(answers.case.texts)
    places = answers.places[:, [texts.index(row.id) for row in scores.exercise.rows]]
    effect = order_effect(scores.given.mean(axis=2), places)
    raters = int((~np.isnan(scores.given)).any(axis=(1, 2)).sum())
    known = safe_count(raters, answers.learners, k) == f"{raters:,}"
    # Neither the class nor all raters may give the rest away.
    number = safe_count(effect.learners, raters if known else answers.learners, k)
    scale = values_of(scores.columns[0])
    return _Rated(f"{scores.exercise.title} ({scale[0]} to {scale[-1]})", number, effect)


def _rows(rated, k):
    """The rows of the chart: places at which enough learners rated a text."""
    places = zip(rated.effect.places, rated.effect.rated, strict=True)
    for place, (mean, number) in enumerate(places, start=1):
        if number >= k and mean.value is not None:
            yield (rated.name, place, *(round(value, 2) + 0.0 for value in mean))  # never -0.0


def _effect_in_words(rated):
    name, slope, effect = rated.name, rated.effect.slope, rated.effect
    if effect.note:
        return f"{name}: the effect of the order is {effect.note}."
    what = "no effect of the order can be told"
    if slope.low > 0 or slope.high < 0:
        what = f"texts met earlier were rated {'lower' if slope.low > 0 else 'higher'}"
    each, low, high = (minus(f"{value:+.2f}") for value in slope)
    return (
        f"{name}: {what}. For each place later the rating changes by {each} points (95 % interval "
        f"from {low} to {high}). It rests on {rated.learners} learners."
    )
