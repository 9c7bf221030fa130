"""The key's answers: typed in `answers.toml`, or decided by the data through a rule here."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from kit import measures
from kit.data import Case
from kit.data.spans import MONTHS
from kit.errors import KitError
from kit.exercises.model import Exercise, ExerciseError, is_blank
from kit.measures.dates import lag, members_on, telling_rows


class Answer(NamedTuple):
    """The key's answer to one exercise.

    value: as a learner's would be kept; of a chart only its line. accept: what is also right: a
    list of values; for `several` ids that may be ticked as well; for a matrix {row: [values]} or,
    where a row has several columns, {row: {column: [values]}}.
    """

    value: Any
    accept: Any = ()

    def also(self, row: str, column: str | None = None) -> list:
        """Return what is accepted too for a row of `several` or a cell of a matrix."""
        allowed = dict(self.accept).get(row, [])
        return allowed.get(column, []) if isinstance(allowed, dict) else allowed


def answer_of(exercise: Exercise, case: Case) -> Answer | None:
    """Return the key's answer, or None where the case has no key or the key leaves it open.

    A key entry holds `answer = …` or `computed = "rule"` with the rule's arguments; ExerciseError
    if it holds neither, or a rule cannot be followed.

    >>> from kit import data, exercises
    >>> case = data.load()
    >>> answer_of(exercises.load(case)["halo_share"], case).value
    75.0
    """
    entry = case.key.answers.get(exercise.id) if case.key else None
    if entry is None:
        return None
    where = f"answers.toml, {exercise.id!r}"
    if not isinstance(entry, dict) or ("computed" not in entry and is_blank(entry.get("answer"))):
        raise ExerciseError(
            f"{where}: no answer stands there; write [{exercise.id}] and below it answer = … with "
            "what is right."
        )
    accept = entry.get("accept", ())
    if "answer" in entry:
        return Answer(entry["answer"], accept)
    rule = entry["computed"]
    if rule not in list(RULES):
        known = ", ".join(sorted(RULES))
        raise ExerciseError(f"{where}: there is no rule {rule!r}; use 'answer' or one of {known}.")
    arguments = {name: entry[name] for name in entry if name not in ("accept", "computed")}
    try:
        answer = RULES[rule](case, **arguments)
    except (KitError, KeyError, StopIteration, TypeError, ValueError):
        raise ExerciseError(
            f"{where}: the rule {rule!r} cannot be followed with {arguments}; "
            "write it as the course's own key does, with names from the tables only."
        ) from None
    return answer if isinstance(answer, Answer) else Answer(answer, accept)


def _member_steps(case):
    """The steps of the enlargement chart: {"x": ISO days, "y": members from that day on}."""
    rows = case.rows("enlargement")
    days = sorted({row["accession_date"] for row in rows})
    return {"x": days, "y": [members_on(rows, day).low for day in days]}


def _claims_marked(case, clock):
    """The claims about an approach on the chart of members: see MarksKind.

    clock: words of which one names the day that the members are counted from.
    """
    texts, _, days, told, *_ = zip(*telling_rows(case), strict=True)
    counts = [members_on(case.rows("enlargement"), day) for day in days]
    return {
        "x": list(days),
        "y": [list(count) for count in counts],
        "told": list(told),
        "names": {id: case.names[id].lower() for id in texts},
        "clock": clock,
        "line": _member_steps(case),
    }


def _accounts_marked(case):
    """Event and telling of each account that rests on one person's word: see MarksKind."""
    rows = [row for row in case.rows("record") if row["witness"]]
    events, tellings = ([row[name] for row in rows] for name in ("event_date", "told_date"))
    return {"x": events, "y": tellings, "line": "equal"}


def _printed(case, fields, unless=None):
    """{text: {column: "yes" or "no"}}: is the field printed with the text?

    unless: {column: pattern}; a field that matches it whole counts as not printed.
    """
    empty = {column: re.compile((unless or {}).get(column, "")) for column in fields}
    return {
        row["text_id"]: {
            column: "no" if empty[column].fullmatch(row[field]) else "yes"
            for column, field in fields.items()
        }
        for row in case.rows("sources")
    }


def _texts_with_full_date(case):
    """Texts that print a day with its month, of the page or of any event; else ["none"]."""
    month = "|".join(MONTHS)
    full = rf"\b({month}) \d{{1,2}}\b|\b\d{{1,2}} ({month})|\d+[-./]\d+[-./]\d+"
    return [text_id for text_id, text in case.texts.items() if re.search(full, text)] or ["none"]


def _not_before(case, text):
    """A floor, the earliest date the experts find possible for a text: "2009-04/.."."""
    row = next(row for row in case.key.rows("ratings") if row["text_id"] == text)
    return f"{row['no_earlier_than']}/.."


def _stances(case, propositions):
    """{proposition: {text: stance}} as the experts read the texts."""
    rows = case.key.rows("stances")
    return {
        proposition: {r["text_id"]: r["stance"] for r in rows if r["proposition_id"] == proposition}
        for proposition in propositions
    }


def _claims_by_subject(case):
    """One record per text: how many of its claims are about each subject."""
    about = {row["proposition_id"]: row["about"] for row in case.rows("propositions")}
    pairs = [(row["text_id"], about[row["proposition_id"]]) for row in case.rows("claims")]
    subjects = sorted({subject for _, subject in pairs})
    return [
        {"text_id": text, **{subject: pairs.count((text, subject)) for subject in subjects}}
        for text in dict.fromkeys(text for text, _ in pairs)
    ]


def _verdicts(case, claims):
    """{claim: {"verdict": …}}; neighbouring verdicts the experts would also defend are accepted."""
    rows = {row["claim_id"]: row for row in case.key.rows("claims")}
    return Answer(
        {claim: {"verdict": rows[claim]["verdict"]} for claim in claims},
        {claim: _listed(rows[claim]["also_defensible"]) for claim in claims},
    )


def _records(case, claims, deciding=None, bearing=None):
    """{claim: record ids that settle it}; the others behind the experts' verdict are accepted.

    deciding: {claim: ids} where only some of theirs settle it; bearing: further ones on it.
    """
    behind = {row["claim_id"]: _listed(row["record_ids"]) for row in case.key.rows("claims")}
    return Answer(
        {claim: (deciding or {}).get(claim, behind[claim]) for claim in claims},
        {claim: [*behind[claim], *(bearing or {}).get(claim, [])] for claim in claims},
    )


def _listed(cell):
    return [entry for entry in cell.split(";") if entry]


def _halo_percent(_case, codes):
    """The share of Admiralty codes ("B2") on the diagonal, in percent of those judged."""
    return 100 * measures.halo(*zip(*codes, strict=True)).share


def _lag_years(case, record):
    """The fewest full years from a record's event to its telling."""
    row = next(row for row in case.rows("record") if row["record_id"] == record)
    return lag(row["event_date"], row["told_date"]).low_years


def _witnesses(case, records):
    rows = {row["record_id"]: row for row in case.rows("record")}
    return measures.distinct_witnesses(rows[record]["witness"] for record in records)


RULES: dict[str, Callable[..., Any]] = {
    "accounts_marked": _accounts_marked,
    "claims_by_subject": _claims_by_subject,
    "claims_marked": _claims_marked,
    "halo": _halo_percent,
    "lag_years": _lag_years,
    "member_steps": _member_steps,
    "members": lambda case, on: members_on(case.rows("enlargement"), on).low,
    "not_before": _not_before,
    "printed": _printed,
    "records": _records,
    "stances": _stances,
    "texts_with_full_date": _texts_with_full_date,
    "verdicts": _verdicts,
    "witnesses": _witnesses,
}
