"""The figures of a lesson, as rows of one table."""

import math
import statistics

from benchmarks.hub.server import HUB, LIMIT


def percentile(values, share):
    """Return the smallest value that at least `share` (0 to 1) of the values do not exceed.

    >>> percentile([4, 1, 3, 2], 0.5), percentile(range(1, 101), 0.95), percentile([7], 0.95)
    (2, 95, 7)
    """
    ordered = sorted(values)
    return ordered[max(1, math.ceil(share * len(ordered))) - 1]


def fitting(learner, apart, limit=LIMIT):
    """Return how many learners fit in `limit` bytes, beside what the hub needs (`apart`).

    >>> fitting(200, 100, limit=1000)
    4
    """
    return max(0, (limit - apart) // learner)


def rows(lesson):
    """Yield the rows of the table for a Lesson: dicts of what, figure, unit and note."""
    learners = lesson.learners
    yield _row("learners at once", len(learners), "", "each with 01 and 06 open, two kernels")
    starts = [learner.starts[0] for learner in learners]
    yield _times("start of a server, all at once", starts)
    again = [seconds for learner in learners for seconds in learner.starts[1:]]
    if again:
        yield _times("start of a server after it was killed", again)
    yield from _cells(learners)
    yield from _memory(lesson)
    yield from _kept(lesson)


def _cells(learners):
    cells = [cell for learner in learners for cell in learner.cells]
    yield _times("cell, from Run to its end", [cell.seconds for cell in cells])
    first, others = ([c.seconds for c in cells if (c.place == 0) is it] for it in (True, False))
    yield _times("of these: import kit, kit.start()", first)
    yield _times("of these: all others", others)
    answers = [seconds for learner in learners for seconds in learner.answers]
    row = _times("answer, from the change to “Saved”", answers)
    yield row | {"note": f"{row['note']}; typed ones wait for a pause of 0.5 s"}


def _memory(lesson):
    yield _learners("01 open", lesson.with_first)
    yield _learners("01 and 06 open", lesson.with_last)
    yield _learners("all six open, the others gone", lesson.with_all)
    hub = lesson.with_last[HUB]
    yield _row("memory of hub and proxy", _mb(hub.pss), "MB", f"PSS; RSS {_mb(hub.rss)}")
    yield _row("memory of all together, peak", _mb(lesson.peak), "MB", "PSS, looked at every 3 s")
    fit = fitting(statistics.median(_of_learners(lesson.with_last)[0]), hub.pss)
    note = "by this arithmetic: hub and proxy once, 01 and 06 open for each"
    yield _row(f"learners that {LIMIT / 1e9:.0f} GB hold", int(fit), "", note)


def _learners(opened, found):
    """Return the row for the memory of the learners with these notebooks open."""
    pss, rss = _of_learners(found)
    note = f"median of PSS of {len(pss)}, most {_mb(max(pss))}; counted singly (RSS) "
    note += f"{_mb(statistics.median(rss))}, most {_mb(max(rss))}"
    return _row(f"memory of a learner, {opened}", _mb(statistics.median(pss)), "MB", note)


def _of_learners(found):
    """Return two tuples, the PSS and the RSS of every learner, from a dict owner -> Memory."""
    return tuple(zip(*(memory for owner, memory in found.items() if owner != HUB), strict=True))


def _kept(lesson):
    learners = lesson.learners
    killed = [learner for learner in learners if learner.doomed]
    saved = sum(len(learner.saved) for learner in learners)
    yield _row("answers acknowledged", saved, "", "changes of which a form said “Saved”")
    before = sum(len(learner.before) for learner in killed)
    found = sum(learner.in_journal for learner in killed)
    note = f"of {before} answers acknowledged before, in {len(killed)} servers killed"
    yield _row("found in the journal after the kill", found, "", note)
    given = sum(learner.given for learner in killed)
    shown = sum(learner.in_forms for learner in killed)
    yield _row("shown by the forms after the kill", shown, "", f"of {given} changes")
    note = f"of {len(learners)}; every acknowledged answer is in the file"
    yield _row("hand-ins whole", lesson.whole, "", note)
    yield _row("hand-ins marked", lesson.marked, "", f"for a person: {lesson.for_a_person}")


def lost(lesson):
    """Return a sentence about what was lost or not marked; "" if all was kept."""
    killed = [learner for learner in lesson.learners if learner.doomed]
    number = len(lesson.learners)
    counts = {
        "answers in the journal": sum(len(each.before) - each.in_journal for each in killed),
        "answers in the forms": sum(each.given - each.in_forms for each in killed),
        "hand-ins": number - lesson.whole,
        "marks": number - lesson.marked,
        "left for a person": lesson.for_a_person,
    }
    told = [f"{name}: {count}" for name, count in counts.items() if count]
    return f"Not all was kept. {'; '.join(told)}." if told else ""


def _times(what, seconds):
    note = f"95th percentile {percentile(seconds, 0.95):.2f}, most {max(seconds):.2f}"
    return _row(what, f"{statistics.median(seconds):.2f}", "s", f"median of {len(seconds)}; {note}")


def _row(what, figure, unit, note):
    return {"what": what, "figure": str(figure), "unit": unit, "note": note}


def _mb(memory):
    return f"{memory / 1e6:,.0f}"
