"""What the templates may say of a case: its words, its tables, and what can be counted in them."""

import json
import re
from collections import Counter
from collections.abc import Sized
from typing import Any

from editions.course.words import read_words
from kit import exercises
from kit.data import Case, span
from kit.measures import dates
from kit.words import plural

FAST, SLOW = 238, 150  # words a minute
SPELLED = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip


def code(value: Any) -> str:
    """Return a text, or a list or dict of texts and numbers, as code has it.

    >>> code(["R01", "Ö"])
    '["R01", "Ö"]'
    """
    return json.dumps(value, ensure_ascii=False)


def spelled(count: int | Sized) -> str:
    """Return a number, or how many things there are, as a sentence says it.

    >>> spelled(13), spelled(["forum", "blog"]), spelled(40)
    ('thirteen', 'two', '40')
    """
    number = count if isinstance(count, int) else len(count)
    return SPELLED[number] if number < len(SPELLED) else str(number)


def listed(words: list[str], last: str) -> str:
    """Return words as a sentence lists them.

    >>> listed(["raised", "asked", "offered"], "or")
    'raised, asked or offered'
    """
    *some, end = words
    return f"{', '.join(some)} {last} {end}" if some else end


def of_case(case: Case) -> dict[str, Any]:
    """Return the names that stand for the case in every template, with their values."""
    words = read_words(case)
    known = {name: words[name] for name in ("approach", "member") if name in words}
    return {
        "approach": "the approach",
        "member": "member",
        **known,
        **_texts(case, words.get("texts", {})),
        **_counted_thing(case, words),
        **_record(case),
        **_judged(case),
        "question": case.question,
        "words": words,
        "verbs": [row["verb"] for row in words.get("verbs", [])],
        "code": code,
        "listed": listed,
        "spelled": spelled,
        "quizzed": {"A", "B"} <= {statement.form for statement in exercises.statements(case)},
        "statements": lambda form: exercises.quiz(case, form),
        "written": lambda date: str(span(date)),
    }


def _texts(case, called):
    texts = list(case.texts)
    lengths = {row["text_id"]: int(row["word_count"]) for row in case.rows("sources")}
    whole = sum(lengths.values())
    found = (source for each in case.described.values() for source in each.get("sources", []))
    addresses = [source["path"] for source in found if "path" in source]
    return {
        "addresses": addresses,
        "dated_addresses": any(re.search(r"\d{4}", address) for address in addresses),
        "texts": texts,
        "Texts": f"{spelled(texts).capitalize()} texts",
        "the_texts": f"the {spelled(texts)} texts",
        "all_texts": f"all {spelled(texts)} texts" if len(texts) > 2 else "both texts",
        "called": lambda id: called.get(id, f"“{case.names[id]}”"),
        "name": case.names.__getitem__,
        "shortest": min(texts, key=lengths.__getitem__),
        "last": texts[-1],
        "words_in_all": f"{whole:,}",
        "reading": {"fast": max(1, whole // FAST), "slow": -(-whole // SLOW)},
    }


def _counted_thing(case, words):
    """The members of something, where the case counts them; else only that it does not."""
    members = case.rows("enlargement") if "enlargement" in case.table_names else []
    if not members or any(span(row["accession_date"]).precision != "day" for row in members):
        return {"counted": False}
    described = next(each for each in case.dictionary["resources"] if each["name"] == "enlargement")
    of = described.get("kit:membersOf", "")
    days = sorted({row["accession_date"] for row in members})
    return {
        "counted": True,
        "members": members,
        "members_in_title": f"{of} members" if of else "Members",
        "body": words.get("body", of or "the group"),
        "date_means": described.get("kit:dateMeans", "Here it is the day in the table."),
        "steps": [
            {"day": day, "year": day[:4], "members": dates.members_on(members, day).low}
            for day in days
        ],
    }


def _record(case):
    record, tellings = case.rows("record"), dates.telling_rows(case)
    witness = {row["record_id"]: row["witness"] for row in record}
    return {
        "speak_equally": lambda ids: len(set(Counter(witness[id] for id in ids).values())) == 1,
        "accounts": [row for row in record if row["witness"]],
        "unverified": [row for row in record if row["verification"] == "unverified"],
        "first_records": [row["record_id"] for row in record[:2]],
        "tellings": tellings,
        "tellings_of": lambda text: [row for row in tellings if row[0] == text],
        "dates": {row[2] for row in tellings},
    }


def _judged(case):
    """The claims that ask for a verdict, and those of them for which more than one counts."""
    exercise = exercises.load(case).get("verdicts")
    rows = [row.id for row in exercise.rows] if exercise else []
    table = {row["claim_id"]: row for row in case.key.rows("claims")} if case.key else {}
    also = [id for id in rows if table.get(id, {}).get("also_defensible")]
    return {"verdicts": rows, "open_verdicts": also}


class Tasks:
    """The exercises of one notebook, as cells, where its template places them or at the end.

    case, words: whose they are. usual: how many the template places of a case that has all.
    """

    def __init__(self, case: Case, words: dict[str, Any], notebook: str, usual: int) -> None:
        known = exercises.load(case)
        self._places = words.get("exercises", {})
        self._own = {id: each for id, each in known.items() if each.notebook == notebook}
        self._known, self._open, self._usual = known, dict(self._own), usual

    def place(self, role: str) -> str:
        """Return the id of the case's exercise in this role; the role itself if none is named."""
        return self._places.get(role, role)

    def has(self, id: str) -> bool:
        """Tell whether the case has this exercise, in whatever notebook."""
        return id in self._known

    def title(self, id: str) -> str:
        """Return the title of an exercise that the case has."""
        return self._known[id].title

    def prompt(self, id: str) -> str:
        """Return what an exercise asks; "" if the case has none of this id."""
        return self._known[id].prompt if id in self._known else ""

    def minutes(self, whole: int) -> int:
        """Return the minutes of the notebook: half of `whole` to read, half for its tasks."""
        share = min(1, len(self._own) / self._usual)
        return max(5, 5 * round(whole * (1 + share) / 10))

    def task(self, id: str) -> str:
        """Return the prompt of an exercise and its form, as cells; "" if the case has none."""
        if id not in self._open:
            return ""
        slug = id.replace("_", "-")
        form = f'%% code ask-{slug} exercise:{id} answer\n# Your answer\nkit.ask("{id}")'
        return f"{self._prompt(id)}\n{form}"

    def in_code(self, id: str, answer: str) -> str:
        """Return an exercise that is answered in code: prompt, answer, check; "" without it.

        answer: what the answer's cell holds; it ends with the variable and ` = ...`.
        """
        if id not in self._open:
            return ""
        slug, variable = id.replace("_", "-"), answer.splitlines()[-1].partition(" ")[0]
        check = f'# Check your answer\nkit.check("{id}", {variable})'
        return (
            f"{self._prompt(id)}\n%% code ask-{slug} exercise:{id} answer\n{answer}\n"
            f"%% code check-{slug} exercise:{id} check\n{check}"
        )

    def others(self) -> str:
        """Return the exercises of the notebook that have no place in its template, as cells."""
        return "\n".join(self._other(id) for id in list(self._open))

    def _other(self, id):
        kind = self._open[id].kind
        if kind == "table":
            return self.in_code(id, f"# Replace the three dots with your own line.\n{id} = ...")
        if kind in ("chart", "marks"):
            return self.in_code(id, "# Replace the line below with your own lines.\nax = ...")
        return self.task(id)

    def _prompt(self, id):
        each = self._open.pop(id)
        slug = id.replace("_", "-")
        said = f"### {each.title} ({plural(each.points, 'point')})\n\n{each.prompt.strip()}"
        return f"%% prose prompt-{slug} exercise:{id} prompt\n{said}"
