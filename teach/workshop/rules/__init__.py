"""The exercises that the data of a draft decide, with their answers, and the two short tests.

`exercise` turns what a rule makes into an exercise, with the words of `words.toml`. The rules stand
by what they ask about: `by_text`, `by_claim`, `by_date`, `by_member`, `by_person`. `statements`
makes the short tests. A rule gives None where the data do not decide its question; then another
exercise takes the place.
"""

from typing import Any, NamedTuple

from teach.workshop.draft import Draft
from teach.workshop.rules import by_claim, by_date, by_member, by_person, by_text
from teach.workshop.rules.exercise import Rule, words, written
from teach.workshop.rules.statements import statements

SIZES = {"small": 6, "middle": 12, "full": 25}  # exercises of a case
TEXTS = {"small": 2, "middle": 3, "full": 5}  # what each size is meant for
MOMENTS = {"small": 8, "middle": 15, "full": 25}
POINTS = 100
MODULES = (by_text, by_claim, by_date, by_member, by_person)
RULES: dict[str, Rule] = {
    id: next(getattr(module, id) for module in MODULES if hasattr(module, id)) for id in words()
}


class Exercises(NamedTuple):
    """exercises, quiz: as in `exercises.toml`. answers: as in `answers.toml`. size: of the case."""

    exercises: list[dict[str, Any]]
    quiz: list[dict[str, str]]
    answers: dict[str, dict[str, Any]]
    size: str


def exercises(draft: Draft) -> Exercises:
    """Return the exercises that a complete draft decides, as many as its size asks for.

    Each notebook has one at least, where it can; the others follow in the order of `words.toml`.
    Their points add up to 100. Raises DateError for a wrong date.
    """
    size = size_of(draft)
    all_made = {id: rule(draft) for id, rule in RULES.items()}
    made = {id: each for id, each in all_made.items() if each}
    chosen = _chosen(list(made), SIZES[size])
    points = _points({id: words()[id]["weight"] for id in chosen})
    entries = [written(id, made[id], points[id], draft) for id in chosen]
    quiz, truths = statements(draft)
    answers = {id: answer for id in chosen if (answer := made[id].answer)}
    return Exercises(entries, quiz, answers | truths, size)


def size_of(draft: Draft) -> str:
    """Return the size that the author chose, or else the largest for which there is enough."""
    if draft.case["size"] in SIZES:
        return draft.case["size"]
    holds = [
        size
        for size in SIZES
        if len(draft.texts) >= TEXTS[size] and len(draft.record) >= MOMENTS[size]
    ]
    return holds[-1] if holds else "small"


def _chosen(ids: list[str], most: int) -> list[str]:
    """The first of each notebook, then the others in order; as they stand in the notebooks."""
    notebooks = {id: words()[id]["notebook"] for id in ids}
    first = {notebook: id for id, notebook in reversed(notebooks.items())}
    ranked = [*first.values(), *(id for id in ids if id not in first.values())][:most]
    return sorted(ranked, key=lambda id: (notebooks[id], PLACES.index(id)))


PLACES = [
    *("prediction", "printed", "dated_texts", "floor"),
    *("sentence_types", "stances", "silent_texts", "witness_count", "claims_table"),
    *("f2_or_e4", "ratings", "explain_rating", "halo_share"),
    *("members", "enlargement_chart", "claims_chart", "known_on", "order_of_moments"),
    *("date_precision", "recollection_lag", "told_soon", "told_late", "only_remembered"),
    "lag_chart",
    *("attached_records", "settling_record", "verdicts", "checked_in_part", "slip_report"),
    *("verdict_scales", "final_answer", "what_would_change"),
]  # as they follow one another in the course


def _points(weights: dict[str, int]) -> dict[str, int]:
    """Points in proportion to the weights, none without one, that add up to 100."""
    whole = sum(weights.values())
    exact = {id: weight * POINTS / whole for id, weight in weights.items()}
    points = {id: max(1, int(share)) for id, share in exact.items()}
    by_rest = sorted(exact, key=lambda id: exact[id] - points[id], reverse=True)
    for id in by_rest[: POINTS - sum(points.values())]:
        points[id] += 1
    return points
