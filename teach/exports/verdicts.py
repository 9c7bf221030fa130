"""The verdicts in a hand-in, each with its claim and its evidence; what is left open is named.

>>> from kit import data
>>> content = {"code": "otter", "time": "2026-03-05T09:30:00.000Z"}
>>> content["answers"] = {"verdicts": {"answer": {"C08": {"verdict": "partly"}}}}
>>> [found], left_out = verdicts_in(content, data.load())
>>> found.id, found.steps[0].word, found.about_date
('C08', 'partly', '2000')
>>> left_out[0]
'C05: no verdict is given.'
"""

from typing import NamedTuple

from kit import data, exercises

# Only these of the six verdicts say how much of a claim is true, from least to most. The others
# (unsupported, opinion, unresolvable) lie on no such line and get no number.
BY_TRUTH = ("contradicted", "partly", "supported")
WRONG = object()  # stands where a table was expected and something else is kept


class Step(NamedTuple):
    """One word on one scale; value, lowest and highest are None where words have no order."""

    scale: str
    word: str
    value: int | None = None
    lowest: int | None = None
    highest: int | None = None


class Verdict(NamedTuple):
    """What a learner says of one claim.

    id: of the claim, or of the exercise that asks the course's question. claim: its exact words.
    about_date: when the event was that it speaks of; "" where there is none. page: title, url and
    date of the page it stands on; {} for the question. steps: one Step, or one per scale.
    text: the learner's own reasons, "" if none were asked for. records: the rows cited.
    """

    code: str
    time: str
    id: str
    claim: str
    summary: str
    about_date: str
    page: dict
    steps: tuple
    text: str
    records: tuple


def verdicts_in(content, case):
    """Return the list of Verdict in a hand-in's content, and sentences on what is left out."""
    course = exercises.load(case)
    answers = {id: given["answer"] for id, given in content["answers"].items()}
    who = content["code"], content["time"]
    found = [*_on_claims(answers, course, case, who), *_on_question(answers, course, case, who)]
    verdicts = [verdict for verdict, _ in found if verdict]
    return verdicts, [sentence for _, sentences in found for sentence in sentences]


def _on_claims(answers, course, case, who):
    """Yield (Verdict or None, sentences) for each claim that has a verdict or records to it."""
    claims = {row["claim_id"]: row for row in case.rows("claims")}
    asked = {name: _row_ids(course.get(name)) for name in ("verdicts", "attached_records")}
    for id in dict.fromkeys([*asked["verdicts"], *asked["attached_records"]]):
        listed = _within(answers.get("attached_records"), id)
        records, sentences = _records(id, listed, case, id in asked["attached_records"])
        step = None
        if id in asked["verdicts"]:
            word = _within(answers.get("verdicts"), id, "verdict")
            step, sentence = _of_six(id, word, course["verdicts"].options)
            sentences = [*sentence, *sentences]
        elif records:
            sentences = [*sentences, f"{id}: the course asks for no verdict on it, only records."]
        yield step and _on_claim(claims[id], case, who, step, records), sentences
    for name, ids in asked.items():
        if strangers := set(answers[name]) - set(ids) if _is_table(answers.get(name)) else ():
            yield None, [f"{name}: {len(strangers)} given under an unknown id."]


def _on_claim(row, case, who, step, records):
    summary = row.get("normalised_claim") or row["quote"]
    page = _page(case, row["text_id"])
    about = (row["claim_id"], row["quote"], summary, row["about_date"], page)
    return Verdict(*who, *about, (step,), "", records)


def _on_question(answers, course, case, who):
    """Yield (Verdict or None, sentences) on the course's own question."""
    if "verdict_scales" not in course:
        return
    row, columns = course["verdict_scales"].rows[0], course["verdict_scales"].columns
    given = _within(answers.get("verdict_scales"), row.id)
    placed = [_on_scale(column, _within(given, column.id, "value")) for column in columns]
    steps = tuple(step for step, _ in placed if step)
    text, records, remarks = _reasons(answers.get("final_answer"), course, case)
    if text and not steps:
        remarks = [f"{_titled(course)}: no verdict goes with it, so it is not exported."]
    sentences = [sentence for _, remark in placed for sentence in remark] + remarks
    claim = row.text.partition(": ")[2] or row.text
    about = ("verdict_scales", claim, claim, "", {})
    yield (Verdict(*who, *about, steps, text, records) if steps else None), sentences


def _of_six(id, word, options):
    """One of the six verdicts as (Step or None, sentences)."""
    if word is None:
        return None, [f"{id}: no verdict is given."]
    if word not in [option.id for option in options]:
        return None, [f"{id}: what is kept is none of the course's verdicts."]
    scale = f"One of: {', '.join(option.id for option in options)}"
    if word not in BY_TRUTH:
        return Step(scale, word), []
    return Step(scale, word, BY_TRUTH.index(word) + 1, 1, len(BY_TRUTH)), []


def _on_scale(column, given):
    """A verdict on one scale as (Step or None, sentences); a word counts by its place from 1."""
    if given is None:
        return None, [f"“{column.text}”: no verdict is given."]
    if column.range and type(given) is int and column.range[0] <= given <= column.range[1]:
        return Step(column.text, str(given), given, *column.range), []
    if isinstance(given, str) and given in column.values:
        scale = f"{column.text}: {', '.join(column.values)}"
        return Step(scale, given, column.values.index(given) + 1, 1, len(column.values)), []
    return None, [f"“{column.text}”: what is kept is no step of this scale."]


def _reasons(text, course, case):
    """The written answer as (text, the rows it cites, sentences)."""
    if not isinstance(text, str) or not text.strip():
        is_open = text is None or isinstance(text, str)
        what = "nothing is written" if is_open else "what is kept is no text"
        return "", (), [f"{_titled(course)}: {what}."]
    cited = exercises.cited(text, case.record_ids)
    known = [id for id, is_known in cited.items() if is_known]
    strangers = len(cited) - len(known)
    remark = f"{_titled(course)}: {strangers} of {len(cited)} cited not found in the record."
    return text, _rows(known, case), [remark] if strangers else []


def _records(id, listed, case, is_asked):
    """The records attached to a claim as (rows, sentences)."""
    if not listed and isinstance(listed, list | None):
        return (), [f"{id}: no record is attached."] if is_asked else []
    if not isinstance(listed, list):
        return (), [f"{id}: what is kept as records is no list of records."]
    ids = case.record_ids
    known = [each for each in listed if isinstance(each, str) and each in ids]
    strangers = len(listed) - len(known)
    remark = f"{id}: {strangers} of {len(listed)} attached not found in the record."
    return _rows(dict.fromkeys(known), case), [remark] if strangers else []


def _rows(ids, case):
    rows = {row["record_id"]: row for row in case.rows("record")}
    return tuple(rows[id] for id in ids)


def _page(case, text_id):
    """Where a text stands: its title, its address ("" if unknown) and its date ("" if unknown).

    Only a date that is printed in full figures is taken over; no other is guessed.
    """
    row = next(row for row in case.rows("sources") if row["text_id"] == text_id)
    described = [each for each in case.dictionary["resources"] if each.get("path") == row["file"]]
    addresses = [source.get("path", "") for each in described for source in each.get("sources", ())]
    url = next((address for address in addresses if address.startswith("http")), "")
    printed = row["date_as_printed"]
    date = printed if _is_date(printed) else ""
    return {"title": row["title_as_printed"], "url": url, "date": date}


def _is_date(text):
    try:
        return bool(data.span(text))
    except ValueError:
        return False


def _row_ids(exercise):
    return [row.id for row in exercise.rows] if exercise else []


def _titled(course):
    return f"“{course['final_answer'].title}”" if "final_answer" in course else "The answer"


def _is_table(value):
    return isinstance(value, dict)


def _within(answer, *path):
    """What is kept under a path: None if nothing, WRONG if there is no table on the way."""
    for part in path:
        if answer is None:
            return None
        if not _is_table(answer):
            return WRONG
        answer = answer.get(part)
    return answer
