"""Do the learners agree with each other (reliable), and with the experts (valid)?

`indicators.csv` beside this file holds 11 credibility indicators published by Zhang et al. (2018):
`irr`, how far raters agreed, and `r`, the correlation with experts, as tabled in the W3C Credible
Web draft of 26 November 2019. That table was assembled by a crowd and says so itself; the median
IRR of its 28 indicators is 0.371. Other things were asked there of other texts: the numbers are a
backdrop, and no benchmark.
"""

import csv
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from teach import charts
from teach.report.agreeing import TENTATIVE, agreement
from teach.report.experts import KEY, NO_SCORES, criteria
from teach.report.panel import Panel, empty

VALID = "Reliable, valid, both or neither?"
FEWEST_TEXTS = 3  # two points are always on a line
RESAMPLES, GROUPS, SEED = 1000, 1000, 0
SAME = 1e-9  # numbers closer than this are the same
STATED = (
    "Reliable: the learners agree with each other (the whole interval of alpha is above "
    f"{TENTATIVE:.3f}). Valid: across the texts, the class's mean score goes with the experts' "
    "score (the whole interval of their correlation is above 0)."
)
RELIABLE = {"yes": "Reliable", "no": "Not reliable", "unclear": "One cannot tell whether reliable"}
AND_VALID = {
    "yes": "valid (with the experts)",
    "no": "not valid (against the experts)",
    "unclear": "one cannot tell whether with the experts",
}
HEADS = {"agreement": "agreement", "correlation": "correlation", "low": "from", "high": "to"}
ALIKE = "undefined: every learner rated alike, so nothing says how sure one may be"
UNSURE = "undefined: too few learners rated each text to say how sure one may be"
METHOD = (
    "Reliable: Krippendorff's alpha, scores as steps in order; its interval is a bootstrap over "
    "texts. Valid: Pearson's correlation over the texts; its interval (95 %) is a bootstrap over "
    "learners, and in a small class a little too narrow. Alpha is about single learners, the "
    "correlation about their mean: a class can be right on average where its learners differ."
)
PUBLISHED = (
    "Grey: 11 credibility indicators of Zhang et al. (2018), agreement (IRR) and correlation with "
    "experts (r), as tabled in the W3C Credible Web draft of 26 November 2019. That table was "
    "assembled by a crowd and says so itself; the median IRR of its 28 indicators is 0.371. Other "
    "things were asked there of other texts: a backdrop, and no benchmark."
)


class Correlation(NamedTuple):
    """Pearson's r over `texts` texts, with the ends of its 95 % interval over learners.

    All three are None where undefined, and `note` then says why; else it is "".
    """

    r: float | None
    low: float | None
    high: float | None
    texts: int
    note: str


def published():
    """Return the published indicators: a row (dict) of the chart for each.

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


def valid(found, k):
    """The Panel on agreement with each other and with the experts; found: a Class."""
    rated = criteria(found)
    if not rated:
        return empty("valid", VALID, NO_SCORES)
    weights = resampled(found.learners)
    rows = list(filter(None, (_row(each, weights, k) for each in rated)))
    if not rows:
        why = f"Fewer than {k} learners scored the texts, so nothing is shown of them."
        return empty("valid", VALID, why)
    table = pd.DataFrame([*rows, *published()])
    defined = any(row["judged"] for row in rows)
    return Panel(
        "valid",
        VALID,
        tuple(_said(rows)),
        (lambda: charts.two_axes(table)) if defined else None,
        charts.two_axes.describe(table) if defined else "",
        _in_words(table),
        "Agreement with each other, and correlation with the experts with its 95 % interval",
        (METHOD, KEY, PUBLISHED),
    )


def _row(criterion, weights, k):
    """A row of the chart for a criterion, or None where fewer than k learners rated.

    Beside the chart's columns: over how many `texts`; `judged`, (reliable?, valid?) as RELIABLE and
    AND_VALID name it, or () where one is undefined; and `why` it is, in words.
    """
    agreed = agreement(criterion.name, criterion.cells, "ordinal", k)
    if agreed is None:
        return None
    found = correlation(criterion.given, criterion.experts, weights, k)
    undefined = [f"alpha is {agreed['note']}"] if agreed["alpha"] is None else []
    undefined += [f"the correlation with the experts is {found.note}"] if found.note else []
    return {
        "name": criterion.name,
        "group": "class",
        "agreement": agreed["alpha"],
        "correlation": found.r,
        "low": found.low,
        "high": found.high,
        "texts": found.texts,
        "judged": () if undefined else (_beyond(agreed, TENTATIVE), _beyond(found._asdict(), 0)),
        "why": " and ".join(undefined),
    }


def _beyond(found, threshold):
    """Whether a number is above a threshold, by its whole interval: yes, no or unclear."""
    if found["low"] > threshold:
        return "yes"
    return "no" if found["high"] < threshold else "unclear"


def correlation(given, experts, weights, k):
    """Return the Correlation of the class's mean scores with the experts' scores, over the texts.

    given: scores, (learners, texts), nan where missing. experts: (texts,), nan where missing.
    weights: as `resampled` returns them for the class. A text needs k scores, and the experts'.

    >>> given = np.array([[0, 1, 2], [1, 1, 2], [0, 2, 4]] * 4, dtype=float)
    >>> found = correlation(given, np.array([0, 1, 2]), resampled(12), 10)
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
    draws = _correlations(_means(weights @ _in_groups(parts, weights.shape[1])), experts)
    draws = draws[~np.isnan(draws)]
    if len(draws) < RESAMPLES / 2:
        return Correlation(None, None, None, texts, UNSURE)
    low, high = np.quantile(draws, [0.025, 0.975])
    return Correlation(float(_correlations(means, experts)[0]), float(low), float(high), texts, "")


def _undefined(given, means, experts, k):
    """Say in words why there is no correlation; "" if there is one."""
    if len(means) < FEWEST_TEXTS:
        return f"undefined: fewer than {FEWEST_TEXTS} texts have the scores of {k} learners"
    for who, scores in (("the experts' score", experts), ("the class's mean score", means)):
        if np.ptp(scores) < SAME:
            return f"undefined: {who} is {scores[0]:.2g} for every text"
    return ALIKE if (np.nanmin(given, axis=0) == np.nanmax(given, axis=0)).all() else ""


def resampled(learners):
    """How often each learner is drawn in each resample of a class: (RESAMPLES, groups).

    More than GROUPS learners are dealt into that many groups that are drawn as one: the interval
    stays as wide, and takes no more time.
    """
    groups = min(learners, GROUPS)
    drawn = np.random.default_rng(SEED).integers(groups, size=(RESAMPLES, groups))
    drawn += groups * np.arange(RESAMPLES)[:, None]
    counts = np.bincount(drawn.ravel(), minlength=RESAMPLES * groups)
    return counts.reshape(RESAMPLES, groups).astype(float)


def _in_groups(parts, groups):
    """Sums, (groups, columns), of learners dealt into groups like cards; parts: a row for each."""
    rounds = -(-len(parts) // groups)
    padded = np.zeros((rounds * groups, parts.shape[1]))
    padded[: len(parts)] = parts
    return padded.reshape(rounds, groups, -1).sum(axis=0)


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


def _said(rows):
    """The sentences: what the words mean, who is where, what is undefined, how sure one may be."""
    yield STATED
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


def _in_words(table):
    """The table of the page."""
    digits = [2 if group == "class" else 3 for group in table["group"]]
    numbers = {
        head: [_number(*each) for each in zip(table[name], digits, table["group"], strict=True)]
        for name, head in HEADS.items()
    }
    asked = table["group"].map({"class": "this class", "published": "published"})
    return pd.DataFrame({"criterion": table["name"], "asked of": asked, **numbers})


def _number(value, digits, group):
    if pd.isna(value):
        return "undefined" if group == "class" else "–"
    return f"{value:.{digits}f}".replace("-", "−")
