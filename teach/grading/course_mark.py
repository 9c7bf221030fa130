"""What the whole course earned: the scores, over them the teacher's decisions, and lateness.

Points on top may lead above the points to be had: that is what they are for.
"""

from collections.abc import Iterator, Mapping

from kit.exercises.model import Exercise
from teach.grading.decisions import ALL, Decision, of
from teach.grading.late import Lateness, cost, points_off
from teach.grading.marks import CourseMark, ExerciseScore, as_text, total
from teach.grading.settings import Settings


def decided(scores: list[ExerciseScore], decisions: list[Decision]) -> list[ExerciseScore]:
    """Return a learner's scores as the teacher's decisions on single exercises have them.

    Where the points of the whole course are decided, no answer waits any more.
    """
    scores = [_decided(score, of(decisions, score.id)) for score in scores]
    if all(decision.kind == "extra" for decision in of(decisions, ALL)):
        return scores
    return [score._replace(waits=False) for score in scores]


def course_mark(
    scores: list[ExerciseScore],
    exercises: Mapping[str, Exercise],
    decisions: list[Decision],
    settings: Settings,
    lateness: Lateness,
) -> CourseMark:
    """Return the CourseMark of a learner; scores: those that `decided` gave."""
    most = sum(exercises[score.id].points for score in scores if not score.is_excused)
    told = [f"These are the points of {settings.taught}."] if settings.taught else []
    told += [_words(decision) for decision in of(decisions, ALL)]
    for decision in of(decisions, ALL):
        if decision.kind == "points":
            return CourseMark(decision.number, most, 0, 0, tuple(told))
        if decision.kind == "excused":
            return CourseMark(None, 0, 0, 0, tuple(told))
    extra = sum(decision.number for decision in of(decisions, ALL))
    earned = round(total(scores) + extra, 2)
    off = points_off(lateness, settings, most, earned)
    points = round(earned - off, 2) if most else None
    told += _arithmetic(lateness, settings, most, earned, off)
    return CourseMark(points, most, extra, off, tuple(told))


def _decided(score: ExerciseScore, decisions: list[Decision]) -> ExerciseScore:
    for decision in decisions:
        score = score._replace(message=f"{_words(decision)} {score.message}".strip())
        if decision.kind == "excused":
            score = score._replace(points=None, waits=False, is_excused=True)
        elif decision.kind == "points":
            state = "recorded" if score.state == "not yet" else score.state
            score = score._replace(points=decision.number, waits=False, state=state)
        else:
            score = score._replace(points=(score.points or 0) + decision.number)
    return score


def _words(decision: Decision) -> str:
    """Return a decision as the learner reads it.

    >>> _words(Decision(ALL, "extra", 1, "a talk", 2))
    'Your teacher added 1 point in all (a talk).'
    """
    what = "all" if decision.exercise == ALL else "this"
    if decision.kind == "excused":
        return f"Your teacher excused you from {what}{decision.because}."
    points = "1 point" if decision.number == 1 else f"{as_text(decision.number)} points"
    did = "added" if decision.kind == "extra" else "gave"
    return f"Your teacher {did} {points}{' in all' if what == 'all' else ''}{decision.because}."


def _arithmetic(
    lateness: Lateness, settings: Settings, most: float, earned: float, off: float
) -> Iterator[str]:
    if lateness.told:
        yield lateness.told
    if lateness.days:
        days, rate = as_text(lateness.days), as_text(settings.late)
        whole = cost(lateness, settings, most)
        floor = "" if whole == off else ", and no more than you earned is taken off"
        yield (
            f"{days} × {rate} % of {as_text(most)} points = {as_text(whole)} points{floor}: "
            f"{as_text(earned)} − {as_text(off)} = {as_text(earned - off)} points."
        )
