"""Checks a case folder: tables, texts, quotations, exercises and key, for whoever changes one.

The exercises are held to their key: each answer must be one that can be given, nothing rests alone
on a record that nobody could check, and each answer about claims or stances is what the key's
tables hold. No feedback for a wrong answer speaks of an answer that counts, and no prose names a
record that is not there.
"""

import re
from collections.abc import Collection, Iterator

from kit.data import Case
from kit.exercises import AnswerError, Checker, ExerciseError, nearest, statements
from kit.exercises.schema import faults as form_faults
from kit.exercises.schema import read_tables

ADDRESS = re.compile(r"https?:\S+")


def checked(case: Case) -> str:
    """Return in words what a case has that holds: its tables, texts, quotations and exercises.

    Raises ExerciseError: one sentence, or one a line for what is wrong with the exercises' form.

    >>> from kit import data
    >>> lines = checked(data.load()).splitlines()
    >>> lines[0], lines[-1]
    ('Asked to Join?: the data hold.', 'exercises: 27, 100 points; the key answers 20')
    """
    if wrong := form_faults(case.exercises_path):
        raise ExerciseError("\n".join(wrong))
    checker = Checker(case)
    keys = {id: checker.key(id) for id in checker.exercises}
    _check_exercises(case, checker, keys)
    rows = ", ".join(f"{name} {len(case.rows(name))}" for name in case.table_names)
    tables = {name: case.key.rows(name) for name in case.key.table_names} if case.key else {}
    key = ", ".join(f"{name} {len(table)}" for name, table in tables.items())
    points = sum(exercise.points for exercise in checker.exercises.values())
    answered = sum(key is not None for key in keys.values())
    lines = [
        f"{case.title}: the data hold.",
        f"rows: {rows}",
        f"key: {key or 'none'}",
        f"texts: {len(case.texts)}, unchanged",
        f"quotations: {len(case.rows('claims'))}, each found in its place",
        f"exercises: {len(keys)}, {points} points; the key answers {answered}",
    ]
    return "\n".join(lines)


def _check_exercises(case, checker, keys):
    for exercise in checker.exercises.values():
        for row, cells in exercise.sentences.items():
            for column in cells:
                nearest(exercise, case, row, column)  # raises where a text has no such sentence
    for id, key in keys.items():
        if key:
            _check_ids(checker.exercises[id], key)
            _check_form(checker, id, key.value)
    if case.key:
        known = (*checker.exercises, "quiz", "quiz_reasons")
        if odd := [id for id in case.key.answers if id not in known]:
            raise ExerciseError(
                f"answers.toml: there is no exercise {odd[0]!r} in exercises.toml; mend one of the "
                "two."
            )
        _check_quiz(case)
    for fault in faults(case, checker):
        raise ExerciseError(fault)


def _check_ids(exercise, key):
    if exercise.rows:
        _same(exercise, "rows", key.value, exercise.rows)
    if exercise.columns:
        for cells in key.value.values():
            _same(exercise, "columns", cells, exercise.columns)
    if exercise.options:
        options = [option.id for option in exercise.options]
        chosen = [*_chosen(key.value), *_chosen(key.accept)]
        if unknown := [id for id in chosen if id not in options]:
            raise ExerciseError(
                f"The key's answer to {exercise.id!r} has {unknown[0]!r}, which is none of the "
                f"options {', '.join(options)}; mend the key or exercises.toml."
            )


def _check_form(checker, id, answer):
    """See that a learner could give this answer; of a chart the key has the data alone."""
    try:
        if checker.exercises[id].kind not in ("chart", "marks"):
            checker.value(id, answer)
    except AnswerError as error:
        raise ExerciseError(f"The key's answer to {id!r} cannot be given: {error}") from None


def _check_quiz(case):
    asked = [statement.id for statement in statements(case)]
    truth = case.key.answers.get("quiz", {})
    known = isinstance(truth, dict) and truth.keys() == set(asked)
    if not (known and all(isinstance(value, bool) for value in truth.values())):
        raise ExerciseError(
            f"answers.toml, [quiz]: write true or false for each of {', '.join(asked)} and for "
            "nothing else."
        )


def _same(exercise, what, answered, choices):
    ids = [choice.id for choice in choices]
    if odd := sorted(set(answered) ^ set(ids)):
        raise ExerciseError(
            f"The {what} of {exercise.id!r} are {', '.join(ids)}, but the key's answer has "
            f"{', '.join(answered)}; {odd[0]!r} is only in one of the two, so mend that one."
        )


def _chosen(answer):
    """The options in an answer, however deep."""
    if isinstance(answer, dict):
        return [option for part in answer.values() for option in _chosen(part)]
    return answer if isinstance(answer, list | tuple) else [answer]


# Whether exercises, key and tables agree


def faults(case: Case, checker: Checker) -> Iterator[str]:
    """Yield a sentence (file, id, what to do) for each place where case and key do not agree."""
    yield from _unknown_records(case)
    for claim, _, what, remedy in claim_faults(case):
        yield f"The key's claims.csv, {claim}: {what}; {remedy}."
    for id, exercise in checker.exercises.items():
        if case.key and (key := checker.key(id)):
            yield from _answers_resting_on_nothing(exercise, key, case)
            yield from _against_the_verdicts(exercise, key, case)
            yield from _against_the_stances(exercise, key, case)
            yield from _feedback_never_given(exercise, key, checker)


def _unverified(case):
    return {r["record_id"] for r in case.rows("record") if r["verification"] == "unverified"}


def claim_faults(case: Case) -> Iterator[tuple[str, str, str, str]]:
    """Yield (claim, column, what, remedy) for each verdict of the key that its records forbid."""
    unverified = _unverified(case)
    for row in case.key.rows("claims") if case.key else ():
        ids, verdict = behind(row), row["verdict"]
        if verdict not in ("opinion", "unresolvable") and ids and unverified.issuperset(ids):
            what = f"{verdict!r} rests on {', '.join(ids)}, which is unverified"
            remedy = "add a verified record, or write 'unresolvable'"
            yield row["claim_id"], "record_ids", what, remedy
    for row in case.key.rows("claims") if case.key else ():
        for id in named(row.get("reason", ""), case.record_ids):
            if id not in behind(row):
                what = f"the reason names {id}, which is not among its record_ids"
                yield row["claim_id"], "reason", what, "add it there, or name another"


def behind(row: dict[str, str]) -> list[str]:
    """Return the ids of the records behind the verdict in a row of the key's claims."""
    return [id for id in row["record_ids"].split(";") if id]


def _answers_resting_on_nothing(exercise, key, case):
    """Yield a sentence for each unverified record on which an answer rests alone."""
    entry = case.key.answers[exercise.id]
    alone = [[row.id] for row in exercise.rows]  # a row that is a record is judged by itself
    if exercise.kind == "several" and exercise.rows:
        alone += [[id] for ids in key.value.values() for id in ids]  # each of them is enough
    elif exercise.kind in ("several", "choice"):
        alone.append([key.value] if exercise.kind == "choice" else key.value)
    alone += [[entry["record"]] if "record" in entry else [], entry.get("records", [])]
    unverified = _unverified(case)
    for ids in alone:
        if ids and unverified.issuperset(ids):
            yield (
                f"The key's answer to {exercise.id!r} rests on {', '.join(ids)} alone, which is "
                "unverified; let it count only beside a verified record."
            )


def _against_the_verdicts(exercise, key, case):
    table = {row["claim_id"]: row for row in case.key.rows("claims")}
    rows = [table[row.id] for row in exercise.rows if row.id in table]
    options = {option.id for option in exercise.options}
    for row in rows if exercise.kind == "several" else ():
        if odd := [id for id in key.value[row["claim_id"]] if id not in behind(row)]:
            yield (
                f"The key's answer to {exercise.id!r}, {row['claim_id']}: {odd[0]} settles the "
                "claim there, but is not among the record_ids of the key's claims.csv; mend one."
            )
    for row in rows if options.issuperset(row["verdict"] for row in rows) else ():
        verdicts = {row["verdict"], *filter(None, row.get("also_defensible", "").split(";"))}
        for column, value in key.value[row["claim_id"]].items():
            accepted = {value, *key.also(row["claim_id"], column)}
            if accepted != verdicts:
                yield (
                    f"The key's answer to {exercise.id!r}, {row['claim_id']}, accepts "
                    f"{_list(accepted)}, but the key's claims.csv {_list(verdicts)}; mend one of "
                    "the two."
                )


def _against_the_stances(exercise, key, case):
    stances = {
        (row["proposition_id"], row["text_id"]): row["stance"] for row in case.key.rows("stances")
    }
    for row, cells in key.value.items() if exercise.kind == "matrix" else ():
        for column, value in cells.items():
            stance = stances.get((row, column))
            if stance and stance not in (value, *key.also(row, column)):
                yield (
                    f"The key's answer to {exercise.id!r}, {row} {column}, is {value!r}, but the "
                    f"key's stances.csv has {stance!r}; mend one of the two."
                )


def _feedback_never_given(exercise, key, checker):
    """Yield a sentence for each `wrong` entry that speaks of an answer that counts, or of none."""
    for entry in exercise.wrong:
        where = f"exercises.toml, {exercise.id!r}, wrong {entry['answer']!r}"
        where += "".join(f", {part} {entry[part]}" for part in ("row", "column") if part in entry)
        ids = {entry[part] for part in ("row", "column") if part in entry}
        places = [place for place in exercise.places if ids <= set(place)]
        answers = [_with(key.value, place, entry["answer"]) for place in places]
        if not places:
            yield f"{where}: the exercise has no such row or column; take the entry out."
        elif all(checker.check(exercise.id, answer).state == "correct" for answer in answers):
            yield f"{where}: this answer counts as right; take the entry out, or mend the key."


def _with(value, place, answer):
    """Return the key's value with another answer at a place."""
    if not place:
        return [*value, answer] if isinstance(value, list) else answer
    row, *column = place
    return value | {row: value[row] | {column[0]: answer} if column else [answer]}


def _list(words):
    return " or ".join(sorted(words))


def _unknown_records(case):
    known = case.record_ids
    for where, value in _prose(case):
        for id in named("\n".join(_texts(value)), known):
            if id not in known:
                yield (
                    f"{where}: there is no record {id!r} in record.csv; name one that is there, "
                    "or add its row."
                )


def _prose(case):
    """Yield (where it stands, what stands there) for all that is said about the records."""
    parts = [("", case, ("record", "propositions"))]
    if case.key:
        parts.append(("the key's ", case.key, ("claims", "stances", "ratings")))
    for whose, tables, names in parts:
        for table in names:
            for row in tables.rows(table):
                name = " ".join(list(row.values())[: 1 + (table == "stances")])
                yield f"{whose}{table}.csv, {name}", row
    if case.key:
        for id, entry in case.key.answers.items():
            yield f"answers.toml, [{id}]", entry
    path = case.exercises_path
    for entry in [*read_tables(path, "exercise"), *read_tables(path, "quiz")]:
        for field, value in entry.items():
            yield f"exercises.toml, {entry['id']!r}, {field}", value


def _texts(value):
    """Yield every text in a parsed value, however deep; the keys of a dict too."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


def named(text: str, ids: Collection[str]) -> list[str]:
    """Return the ids of records in a text, known or not, in order.

    ids: the known ones; what looks like one of them is an id too.

    >>> named("As R07 shows (see R99).", {"R01", "R07"})
    ['R07', 'R99']
    """
    shapes = sorted({re.sub(r"\d+", r"\\d+", id) for id in ids})
    return re.findall(rf"\b(?:{'|'.join(shapes)})\b", ADDRESS.sub("", text)) if shapes else []
