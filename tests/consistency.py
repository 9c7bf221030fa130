"""Whether the records that the prose of a case names bear on what it speaks of.

`python -m tests.consistency [CASE]` lists, for this course or for a case folder, what does not:
what nobody but its editors can judge, and what a slip of the pen in an id would leave behind.

A record *bears* on a statement if the two share a year or a name. The statement is the claim with
its proposition and the reason that the editors give; of the record its two dates, who speaks, what
happened and the short quotation count. So a verdict stands on a record only if claim or reason say
of whom or of when it is.

A name is a capitalised word that nowhere stands in small letters. A name in more than an eighth of
all records (NATO, Russian, Soviet) says too little and does not count, unless it is the surname of
a person whom `sources.csv` or the column `witness` names. Forenames and months never count.
"""

import re
import sys
from collections import Counter

from kit import data
from kit.data.spans import MONTHS
from kit.exercises import Checker, statements
from teach.check_data import behind, named

OF_A_RECORD = ("who", "witness", "what_happened", "short_quote", "event_date", "told_date")
OF_A_CLAIM = ("quote", "normalised_claim", "about_date")
NAME = re.compile(r"\b[A-ZÀ-Þ][^\W\d_]+")


def faults(case):
    """Yield a sentence for each record that is named but does not bear on what is said."""
    if not case.key:
        return
    checker, ties = Checker(case), Ties(case)
    yield from _behind_verdicts(case, ties)
    yield from _beside_propositions(case, ties)
    yield from _in_quiz(case, ties)
    for exercise in checker.exercises.values():
        yield from _in_feedback(exercise, checker.key(exercise.id), ties)


class Ties:
    """The years and names of a case, to say whether a record bears on a text."""

    def __init__(self, case):
        self.records = {
            row["record_id"]: " ".join(row[column] for column in OF_A_RECORD)
            for row in case.rows("record")
        }
        self.claims = _claims(case)
        people = [name for row in case.rows("record") for name in row["witness"].split(";")]
        people += [
            name for row in case.rows("sources") for name in row.get("names_people", "").split(";")
        ]
        parts = [NAME.findall(name.partition("(")[0]) for name in people]
        surnames = {part[-1] for part in parts if part}
        forenames = {name for part in parts for name in part[:-1]}
        texts = [*self.records.values(), *self.claims.values()]
        small = {word for text in texts for word in re.findall(r"\b[a-z]\w+", text)}
        names = [set(NAME.findall(text)) for text in self.records.values()]
        count = Counter(name.lower() for words in names for name in words)
        often = {name for name in count if count[name] > max(1, len(names) / 8)}
        unfit = small | often | {name.lower() for name in forenames.union(MONTHS)}
        self._names = {name for name in set().union(*names) if name.lower() not in unfit} | surnames

    def bears(self, record, text):
        """Say whether a record, by its id, shares a year or a name with a text."""
        there = self.records.get(record, "")
        return bool(years(there) & years(text) or self._of(there) & self._of(text))

    def _of(self, text):
        return self._names.intersection(NAME.findall(text))


def years(text):
    """Return the years that a text prints; "1990s" means all ten.

    >>> years("On 2 June 1954") | years("2001-06-16")
    {2001, 1954}
    """
    single = {int(year) for year in re.findall(r"\b\d{4}\b", text)}
    decades = [int(year) for year in re.findall(r"\b\d{3}0(?=s\b)", text)]
    return single.union(*(range(first, first + 10) for first in decades))


def _claims(case):
    """Return {claim: all that is said of it}: its own words, its proposition, the reason."""
    about = {row["proposition_id"]: row["proposition"] for row in case.rows("propositions")}
    reasons = {row["claim_id"]: row.get("reason", "") for row in case.key.rows("claims")}
    return {
        row["claim_id"]: " ".join(
            [
                *(row.get(column, "") for column in OF_A_CLAIM),
                about[row["proposition_id"]],
                reasons.get(row["claim_id"], ""),
            ]
        )
        for row in case.rows("claims")
    }


def _behind_verdicts(case, ties):
    for row in case.key.rows("claims"):
        where, about = f"The key's claims.csv, {row['claim_id']}", ties.claims[row["claim_id"]]
        for id in behind(row):
            if not ties.bears(id, about):
                yield (
                    f"{where}: {id} shares no year and no name with claim or reason; take "
                    "it out, or say there of whom or of when it is."
                )


def _beside_propositions(case, ties):
    about = {row["proposition_id"]: row["proposition"] for row in case.rows("propositions")}
    for row in case.key.rows("stances"):
        note = row.get("expert_note", "")
        where = f"The key's stances.csv, {row['proposition_id']} {row['text_id']}"
        yield from _unfit(where, note, f"{about[row['proposition_id']]} {note}", ties)


def _in_quiz(case, ties):
    reasons = case.key.answers.get("quiz_reasons", {})
    for statement in statements(case):
        reason = reasons.get(statement.id, "")
        where = f"answers.toml, [quiz_reasons], {statement.id}"
        yield from _unfit(where, reason, f"{statement.text} {reason}", ties)


def _unfit(where, text, about, ties):
    """Yield a sentence for each record named in a text that does not bear on what it is about."""
    for id in named(text, ties.records):
        if not ties.bears(id, about):
            yield (
                f"{where}: {id} shares no year and no name with what is said; name another record, "
                "or say of whom or of when it is."
            )


def _in_feedback(exercise, key, ties):
    """Yield a sentence for each record that settles a claim, or is named about it, but unfit."""
    about = {row.id: f"{row.text} {ties.claims.get(row.id)}" for row in exercise.rows}
    if not about or not about.keys() <= ties.claims.keys():
        return
    for row, text in about.items() if exercise.kind == "several" and key else ():
        settling = " ".join(key.value[row])
        yield from _unfit(f"The key's answer to {exercise.id!r}, {row}", settling, text, ties)
    everything = " ".join(about.values())
    yield from _unfit(f"exercises.toml, {exercise.id!r}, right", exercise.right, everything, ties)
    for entry in exercise.wrong:
        row, answer = entry.get("row"), str(entry["answer"])
        where = f"exercises.toml, {exercise.id!r}, wrong {answer!r} for {row}"
        reason = re.sub(rf"\b{re.escape(answer)}\b", "", entry["reason"])
        yield from _unfit(where, reason, about.get(row, everything), ties)


if __name__ == "__main__":
    for fault in faults(data.load(*sys.argv[1:])):
        print(fault)
