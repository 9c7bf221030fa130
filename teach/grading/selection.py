"""Which hand-in of a code counts, and what a person has to look at.

Of several with one code the latest counts. None of them counts where that is not for a machine to
say: two of the same time, or of two learners. Codes are the same whatever their capital letters.
"""

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import kit
from teach.grading.store import Submission, SubmissionStore

# What may be wrong, gravest first, and what to do about it.
FAULTS = {
    "one code, two learners": "Ask both for a hand-in with a code of their own; until then none "
    "of these is marked.",
    "same time, different content": "Ask the learner to hand in once more; until then none of "
    "these is marked.",
    "same hand-in, two learners": "It is marked once, for the learner whose code it is; ask the "
    "other one for their own.",
    "two codes, one learner": "Each is marked under its own code; ask the learner which one is "
    "theirs.",
    "changed": "Ask the learner to hand in again from the notebook, and to change nothing in the "
    "file.",
    "unreadable": "Ask the learner to hand in again from the notebook.",
    "too big": "Ask the learner for the hand-in alone, handin-<code>.json.",
    "version": "Update the kit, or ask the learner to hand in again with the version you have.",
    "other case": "Mark it with the course it was packed in, or ask for the right hand-in.",
    "unknown code": "It is marked under this code; find out whose it is and put the code into "
    "your table.",
    "strange answer": "The rest is marked and this answer earns nothing; look at it and mark it "
    "by hand.",
    "late": "Decide, and write it into decisions.csv: exercise late, excused or a number of days.",
    "decision": "Mend the code in that line, or leave it until there is a hand-in.",
    "marker's file": "Look at that file in the folder rubric; the levels it still holds count.",
    "refused": "Open it yourself if you trust it; ask the learner for handin-<code>.json.",
    "no hand-in": "Ask the learner for handin-<code>.json, unless it came in another file.",
    "not a hand-in": "Nothing, unless the learner's hand-in is missing.",
    "not handed in": "Ask for it; it may also be among the files above.",
}
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

    def selected(self) -> Iterator[Selected]:
        """Yield the Selected of each code that can be graded, in order of the codes."""
        for what, place, reason in self._store.faults():
            self.add_review_item(what, place, reason)
        for place, number in self._store.with_two_codes():
            reason = f"The learner handed in with {number} different codes."
            self.add_review_item("two codes, one learner", place, reason)
        for who, group in groupby(self._store.submissions(), key=attrgetter("who")):
            ours = [submission for submission in group if self._is_ours(submission)]
            if ours and self._is_clear(ours):
                yield self._latest(who, ours)

    def add_review_item(self, what: str, place: str, reason: str) -> None:
        """Note something for a person; what: one of FAULTS."""
        self._store.add_review_item(ORDER[what], place, reason)

    def _is_ours(self, submission: Submission) -> bool:
        if submission.course != self._title:
            reason = "This hand-in was packed in another course."
            self.add_review_item("other case", submission.place, reason)
        elif release(submission.kit) != release(kit.__version__):
            reason = "This hand-in was packed with another version of the kit."
            self.add_review_item("version", submission.place, reason)
        else:
            return True
        return False

    def _is_clear(self, ours: list[Submission]) -> bool:
        """Tell whether it is clear which of those with one code counts; else note it."""
        code = ours[-1].code
        hashes = {submission.hash for submission in ours}
        latest = [submission for submission in ours if submission.time == ours[-1].time]
        learners = {(each.download, each.learner) for each in ours if each.learner}
        if len(learners) > len({download for download, _ in learners}):
            what = "one code, two learners" if len(hashes) > 1 else "same hand-in, two learners"
            reason = f"More than one learner of this download handed in with the code {code}."
            self._add_for_each(what, ours, reason)
            return len(hashes) == 1
        if len({submission.hash for submission in latest}) > 1:
            reason = f"Two different hand-ins with the code {code} have the same time."
            self._add_for_each("same time, different content", latest, reason)
            return False
        return True

    def _add_for_each(self, what: str, submissions: list[Submission], reason: str) -> None:
        for submission in submissions:
            self.add_review_item(what, submission.place, reason)

    def _latest(self, who: str, ours: list[Submission]) -> Selected:
        by_hash = {submission.hash: submission for submission in reversed(ours)}
        latest = by_hash.pop(ours[-1].hash)
        code = latest.code if self._codes is None else self._codes.get(who, latest.code)
        if self._codes is not None and who not in self._codes:
            reason = f"The code {code} is not in your table of learners."
            self.add_review_item("unknown code", latest.place, reason)
        return Selected(code, latest, sorted(by_hash.values(), key=attrgetter("time")))


def release(version: str) -> list[str]:
    """Return the part of a version within which hand-ins are graded alike.

    >>> release("0.1.3") == release("0.1.0"), release("0.2.0") == release("0.1.0")
    (True, False)
    """
    return version.split(".")[:2]
