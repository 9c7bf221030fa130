"""Who repeats whom: on how many people's word the course's tellings rest, and what was counted.

The graph is of the course's record, the counts are of the class.
"""

import pandas as pd

from kit import data, exercises, measures
from teach import charts
from teach.charts.repeats import NOBODY
from teach.report.answered import questions
from teach.report.panel import Panel, empty

REPEATS = "Who repeats whom?"
MOST = 3  # other counts that are named
METHOD = (
    "The picture is of the course's record, not of the class. Whose word a telling rests on does "
    "not say whether it is true.",
    "As much as so many independent ones: the effective number (Kish 1965), for the case that "
    "whatever is wrong in one telling of a person is wrong in all of them.",
    "A share of the class is of all who handed in, also of those who left the question out.",
)


def repeats(found, k):
    """The Panel on the tellings that a “witnesses” key counts; found: a Class; k: the fewest."""
    id, records = _counted(found.case)
    if not id:
        return empty("repeats", REPEATS, "This course does not ask on whose word tellings rest.")
    if sum(found.single[id].values()) < k:
        why = f"Fewer than {k} learners counted the witnesses, so nothing is shown of them."
        return empty("repeats", REPEATS, why)
    rows = {row["record_id"]: row for row in found.case.rows("record")}
    table = pd.DataFrame([rows[record] for record in records])
    drawn = table.sort_values("told_date", kind="stable")
    question = next(each for each in questions(found, k) if each.exercise.id == id)
    people = measures.distinct_witnesses(table["witness"])
    said = _of_record(table["witness"], people)
    counted = _of_class(question.counts, people, found.learners, k)
    return Panel(
        "repeats",
        REPEATS,
        (*said, *counted),
        lambda: charts.repeats(drawn),
        charts.repeats.describe(drawn),
        _tellings(drawn),
        "The tellings in the course's record, from the first told to the last",
        METHOD,
    )


def _counted(case):
    """The id of the first exercise that has witnesses counted, and the records it is about."""
    known = exercises.load(case)
    for id, entry in case.key.answers.items() if case.key else ():
        if id in known and known[id].kind == "number" and entry.get("computed") == "witnesses":
            return id, entry["records"]
    return None, ()


def _of_record(accounts, people):
    """How many witnesses the tellings in the course's record have."""
    told, weight = len(accounts), measures.effective_witnesses(accounts)
    names = "1 person" if people == 1 else f"{people} people"
    yield f"In the course's record these {told} tellings rest on the word of {names}."
    if people < told:
        yield (
            f"They weigh as much as {weight:.1f} independent ones: who tells a story again adds no "
            "witness, and the tellings of one person can share a mistake."
        )
    else:
        yield "Nobody repeats anybody, so they weigh as much as so many independent ones."


def _of_class(counts, people, learners, k):
    """How the class counted them, as far as it may be told."""
    right = counts.get(people)
    others = sorted((-n, count) for count, n in counts.items() if count != people)[:MOST]
    if right is None:
        yield (
            f"How many of the class counted {people}, as the key does, is hidden: it or the rest "
            f"would tell of fewer than {k} learners."
        )
    else:
        yield f"Of the class, {100 * right / learners:.0f} % counted {people}, as the key does."
    each = ", ".join(f"{count:g} ({-100 * n / learners:.0f} %)" for n, count in others)
    if each:
        yield f"The commonest other counts that may be shown: {each}."
    else:
        yield "No other count was given by enough learners to be shown."


def _tellings(rows):
    """The table under the picture."""
    return pd.DataFrame(
        {
            "record": rows["record_id"],
            "who": rows["who"],
            "told": [str(data.span(told)) for told in rows["told_date"]],
            "witness": rows["witness"].where(rows["witness"] != "", NOBODY),
        }
    ).reset_index(drop=True)
