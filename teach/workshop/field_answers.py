"""What each field of the workshop answers: the sentence of check-data for that cell.

One look at a draft finds all of them, by the same checks that a finished case has to pass.
"""

from collections.abc import Iterator

from kit.data import Case
from kit.data.case import quote_faults
from kit.data.tables import Fault, Table, faults
from teach.check_data import claim_faults
from teach.workshop.draft import Draft
from teach.workshop.draft_case import case_of

# Worked out from others: what is wrong there is told at the field that they follow from.
FOLLOWS = {"start": "quote", "end": "quote", "word_count": "text", "sha256": "text"}
BY_RULE = {"start", "end", "no_earlier_than"}  # found, where the author gives nothing
LONGEST = 60  # characters of what was entered, where a sentence repeats it
TOLD = {"sources": "texts"}  # the journal's word for a table, where it has another


def answers(draft: Draft, members: list[str]) -> dict[str, str]:
    """Return {id in the journal: what is wrong there and the remedy}; what holds is not in it.

    members: the rows of the members in the journal, in the order of the draft's.

    >>> from teach.workshop.draft import draft_of
    >>> told = answers(draft_of({"record/R01/event_date": "May 199"}), [])
    >>> told["record/R01/event_date"][:24], told["record/R01/who"]
    ('“May 199” is not a date;', 'The cell is empty; fill it in.')
    """
    case = case_of(draft)
    told: dict[str, str] = {}
    for table, (line, column, what, remedy) in _all(case):
        row, place = table.rows[line - 2], FOLLOWS.get(column, column)
        id = _id(table, row, place, members[line - 2 :])
        told.setdefault(id, in_words(what, remedy))
    for claim, column, what, remedy in claim_faults(case):
        told.setdefault(f"claims/{claim}/{column}", in_words(what, remedy))
    return told


def in_words(what: str, remedy: str) -> str:
    """Return a fault and its remedy as one sentence; what was entered stands in curly marks.

    >>> in_words('"x" is not a date', "write one like 2000")
    '“x” is not a date; write one like 2000.'
    """
    said = " ".join(f"{what[:1].upper()}{what[1:]}; {remedy}.".split())
    head, _, rest = said.partition('"')
    inside, closes, tail = rest.rpartition('" ')
    return f"{head}“{clipped(inside, LONGEST)}” {tail}" if closes else said


def clipped(text: str, longest: int) -> str:
    """Return a text that has at most so many characters.

    >>> clipped("A witness with quite a few names and titles", 30)
    'A witness with quite a few na…'
    """
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _all(case: Case) -> Iterator[tuple[Table, Fault]]:
    tables = case._tables
    for table in [*tables.values(), *(case.key._tables.values() if case.key else ())]:
        for fault in faults(table, tables):
            line, column, *_ = fault
            if column not in BY_RULE or table.rows[line - 2][column]:
                yield table, fault
    for fault in quote_faults(tables["claims"], case.texts):
        yield tables["claims"], fault


def _id(table: Table, row: dict[str, str], column: str, member: list[str]) -> str:
    name = TOLD.get(table.resource["name"], table.resource["name"])
    if name == "stances":
        return f"stances/{row['proposition_id']}/{row['text_id']}"
    if name == "enlargement":
        return f"enlargement/{member[0]}/{column}"
    key = table.resource["schema"]["primaryKey"]
    return f"{name}/{row[key]}/{column}"
