"""Which hand-in of a code counts, and what a person has to look at.

Of several with one code the latest counts: by the platform's time, by the number it raises with
each, by the time in its zip, as far as all of them have one; then by the learner's own clock, but
not where that was ahead. What is sealed counts before what is read from a journal.

None of them counts where that is not for a machine to say: two of the same time, or of two
learners, except what counted before another learner came with the same code. A person says that
they are one learner's by putting them into one folder, or by naming the later file itself when
marking. Codes are the same whatever their capital letters.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, groupby
from operator import attrgetter
from typing import Any, NamedTuple

import kit
from teach.grading.extract import JOURNAL
from teach.grading.store import Submission, SubmissionStore
from teach.spreadsheet import spoilt

# What may be wrong, gravest first, and what to do about it.
FAULTS = {
    "one code, two learners": "Ask both for a hand-in with a code of their own; until then none "
    "of these is marked. If they are one learner's, put them into one folder, or name the later "
    "file itself after the folder when you mark.",
    "code of another": "The one that was marked before still counts; ask whoever came later for a "
    "hand-in with a code of their own. If they are one learner's, put them into one folder, or "
    "name the later file itself after the folder when you mark.",
    "same time, different content": "Ask the learner to hand in once more; until then none of "
    "these is marked.",
    "same hand-in, two learners": "It is marked once, for the learner whose code it is; ask the "
    "other one for their own.",
    "two codes, one learner": "Each is marked under its own code; ask the learner which one is "
    "theirs.",
    "clock ahead": "The time it says does not count; if the learner has others, one of those does.",
    "another name": "It is marked under the code in it; make sure that it is this learner's own.",
    "journal": "Where answers are marked, they are of the journal; ask the learner for "
    "handin-<code>.json if you want the receipt.",
    "changed": "Ask the learner to hand in again from the notebook and to send the file as it is.",
    "unreadable": "Ask the learner to hand in again from the notebook.",
    "too big": "Ask the learner for the hand-in alone, handin-<code>.json.",
    "version": "Update the kit, or ask the learner to hand in again with the version you have.",
    "other case": "Mark it with the course it was packed in, or ask for the right hand-in.",
    "unknown code": "It is marked under this code; find out whose it is and put the code into "
    "your table.",
    "strange answer": "The rest is marked, and what the kit does not write earns nothing; look "
    "at it and mark it by hand.",
    "late": "Decide, and write it into decisions.csv: exercise late, excused or a number of days.",
    "decision": "Mend the code in that line, or leave it until there is a hand-in.",
    "marker's file": "Look at that file in the folder rubric; levels that could be read count.",
    "refused": "Open it yourself if you trust it; ask the learner for handin-<code>.json.",
    "no hand-in": "Ask the learner for handin-<code>.json, unless it came in another file.",
    "not a hand-in": "Nothing, unless the learner's hand-in is missing.",
    "not handed in": "Ask for it; it may also be among the files above.",
}
BEFORE_THE_CLOCK: dict[str, Callable[[Submission], Any]] = {
    "handed_in": lambda each: each.handed_in,
    "again": lambda each: each.again,
    "zipped": lambda each: each.dated and each.zipped,
}
SLACK = timedelta(days=1)  # for time zones, and for clocks that are a little ahead
ORDER = {what: place for place, what in enumerate(FAULTS)}


class Selected(NamedTuple):
    """The hand-in that counts for a code, and the others with that code."""

    code: str
    submission: Submission
    others: list[Submission]


class SubmissionSelector:
    """Selects, code by code, and notes in the store what a person has to look at.

    codes: {code in small letters: code} of the teacher's table, or None if there is none.
    """

    def __init__(
        self, store: SubmissionStore, title: str, codes: dict[str, str] | None = None
    ) -> None:
        self._store, self._title, self._codes = store, title, codes
        self._now = datetime.now(UTC).isoformat()
        self._shared: set[str] = set()

    def selected(self) -> Iterator[Selected]:
        """Yield the Selected of each code that can be graded, in order of the codes."""
        self._shared = self._store.shared()
        for what, place, reason in self._store.faults():
            self.add_review_item(what, place, reason)
        for place, number in self._store.with_two_codes():
            reason = f"The learner handed in with {number} different codes."
            self.add_review_item("two codes, one learner", place, reason)
        for who, group in groupby(self._store.submissions(), key=attrgetter("who")):
            ours = self._of_one(who, [each for each in group if self._is_ours(each)])
            sealed = [submission for submission in ours if submission.course != JOURNAL]
            if ours and (ordered := self._ordered(sealed or ours)):
                yield self._latest(who, ordered)

    def add_review_item(self, what: str, place: str, reason: str) -> None:
        """Note something for a person; what: one of FAULTS."""
        self._store.add_review_item(ORDER[what], place, reason)

    def _is_ours(self, submission: Submission) -> bool:
        if submission.course not in (self._title, JOURNAL):
            reason = "This hand-in was packed in another course."
            self.add_review_item("other case", submission.place, reason)
        elif release(submission.kit) != release(kit.__version__):
            reason = "This hand-in was packed with another version of the kit."
            self.add_review_item("version", submission.place, reason)
        else:
            return True
        return False

    def _of_one(self, who: str, ours: list[Submission]) -> list[Submission]:
        """Return those with one code if they are one learner's, as far as one can see.

        Else note it, and return those of the learner whose hand-in counted in the run before, if
        there is one. What the teacher named is believed, but not against each other.
        """
        named = {each.hash for each in ours if each.named}
        kinds = [[each for each in ours if (each.hash in named) == is_named] for is_named in (0, 1)]
        if not any(self._are_two(a, b) for kind in kinds for a, b in _pairs(kind)):
            return ours
        counted, what = self._store.counted(who), "one code, two learners"
        theirs = [each for each in ours if each.hash == counted]
        if len({each.hash for each in ours}) == 1:
            what, theirs = "same hand-in, two learners", ours
        elif theirs:
            what = "code of another"
            theirs = [each for each in ours if not self._are_two(each, theirs[0])]
        reason = f"More than one learner handed in with the code {ours[-1].code}."
        self._add_for_each(what, ours, reason)
        return theirs

    def _are_two(self, one: Submission, other: Submission) -> bool:
        """Tell whether two arrivals are two learners', as far as one can see."""
        is_here = one.download == other.download
        is_platform = bool(one.number and other.number)
        if one.hash == other.hash and not is_here and not is_platform:
            return False  # the same file, collected twice
        if one.learner != other.learner:
            return True
        if is_here or one.learner.startswith("at "):
            return one.number != other.number
        return one.learner in self._shared and (one.number != other.number or not is_platform)

    def _ordered(self, ours: list[Submission]) -> list[Submission]:
        """Return those with one code, the latest last; [] and a note if that is not clear."""
        ahead = {each.hash for each in ours if self._is_ahead(each)}
        fields = [name for name, is_told in BEFORE_THE_CLOCK.items() if all(map(is_told, ours))]

        def order(each: Submission) -> list:
            times = [getattr(each, name) for name in fields]
            return [*times, each.hash not in ahead, each.time]

        ours = sorted(ours, key=lambda each: (order(each), each.hash, each.place))
        latest = [each for each in ours if order(each) == order(ours[-1])]
        if len({each.hash for each in latest}) > 1:
            reason = f"Two different hand-ins with the code {ours[-1].code} have the same time."
            self._add_for_each("same time, different content", latest, reason)
            return []
        for each in ours:
            if each.hash in ahead:
                reason = (
                    f"This hand-in says it was packed on {each.time[:10]}, which was still to come."
                )
                self.add_review_item("clock ahead", each.place, reason)
            if each.course == JOURNAL:
                reason = f"The answers of {each.code} stand here in a journal, not in a hand-in."
                self.add_review_item("journal", each.place, reason)
        return ours

    def _is_ahead(self, each: Submission) -> bool:
        """Tell whether its own time is more than a day after it came, as far as that is known."""
        known = min(filter(None, (self._now, each.handed_in, each.zipped)))
        return each.time[:19] > known[:19] and _moment(each.time) > _moment(known) + SLACK

    def _add_for_each(self, what: str, submissions: list[Submission], reason: str) -> None:
        for submission in submissions:
            self.add_review_item(what, submission.place, reason)

    def _latest(self, who: str, ours: list[Submission]) -> Selected:
        by_hash = {submission.hash: submission for submission in reversed(ours)}
        latest = by_hash.pop(ours[-1].hash)
        code = latest.code if self._codes is None else self._codes.get(who, latest.code)
        if self._codes is not None and who not in self._codes:
            reason = f"The code {code} is not in your table of learners{spoilt(code)}."
            self.add_review_item("unknown code", latest.place, reason)
        return Selected(code, latest, sorted(by_hash.values(), key=attrgetter("time")))


def _pairs(arrivals: list[Submission]) -> Iterator[tuple[Submission, Submission]]:
    """Yield each pair of arrivals that differ in from whom they came or in what they hold."""
    kinds = {(each.learner, each.number, each.download, each.hash): each for each in arrivals}
    return combinations(kinds.values(), 2)


def _moment(time: str) -> datetime:
    return datetime.fromisoformat(time[:19])


def release(version: str) -> list[str]:
    """Return the part of a version within which hand-ins are graded alike.

    >>> release("0.1.3") == release("0.1.0"), release("0.2.0") == release("0.1.0")
    (True, False)
    """
    return version.split(".")[:2]
