"""Which hand-in of a code counts, and what a person has to look at.

Of several with one code the latest counts. None of them counts where that is not for a machine to
say: two of the same time, or of two learners. Codes are the same whatever their capital letters.
"""

from itertools import groupby
from typing import NamedTuple

import kit
from teach.grading.shelf import HandedIn

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
    "marker's file": "Look at that file in the folder rubric; the levels it still holds count.",
    "refused": "Open it yourself if you trust it; ask the learner for handin-<code>.json.",
    "no hand-in": "Ask the learner for handin-<code>.json, unless it came in another file.",
    "not a hand-in": "Nothing, unless the learner's hand-in is missing.",
}
ORDER = {what: place for place, what in enumerate(FAULTS)}


class Counting(NamedTuple):
    """The hand-in that counts for a code, and the others with that code (list of HandedIn)."""

    code: str
    handed_in: HandedIn
    others: list


class Settling:
    """Decides, code by code, and tells the shelf what a person has to look at.

    codes: {code in small letters: code} of the teacher's table, or None if there is none.
    """

    def __init__(self, shelf, title, codes=None):
        self._shelf, self._title, self._codes = shelf, title, codes

    def counting(self):
        """Yield the Counting of each code that can be marked, in order of the codes."""
        for what, place, reason in self._shelf.faults():
            self.tell(what, place, reason)
        for place, number in self._shelf.with_two_codes():
            reason = f"The learner handed in with {number} different codes."
            self.tell("two codes, one learner", place, reason)
        for who, group in groupby(self._shelf.hand_ins(), key=lambda each: each.who):
            arrivals = [each for each in group if self._is_ours(each)]
            if arrivals and self._is_clear(arrivals):
                yield self._latest(who, arrivals)

    def tell(self, what, place, reason):
        """Note something for a person."""
        self._shelf.tell(ORDER[what], place, reason)

    def _is_ours(self, each):
        """Tell whether a hand-in is of this case and this kit; else note it."""
        if each.course != self._title:
            self.tell("other case", each.place, "This hand-in was packed in another course.")
        elif release(each.kit) != release(kit.__version__):
            reason = "This hand-in was packed with another version of the kit."
            self.tell("version", each.place, reason)
        else:
            return True
        return False

    def _is_clear(self, arrivals):
        """Tell whether it is clear which of the arrivals with one code counts; else note it."""
        code = arrivals[-1].code
        hashes = {each.hash for each in arrivals}
        latest = [each for each in arrivals if each.time == arrivals[-1].time]
        if _have_two_learners(arrivals):
            what = "one code, two learners" if len(hashes) > 1 else "same hand-in, two learners"
            reason = f"More than one learner of this download handed in with the code {code}."
            self._tell_each(what, arrivals, reason)
            return len(hashes) == 1
        if len({each.hash for each in latest}) > 1:
            reason = f"Two different hand-ins with the code {code} have the same time."
            self._tell_each("same time, different content", latest, reason)
            return False
        return True

    def _tell_each(self, what, arrivals, reason):
        for each in arrivals:
            self.tell(what, each.place, reason)

    def _latest(self, who, arrivals):
        """Return the Counting of a code whose hand-ins are clear."""
        counts = {each.hash: each for each in reversed(arrivals)}
        latest = counts.pop(arrivals[-1].hash)
        code = latest.code if self._codes is None else self._codes.get(who, latest.code)
        if self._codes is not None and who not in self._codes:
            reason = f"The code {code} is not in your table of learners."
            self.tell("unknown code", latest.place, reason)
        return Counting(code, latest, sorted(counts.values(), key=lambda each: each.time))


def release(version):
    """Return the part of a version within which hand-ins are marked alike.

    >>> release("0.1.3") == release("0.1.0"), release("0.2.0") == release("0.1.0")
    (True, False)
    """
    return version.split(".")[:2]


def _have_two_learners(arrivals):
    """Tell whether two learners of one download handed in with one code."""
    numbers = {}
    for each in arrivals:
        if each.learner:
            numbers.setdefault(each.download, set()).add(each.learner)
    return any(len(learners) > 1 for learners in numbers.values())
