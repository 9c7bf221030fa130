"""Whether the exercises, their key and the tables agree: what each place says of the same thing.

Nothing rests on a record that nobody could check, alone. Each answer of the key to an exercise
about claims or stances is what the key's tables hold, and no feedback for a wrong answer speaks of
an answer that counts.
"""

from kit.exercises import KINDS
from teach.check_data import bearing


def faults(case, checker):
    """Yield a sentence for each place where case, exercises and key do not agree.

    case: a Case; checker: its Checker. Each sentence names file, id and what to do.

    >>> from kit import data, exercises
    >>> case = data.load()
    >>> list(faults(case, exercises.Checker(case)))
    []
    """
    if case.key:
        yield from _verdicts_resting_on_nothing(case)
        for id, exercise in checker.exercises.items():
            key = checker.key(id)
            if key:
                yield from _answers_resting_on_nothing(exercise, key, case)
                yield from _against_the_verdicts(exercise, key, case)
                yield from _against_the_stances(exercise, key, case)
                yield from _feedback_never_given(exercise, key)
    yield from bearing.faults(case, checker)


def _unverified(case):
    return {r["record_id"] for r in case.rows("record") if r["verification"] == "unverified"}


def _verdicts_resting_on_nothing(case):
    unverified = _unverified(case)
    for row in case.key.rows("claims"):
        ids = bearing.behind(row)
        if row["verdict"] not in ("opinion", "unresolvable") and ids and unverified.issuperset(ids):
            yield (
                f"The key's claims.csv, {row['claim_id']}: {row['verdict']!r} rests on "
                f"{', '.join(ids)}, which is unverified; add a verified record, or write "
                "'unresolvable'."
            )


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
    """Yield a sentence for each answer about a claim that is not what the key's table has."""
    table = {row["claim_id"]: row for row in case.key.rows("claims")}
    rows = [table[row.id] for row in exercise.rows if row.id in table]
    options = {option.id for option in exercise.options}
    for row in rows if exercise.kind == "several" else ():
        if odd := [id for id in key.value[row["claim_id"]] if id not in bearing.behind(row)]:
            yield (
                f"The key's answer to {exercise.id!r}, {row['claim_id']}: {odd[0]} settles the "
                "claim there, but is not among the record_ids of the key's claims.csv; mend one."
            )
    for row in rows if options.issuperset(row["verdict"] for row in rows) else ():
        told = {row["verdict"], *filter(None, row.get("also_defensible", "").split(";"))}
        for column, value in key.value[row["claim_id"]].items():
            given = {value, *key.also(row["claim_id"], column)}
            if given != told:
                yield (
                    f"The key's answer to {exercise.id!r}, {row['claim_id']}, accepts "
                    f"{_list(given)}, but the key's claims.csv {_list(told)}; mend one of the two."
                )


def _against_the_stances(exercise, key, case):
    """Yield a sentence for each cell in which the stance of the key's table does not count."""
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


def _feedback_never_given(exercise, key):
    """Yield a sentence for each `wrong` entry that speaks of an answer that counts, or of none."""
    for entry in exercise.wrong:
        where = f"exercises.toml, {exercise.id!r}, wrong {entry['answer']!r}"
        where += "".join(f", {part} {entry[part]}" for part in ("row", "column") if part in entry)
        places = KINDS[exercise.kind].right_at(exercise, key, entry)
        if places is None:
            continue
        if not places:
            yield f"{where}: the exercise has no such row or column; take the entry out."
        elif all(_is_in(entry["answer"], counts, exercise.tolerance) for counts in places):
            yield f"{where}: this answer counts as right; take the entry out, or mend the key."


def _is_in(answer, counts, tolerance):
    if isinstance(answer, int | float):
        return any(abs(answer - each) <= tolerance for each in counts)
    return answer in counts


def _list(words):
    return " or ".join(sorted(words))
