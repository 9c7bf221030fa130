"""Do the learners agree with each other (reliable), and with the experts (valid)?

The experts are the editors of the course: one key, of which each answer is one reading.

`indicators.csv` beside this file holds 11 credibility indicators published by Zhang et al. (2018):
`irr`, how far raters agreed, and `r`, the correlation with experts, as tabled in the W3C Credible
Web draft of 26 November 2019. That table was assembled by a crowd and says so itself; the median
IRR of its 28 indicators is 0.371. Other things were asked there of other texts: the numbers are a
backdrop, and no benchmark.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from kit import exercises
from kit.measures.suppression import safe_count
from kit.words import minus
from teach import charts
from teach.charts.agreement import GOOD, TENTATIVE
from teach.charts.medians import FAR
from teach.measures.bootstrap import estimate, resampled_sums
from teach.measures.krippendorff import alpha
from teach.report.gather import MISSING, ClassAnswers, scores_of
from teach.report.page import Finding, panel

FEWEST_TEXTS = 3  # two points are always on a line
RESAMPLES, GROUPS = 1000, 1000
SAME = 1e-9  # numbers closer than this are the same
NO_SCORES = "This course has no experts' scores to compare ratings with."
RELIABLE = {"yes": "Reliable", "no": "Not reliable", "unclear": "One cannot tell whether reliable"}
AND_VALID = {
    "yes": "valid (with the experts)",
    "no": "not valid (against the experts)",
    "unclear": "one cannot tell whether with the experts",
}
ALIKE = "undefined: every learner rated alike, so nothing says how sure one may be"
UNSURE = "undefined: too few learners rated each text to say how sure one may be"
MOST_NAMED = 3  # places that are named in a sentence


class Correlation(NamedTuple):
    """Pearson's r over `texts` texts, with the ends of its 95 % interval over learners.

    All three are None where undefined, and `note` then says why; else it is "".
    """

    r: float | None
    low: float | None
    high: float | None
    texts: int
    note: str


# Do they agree, and does it mean anything?


@panel
def agreeing(answers: ClassAnswers, k: int) -> Finding | str:
    """Krippendorff's alpha of all that was rated."""
    rows = [row for row in _agreements(answers, k) if row]
    if not rows:
        return f"Fewer than {k} learners rated the same things, so nothing is shown of them."
    table = pd.DataFrame(rows)
    names = {"name": "rated", "n_units": "units", "n_raters": "learners"}
    return Finding(
        map(_alpha_in_words, rows[:3]),
        charts.agreement,
        table,
        table.drop(columns="n_values").rename(columns=names).round(2),
    )


def _agreements(answers, k):
    """The rows of the chart: all scores together, each matrix, then criterion by criterion."""
    known, scored = exercises.load(answers.case), scores_of(answers)
    for each in scored:
        if len(each.columns) > 1:
            yield agreement(f"{each.exercise.title}: all scores", each.given, "ordinal", k)
    for id, cells in answers.cells.items():
        if known[id].kind == "matrix":
            labels = np.where(cells == MISSING, np.nan, cells)
            yield agreement(known[id].title, labels, "nominal", k)
    for each in scored:
        for n, column in enumerate(each.columns if len(each.exercise.rows) > 1 else ()):
            yield agreement(column.text, each.given[..., [n]], "ordinal", k)


def agreement(name: str, ratings: np.ndarray, level: str, k: int) -> dict[str, Any] | None:
    """Return a row of the chart, or None where fewer than k learners rated.

    ratings: (learners, rows, columns), nan where missing. level: nominal or ordinal.
    """
    given = ratings[~np.isnan(ratings).all(axis=(1, 2))]
    if len(given) < k:
        return None
    found = alpha(given.reshape(len(given), -1), level)
    raters = safe_count(found.n_raters, len(ratings), k)
    return {"name": name, **found._asdict(), "n_raters": raters}


def _alpha_in_words(row):
    name, alpha = row["name"], row["alpha"]
    if alpha is None:
        return f"{name}: alpha is {row['note']}."
    interval = minus(f"{alpha:.2f}, from {row['low']:.2f} to {row['high']:.2f}")
    if row["low"] >= GOOD:
        verdict = "they agree well"
    elif row["low"] >= TENTATIVE:
        verdict = "they agree well enough for tentative conclusions"
    elif row["high"] < TENTATIVE:
        verdict = "they do not agree enough to conclude from it"
    else:
        verdict = "one cannot tell whether they agree enough"
    return f"{name}: alpha is {interval}: {verdict}."


# Reliable, valid, both or neither?


@panel
def valid(answers: ClassAnswers, k: int) -> Finding | str:
    """Agreement with each other, and with the experts."""
    criteria = list(_criteria(answers))
    if not criteria:
        return NO_SCORES
    rows = [row for row in (_row(*criterion, k) for criterion in criteria) if row]
    if not rows:
        return f"Fewer than {k} learners scored the texts, so nothing is shown of them."
    table = pd.DataFrame([*rows, *published()])
    return Finding(
        _verdicts(rows),
        charts.two_axes if any(row["judged"] for row in rows) else None,
        table,
        _with_published(table),
    )


def _criteria(answers) -> Iterator[tuple[str, list[str], np.ndarray, np.ndarray]]:
    """Yield each score of several texts that the experts gave, too.

    Its name; the names of the texts; the learners' scores, (learners, texts); the experts'.
    """
    for exercise, columns, given, experts in scores_of(answers):
        for n, column in enumerate(columns if len(exercise.rows) > 1 else ()):
            if not np.isnan(experts[:, n]).all():
                texts = [row.text for row in exercise.rows]
                yield column.text, texts, given[..., n], experts[:, n]


def _row(name, _, given, experts, k):
    """A row of the chart for a criterion, or None where fewer than k learners rated.

    Beside the chart's columns: over how many `texts`; `judged`, (reliable?, valid?) as RELIABLE and
    AND_VALID name it, or () where one is undefined; and `why` it is, in words.
    """
    agreed = agreement(name, given[..., None], "ordinal", k)
    if agreed is None:
        return None
    found = correlation(given, experts, k)
    undefined = [f"alpha is {agreed['note']}"] if agreed["alpha"] is None else []
    undefined += [f"the correlation with the experts is {found.note}"] if found.note else []
    judged = () if undefined else (_beyond(agreed, TENTATIVE), _beyond(found._asdict(), 0))
    return {
        "name": name,
        "group": "class",
        "agreement": agreed["alpha"],
        "correlation": found.r,
        "low": found.low,
        "high": found.high,
        "texts": found.texts,
        "judged": judged,
        "why": " and ".join(undefined),
    }


def _beyond(interval, threshold):
    """Whether a number is above a threshold, by its whole interval: yes, no or unclear."""
    if interval["low"] > threshold:
        return "yes"
    return "no" if interval["high"] < threshold else "unclear"


def correlation(given: np.ndarray, experts: np.ndarray, k: int) -> Correlation:
    """Return the Correlation of the class's mean scores with the experts' scores, over the texts.

    given: scores, (learners, texts), nan where missing. experts: (texts,), nan where missing.
    A text needs k scores, and the experts'.

    >>> given = np.array([[0, 1, 2], [1, 1, 2], [0, 2, 4]] * 4, dtype=float)
    >>> found = correlation(given, np.array([0, 1, 2]), 10)
    >>> round(found.r, 3), found.texts, found.low <= found.r <= found.high
    (0.997, 3, True)
    """
    is_given = ~np.isnan(given)
    used = (is_given.sum(axis=0) >= k) & ~np.isnan(experts)
    texts, experts = int(used.sum()), experts[used]
    parts = np.hstack([is_given[:, used], np.where(is_given, given, 0)[:, used]])
    means = _means(parts.sum(axis=0)[None])
    if note := _undefined(given[:, used], means[0], experts, k):
        return Correlation(None, None, None, texts, note)
    draws = _correlations(_means(resampled_sums(parts, RESAMPLES, most=GROUPS)), experts)
    if np.isnan(draws).sum() > RESAMPLES / 2:
        return Correlation(None, None, None, texts, UNSURE)
    return Correlation(*estimate(_correlations(means, experts)[0], draws), texts, "")


def _undefined(given, means, experts, k):
    """Say in words why there is no correlation; "" if there is one."""
    if len(means) < FEWEST_TEXTS:
        return f"undefined: fewer than {FEWEST_TEXTS} texts have the scores of {k} learners"
    for who, marks in (("the experts' score", experts), ("the class's mean score", means)):
        if np.ptp(marks) < SAME:
            return f"undefined: {who} is {marks[0]:.2g} for every text"
    return ALIKE if (np.nanmin(given, axis=0) == np.nanmax(given, axis=0)).all() else ""


def _means(sums):
    """Mean scores, (n, texts), of sums of (scores given, scores), (n, 2 × texts); nan for none."""
    number, total = np.hsplit(sums, 2)
    return np.divide(total, number, out=np.full(total.shape, np.nan), where=number > 0)


def _correlations(means, experts):
    """Pearson's r of each row of means with the experts' scores; nan where nothing varies."""
    across = means - means.mean(axis=1, keepdims=True)
    apart = experts - experts.mean()
    spread = np.sqrt((across**2).sum(axis=1) * (apart**2).sum())
    return np.divide(across @ apart, spread, out=np.full(len(means), np.nan), where=spread > SAME)


def published() -> list[dict[str, Any]]:
    """Return the published indicators: a row of the chart for each.

    >>> len(published()), published()[0]["name"], published()[0]["correlation"]
    (11, 'clickbait title', -0.709)
    """
    with Path(__file__).with_name("indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        {"name": row["indicator"], "group": "published"}
        | {"agreement": float(row["irr"]), "correlation": float(row["r"])}
        for row in rows
    ]


def _verdicts(rows):
    """The sentences: what the words mean, who is where, what is undefined, how sure one may be."""
    yield (
        "Reliable: the learners agree with each other (the whole interval of alpha is above "
        f"{TENTATIVE:.3f}). Valid: across the texts, the class's mean score goes with the experts' "
        "score (the whole interval of their correlation is above 0)."
    )
    for judged in dict.fromkeys(row["judged"] for row in rows if row["judged"]):
        names = ", ".join(row["name"] for row in rows if row["judged"] == judged)
        yield f"{RELIABLE[judged[0]]}; {AND_VALID[judged[1]]}: {names}."
    for why in dict.fromkeys(row["why"] for row in rows if row["why"]):
        yield f"{', '.join(row['name'] for row in rows if row['why'] == why)}: {why}."
    texts = sorted({row["texts"] for row in rows if row["judged"]})
    if texts:
        over = f"{texts[0]} texts" if len(texts) == 1 else f"{texts[0]} to {texts[-1]} texts"
        yield (
            f"The correlations are over {over}: over so few, one can be high by chance. The "
            "interval tells how much hangs on which learners were asked, and not on which texts "
            "they read; more learners do not cure that."
        )


def _with_published(table):
    """The table of the page."""
    heads = {"agreement": "agreement", "correlation": "correlation", "low": "from", "high": "to"}
    numbers = {
        head: [_number(*each) for each in zip(table[name], table["group"], strict=True)]
        for name, head in heads.items()
    }
    asked = table["group"].map({"class": "this class", "published": "published"})
    return pd.DataFrame({"criterion": table["name"], "asked of": asked, **numbers})


def _number(value, group):
    missing, digits = ("undefined", 2) if group == "class" else ("–", 3)
    return missing if pd.isna(value) else minus(f"{value:.{digits}f}")


# The class's median scores beside the experts'


@panel
def experts(answers: ClassAnswers, k: int) -> Finding | str:
    """The class's scores beside the experts'."""
    criteria = list(_criteria(answers))
    if not criteria:
        return NO_SCORES
    rows = [
        (name, text, np.median(marks) if len(marks) >= k else None, score)
        for name, texts, given, scores in criteria
        for text, column, score in zip(texts, given.T, scores, strict=True)
        for marks in [column[~np.isnan(column)]]
        if not np.isnan(score)
    ]
    table = pd.DataFrame(rows, columns=charts.medians.columns[0])
    shown = table.dropna()
    if shown.empty:
        return f"Fewer than {k} learners scored the same text, so nothing is shown of them."
    steps_apart = table["median"] - table["experts"]
    apart = [pd.NA if pd.isna(n) else minus(f"{n:+g}").replace("+0", "0") for n in steps_apart]
    return Finding(
        _compared(shown),
        charts.medians,
        table,
        table.assign(difference=apart).rename(columns={"median": "class, median"}),
    )


def _compared(shown):
    """The sentences; shown: the rows of the chart that have a median."""
    apart = shown["median"] - shown["experts"]
    near = int((apart.abs() <= 1).sum())
    yield (
        f"In {near} of {len(shown)} places the median score of the class is within one step of the "
        "experts' score."
    )
    far = apart.abs().max()
    if far == 0:
        yield "It is the same in all of them."
        return
    by = "1 step" if far == 1 else f"{far:g} steps"
    yield f"It is farthest off, by {by}, for {_some(shown[apart.abs() == far])}."
    above, below = int((apart >= FAR).sum()), int((apart <= -FAR).sum())
    if above or below:
        yield f"By {FAR} steps or more it is above the experts in {above}, below in {below}."


def _some(rows):
    """The first places, and how many more there are."""
    names = [
        f"{criterion} of {text} (class {median:g}, experts {score:g})"
        for criterion, text, median, score in rows.itertuples(index=False)
    ]
    more = [f"{len(names) - MOST_NAMED} more"] if len(names) > MOST_NAMED else []
    named = [*names[:MOST_NAMED], *more]
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))
