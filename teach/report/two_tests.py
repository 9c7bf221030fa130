"""What the two short tests say of a class: did it get sharper, and is its trust well placed?"""

import numpy as np
import pandas as pd

from kit import measures
from kit.measures.suppression import hide_small, safe_count
from kit.words import minus
from teach import charts
from teach.measures.class_effects import POWER_OF_25, class_change
from teach.measures.confidence import CERTAINTY_MARKS, calibration
from teach.report.gather import MISSING, TESTS, ClassAnswers, statements
from teach.report.page import Finding, panel

VERDICTS = {
    "sharper": "The class got sharper: it tells true from false better than before.",
    "less sharp": "The class got less sharp: it tells true from false worse than before.",
    "only more suspicious": "The class became only more suspicious: it says “false” more readily "
    "to true and to false statements alike. That it tells them apart better cannot be shown.",
    "only more trusting": "The class became only more trusting: it says “true” more readily to "
    "true and to false statements alike. That it tells them apart better cannot be shown.",
    "cannot tell": "From {} learners one cannot tell whether the class got sharper.",
}


@panel
def sharper(answers: ClassAnswers, k: int) -> Finding | str:
    """The change between the two tests."""
    before, after = (counts(answers, letter) for letter in TESTS)
    if before is None or after is None:
        return "This course has no two tests with a key to score them."
    change = class_change(before, after)
    if change.learners < k:
        return _too_few(before, after, k)
    if change.note:
        return f"The change is {change.note}."
    rows = [
        ("sharpness (d′)", *change.d_prime, "less sharp", "sharper"),
        ("lean (criterion c)", *change.criterion, "says “true” more", "says “false” more"),
    ]
    table = pd.DataFrame(rows, columns=charts.change.columns[0])
    rounded = table.assign(**{name: table[name].round(2) for name in ("value", "low", "high")})
    return Finding(
        _in_words(change, safe_count(change.learners, answers.learners, k)),
        charts.change,
        table,
        rounded[["name", "value", "low", "high"]],
        {"power": ", ".join(f"{gain}, about {found}" for gain, found in POWER_OF_25.items())},
    )


def counts(answers: ClassAnswers, letter: str) -> np.ndarray | None:
    """Hits, misses, false alarms, correct rejections of each learner in one test: (learners, 4).

    None where the case has no key or no such test.
    """
    truth = _truth(answers, letter)
    if truth is None:
        return None
    called = answers.called[letter]
    kinds = [(truth, 1), (truth, 0), (~truth, 1), (~truth, 0)]
    return np.column_stack([(called[:, kind] == said).sum(axis=1) for kind, said in kinds])


def _truth(answers, letter):
    """Whether each statement of a test is true (array of bool), or None."""
    key = answers.case.key.answers.get("quiz", {}) if answers.case.key else {}
    ids = statements(answers.case, letter)
    if not ids or any(id not in key for id in ids):
        return None
    return np.array([bool(key[id]) for id in ids])


def _too_few(before, after, k):
    first, second = (int((test.sum(axis=1) > 0).sum()) for test in (before, after))
    if not first or not second:
        which = "second" if first else "first"
        return f"Nobody answered the {which} test, so there is no change to show."
    return f"Fewer than {k} learners answered both tests, so nothing is shown of them."


def _in_words(change, learners):
    """The verdict, from both intervals, and what it rests on; learners: how many, in words."""
    yield VERDICTS[change.verdict].format(learners)
    lean = change.criterion
    if change.verdict in ("sharper", "less sharp") and not lean.low <= 0 <= lean.high:
        readily = "false" if lean.low > 0 else "true"
        yield f"It also says “{readily}” more readily than before, which is another thing."
    was, now = change.before, change.after
    yield minus(
        f"{learners.capitalize()} learners took both tests. d′ was {was.d_prime:.2f} and is "
        f"{now.d_prime:.2f}; 0 is guessing. The criterion was {was.criterion:.2f} and is "
        f"{now.criterion:.2f}; above 0 the class leans to “false”, below 0 to “true”."
    )


@panel
def calibrated(answers: ClassAnswers, k: int) -> Finding | str:
    """Confidence against being right, in the last test that enough learners took."""
    for letter in reversed(TESTS):
        truth = _truth(answers, letter)
        if truth is not None:
            called, confidence = answers.called[letter], answers.confidence[letter]
            given = (called != MISSING) & (confidence != MISSING)
            if given.any(axis=1).sum() >= k:
                return _calibration(letter, confidence[given] / 100, (called == truth)[given], k)
    if all(_truth(answers, letter) is None for letter in TESTS):
        return "This course has no test with a key to score it."
    return f"Fewer than {k} learners said in a test how sure they were, so nothing is shown."


def _calibration(letter, sure, right, k):
    table = calibration(sure, right)
    table["n"] = pd.array([n or 0 for n in hide_small(table["n"].tolist(), k)], dtype="Int64")
    table.loc[table["n"] == 0, ["mean_p", "share_right"]] = pd.NA
    brier = (
        f"Brier score: {measures.brier(sure, right):.2f}. 0 is perfect; always saying 50 % gives "
        "0.25; the lower, the better."
    )
    return Finding(
        [_fit(sure.mean(), right.mean()), brier, _certainty(sure, right)],
        charts.calibration,
        table,
        _calibration_table(table),
        {"test": {"A": "first", "B": "second"}[letter]},
    )


def _fit(mean, share):
    surer = "surer than right" if mean > share else "less sure than right"
    if abs(mean - share) < 0.02:
        surer = "about as sure as right"
    return f"On average they were {100 * mean:.0f} % sure and {100 * share:.0f} % right: {surer}."


def _certainty(sure, right):
    """Mean certainty-based mark, if confidence had been a bet on three levels."""
    level = 1 + (sure > 2 / 3).astype(int) + (sure > 0.8)
    kinds = [(is_right, each) for is_right in (True, False) for each in (1, 2, 3)]
    marks = [*CERTAINTY_MARKS[True], *CERTAINTY_MARKS[False]]
    answers = [((right == is_right) & (level == each)).sum() for is_right, each in kinds]
    return (
        "As certainty-based marks (right 1, 2, 3; wrong 0, −2, −6; sure above 2/3 and above 0.8) "
        f"that is {np.dot(marks, answers) / len(sure):.2f} for an answer on average. Guessing at "
        "the lowest level gives 0.5."
    ).replace(" -", " −")


def _calibration_table(table):
    mean, share = ((100 * table[name].astype(float)).round() for name in ("mean_p", "share_right"))
    ends = zip(table["low"], table["high"], strict=True)
    return pd.DataFrame(
        {
            "sure": [f"{100 * low:.0f} to {100 * high:.0f} %" for low, high in ends],
            "answers": table["n"].where(table["n"] > 0),
            "mean confidence, %": mean,
            "right, %": share,
        }
    )
