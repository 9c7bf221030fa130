"""What no table decides: written answers, which a person marks, and verdicts on scales."""

from teach.workshop.draft import Draft
from teach.workshop.rules.exercise import Decided, checked, choice, cited, moment

NAMED = 3  # records that the sample answers name


def final_answer(draft: Draft) -> Decided:
    """Ask for the answer to the question, with the records that it rests on."""
    return Decided(values=_records(draft))


def what_would_change(draft: Draft) -> Decided:
    """Ask which evidence would change the answer."""
    return Decided(values=_records(draft))


def slip_report(draft: Draft) -> Decided:
    """Ask for a report on one statement that the record does not bear out."""
    names = list(draft.names.values())
    return Decided(values={"first": names[0], "second": names[1], **_records(draft)})


def verdict_scales(draft: Draft) -> Decided:
    """Ask for one verdict on four scales."""
    row = choice("claim", f"The answer “yes” to the question: {draft.case['question']}")
    return Decided(fields={"rows": [row]})


def _records(draft: Draft) -> dict[str, str]:
    """The records that most verdicts rest on, for the samples: r1 to r3, and what they show."""
    counts = cited(draft)
    rows = sorted(checked(draft), key=lambda row: counts[row["record_id"]], reverse=True)
    rows = (rows or draft.record)[:NAMED]
    rows += rows[-1:] * (NAMED - len(rows))
    ids = {f"r{n}": row["record_id"] for n, row in enumerate(rows, 1)}
    return ids | {f"what{n}": moment(row) for n, row in enumerate(rows, 1)}
