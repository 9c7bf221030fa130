"""What a late hand-in costs: per cent of the points to be had, for each day that was begun.

Per cent of what can be had, not of what was earned, as MarkUs and Codio take it. Only the
platform's time counts; the learner's clock alone takes nothing off: where it is all there is, and
it looks late, that is listed for a person.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from kit.words import plural
from teach.grading.decisions import Decision
from teach.grading.settings import Settings
from teach.grading.store import Submission

DAY = timedelta(days=1)


class Lateness(NamedTuple):
    """days: how many count, each begun one as one. told: why, for the learner's page, or "".
    problem: what a person has to look at, or "".
    """

    days: float = 0
    told: str = ""
    problem: str = ""


def lateness(settings: Settings, submission: Submission, decisions: Iterable[Decision]) -> Lateness:
    """Return the Lateness of a hand-in; decisions: those on LATE."""
    if not settings.late:
        return Lateness()
    for decision in decisions:
        counted = plural(round(decision.number), "day late", "days late")
        told = "on time" if decision.kind == "excused" else counted
        because = f"Your teacher counts this hand-in as {told}{decision.because}."
        return Lateness(decision.number, because)
    due = datetime.fromisoformat(settings.due)
    if not submission.handed_in:
        return Lateness(problem=_problem(settings, submission, due))
    arrived = _moment(submission.handed_in, due)
    days = _days(arrived, due, settings)
    if not days:
        what = "The platform marks it as late, and its time is before the one you gave as --due."
        return Lateness(problem=what if submission.late else "")
    times = f"It was due {due:%Y-%m-%d %H:%M} and came {arrived:%Y-%m-%d %H:%M}"
    return Lateness(days, f"{times}: {plural(days, 'day', 'days')} late, each day begun counts.")


def cost(lateness: Lateness, settings: Settings, most: float) -> float:
    """Return what lateness costs out of most, whatever was earned."""
    return round(lateness.days * settings.late * most / 100, 2)


def points_off(lateness: Lateness, settings: Settings, most: float, earned: float) -> float:
    """Return what is taken off the points earned out of most: never more than was earned.

    >>> points_off(Lateness(2), Settings(late=10), 80, 50), points_off(
    ...     Lateness(9), Settings(late=10), 80, 50)
    (16.0, 50)
    """
    return min(cost(lateness, settings, most), max(earned, 0))


def _problem(settings: Settings, submission: Submission, due: datetime) -> str:
    if submission.late:
        return "The platform marks it as late and does not say when it came; nothing is taken off."
    if _days(_moment(submission.time, due), due, settings):
        return (
            "By the learner's clock it is late, and no platform says when it came; nothing is "
            "taken off."
        )
    return ""


def _days(arrived: datetime, due: datetime, settings: Settings) -> int:
    is_late = arrived > due + timedelta(minutes=settings.grace)
    return ceil((arrived - due) / DAY) if is_late else 0


def _moment(text: str, due: datetime) -> datetime:
    """Return a time in the zone of `due`; one without a zone is of that zone."""
    moment = datetime.fromisoformat(text)
    return moment.astimezone(due.tzinfo) if moment.tzinfo else moment.replace(tzinfo=due.tzinfo)
