"""A learner's verdicts as schema.org ClaimReview, in JSON-LD, each with its claim and evidence.

Definitions followed:

- the types and what each property may hold: https://schema.org/ClaimReview,
  https://schema.org/Claim, https://schema.org/Rating and https://schema.org/CreativeWork;
- what a search engine needs and advises:
  https://developers.google.com/search/docs/appearance/structured-data/factcheck. It also needs
  `url`, the page on which the review is published. A hand-in is published nowhere, so `url` is
  left out here; whoever publishes a review adds it, and `datePublished` too. Such an engine reads
  only the context "https://schema.org" alone, so take the second one away there;
- `eventDate`, our one extension: the term of Darwin Core, http://rs.tdwg.org/dwc/terms/eventDate
  ("the date-time or interval during which an Event occurred", ISO 8601; 1906-06 is some time in
  June 1906, 1971 some time in 1971), declared in the context. schema.org has no date for the
  event that a claim or an account speaks of, and `additionalProperty` is not for works.

>>> content = {"code": "otter", "time": "2026-03-05T09:30:00.000Z"}
>>> content["answers"] = {"verdicts": {"answer": {"C08": {"verdict": "partly"}}}}
>>> [verdict], left_out = verdicts_in(content, data.load())
>>> verdict.id, verdict.steps[0].word, verdict.about_date
('C08', 'partly', '2000')
>>> left_out[0]
'C05: no verdict is given.'
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kit import data, exercises, submission
from kit.data import Case
from kit.errors import KitError, cause
from kit.exercises.model import Exercise
from teach.files import replacing

FILE = "claimreview.jsonld"
EXAMPLE = """\
example:
  python -m editions.claimreview handin-blue-tiger-7.json --out exports/

writes claimreview.jsonld (schema.org ClaimReview).

exit codes:
  0  the file is written; what the learner left open is listed
  1  nothing could be exported; one sentence says why
  2  the command was not understood
"""
CONTEXT = ("https://schema.org", {"eventDate": "http://rs.tdwg.org/dwc/terms/eventDate"})
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


class Exported(NamedTuple):
    """What was written: how many verdicts; left_out: sentences on the rest."""

    reviews: int
    left_out: list

    def __str__(self) -> str:
        rest = ["Left out:", *(f"- {sentence}" for sentence in self.left_out)]
        return "\n".join([f"{FILE}: {self.reviews} verdicts.", *(rest if self.left_out else [])])


def export(path: Path | str, folder: Path | str, case: Case) -> Exported:
    """Write the verdicts in the hand-in at `path` into `folder`; return what was Exported.

    The file is a list with an entry per verdict, in the course's order, and is written anew.
    Raises KitError, also where the hand-in is not whole or was changed.
    """
    content = submission.load(path)
    if content["case"] != case.title:
        raise KitError(
            f"{Path(path).name} was handed in for another course than “{case.title}”; "
            "export it with the kit of its own course."
        )
    verdicts, left_out = verdicts_in(content, case)
    if not verdicts:
        raise KitError(f"{Path(path).name} holds no verdict yet, so nothing was written.")
    _write(Path(folder), [claim_review(verdict) for verdict in verdicts])
    return Exported(len(verdicts), left_out)


def claim_review(verdict: Verdict) -> dict:
    """Return the ClaimReview of a Verdict, ready for `json.dumps`.

    claimReviewed: the claim in plain words; itemReviewed: a Claim with the exact words; author:
    the learner's own code; dateCreated: when it was handed in; reviewRating: one Rating, or a list
    of one for each scale; reviewBody: the learner's reasons; citation: the records relied on.
    """
    ratings = [_rating(step) for step in verdict.steps]
    return {
        "@context": list(CONTEXT),
        "@type": "ClaimReview",
        "author": {"@type": "Person", "name": verdict.code},
        "dateCreated": verdict.time,
        "claimReviewed": verdict.summary,
        "itemReviewed": _claim(verdict),
        "reviewRating": ratings[0] if len(ratings) == 1 else ratings,
        **_if_known(reviewBody=verdict.text, citation=[_account(row) for row in verdict.records]),
    }


def _claim(verdict: Verdict) -> dict:
    """The Claim; datePublished and appearance only where they are known, the speaker never is."""
    page = verdict.page
    work = {"@type": "CreativeWork", "name": page["title"], "url": page["url"]} if page else {}
    return {
        "@type": "Claim",
        "identifier": verdict.id,
        "text": verdict.claim,
        **_if_known(
            appearance=_if_known(**work),
            datePublished=page.get("date"),
            eventDate=verdict.about_date,
        ),
    }


def _rating(step: Step) -> dict:
    rating = {"@type": "Rating", "alternateName": step.word, "description": step.scale}
    if step.value is None:
        return rating
    numbers = {"ratingValue": step.value, "worstRating": step.lowest, "bestRating": step.highest}
    return rating | numbers


def _account(row: dict) -> dict:
    """A row of the record: an account with the earliest day seen for its telling, and its event.

    It is described in the course's words; "Unverified: " is among them. The page that tells of it
    is another work, often much younger, and stands under subjectOf.
    """
    page = {"@type": "CreativeWork", "name": row["source_title"], "url": row["source_url"]}
    return {
        "@type": "CreativeWork",
        "identifier": row["record_id"],
        "description": f"{row['who']}: {row['what_happened']}",
        "datePublished": row["told_date"],
        "eventDate": row["event_date"],
        "subjectOf": _if_known(**page),
    }


def _if_known(**fields: Any) -> dict:
    return {name: value for name, value in fields.items() if value}


def as_text(entries: list[dict]) -> str:
    """JSON that is the same for the same entries, valid UTF-8, and safe inside a web page.

    "<" is written as an escape, so no text can end the <script> it is put in. Half of a character
    (a broken emoji) is replaced, as UTF-8 cannot hold it.

    >>> as_text(["</script>"])
    '[\\n "\\\\u003c/script>"\\n]\\n'
    """
    text = json.dumps(entries, indent=1, ensure_ascii=False, allow_nan=False)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("<", "\\u003c") + "\n"


def _write(folder: Path, reviews: list[dict]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with replacing(folder / FILE) as [file]:
            file.write(as_text(reviews).encode())
    except OSError as error:
        why, remedy = cause(error)
        raise KitError(
            f"{FILE} was not written because {why}; {remedy}, then export again."
        ) from None


# The verdicts in a hand-in


def verdicts_in(content: dict, case: Case) -> tuple[list[Verdict], list[str]]:
    """Return the verdicts in a hand-in's content, and sentences on what is left out."""
    course = exercises.load(case)
    answers = {id: entry["answer"] for id, entry in content["answers"].items()}
    who = content["code"], content["time"]
    pairs = [*_on_claims(answers, course, case, who), *_on_question(answers, course, case, who)]
    verdicts = [verdict for verdict, _ in pairs if verdict]
    return verdicts, [sentence for _, sentences in pairs for sentence in sentences]


def _on_claims(
    answers: dict, course: dict[str, Exercise], case: Case, who: tuple[str, str]
) -> Iterator[tuple[Verdict | None, list[str]]]:
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
        answer = answers.get(name)
        strangers = set(answer) - set(ids) if isinstance(answer, dict) else ()
        if strangers:
            yield None, [f"{name}: {len(strangers)} given under an unknown id."]


def _on_claim(
    row: dict, case: Case, who: tuple[str, str], step: Step, records: tuple[dict, ...]
) -> Verdict:
    summary = row.get("normalised_claim") or row["quote"]
    page = _page(case, row["text_id"])
    about = (*who, row["claim_id"], row["quote"], summary, row["about_date"])
    return Verdict(*about, page, (step,), "", records)


def _on_question(
    answers: dict, course: dict[str, Exercise], case: Case, who: tuple[str, str]
) -> Iterator[tuple[Verdict | None, list[str]]]:
    if "verdict_scales" not in course:
        return
    row, columns = course["verdict_scales"].rows[0], course["verdict_scales"].columns
    answer = _within(answers.get("verdict_scales"), row.id)
    pairs = [_on_scale(column, _within(answer, column.id, "value")) for column in columns]
    steps = tuple(step for step, _ in pairs if step)
    text, records, remarks = _reasons(answers.get("final_answer"), course, case)
    if text and not steps:
        remarks = [f"{_titled(course)}: no verdict goes with it, so it is not exported."]
    sentences = [sentence for _, remark in pairs for sentence in remark] + remarks
    claim = row.text.partition(": ")[2] or row.text
    about = (*who, "verdict_scales", claim, claim, "")
    yield (Verdict(*about, {}, steps, text, records) if steps else None), sentences


def _of_six(id: str, word: Any, options: tuple) -> tuple[Step | None, list[str]]:
    """One of the six verdicts as (Step or None, sentences)."""
    if word is None:
        return None, [f"{id}: no verdict is given."]
    if word not in [option.id for option in options]:
        return None, [f"{id}: what is kept is none of the course's verdicts."]
    scale = f"One of: {', '.join(option.id for option in options)}"
    if word not in BY_TRUTH:
        return Step(scale, word), []
    return Step(scale, word, BY_TRUTH.index(word) + 1, 1, len(BY_TRUTH)), []


def _on_scale(column: Any, answer: Any) -> tuple[Step | None, list[str]]:
    """A verdict on one scale as (Step or None, sentences); a word counts by its place from 1."""
    if answer is None:
        return None, [f"“{column.text}”: no verdict is given."]
    if column.range and type(answer) is int and column.range[0] <= answer <= column.range[1]:
        return Step(column.text, str(answer), answer, *column.range), []
    if isinstance(answer, str) and answer in column.values:
        scale = f"{column.text}: {', '.join(column.values)}"
        return Step(scale, answer, column.values.index(answer) + 1, 1, len(column.values)), []
    return None, [f"“{column.text}”: what is kept is no step of this scale."]


def _reasons(
    text: Any, course: dict[str, Exercise], case: Case
) -> tuple[str, tuple[dict, ...], list[str]]:
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


def _records(
    id: str, listed: Any, case: Case, is_asked: bool
) -> tuple[tuple[dict, ...], list[str]]:
    """The records attached to a claim as (rows, sentences)."""
    if not listed and isinstance(listed, list | None):
        return (), [f"{id}: no record is attached."] if is_asked else []
    if not isinstance(listed, list):
        return (), [f"{id}: what is kept as records is no list of records."]
    ids = case.record_ids
    known = [record for record in listed if isinstance(record, str) and record in ids]
    strangers = len(listed) - len(known)
    remark = f"{id}: {strangers} of {len(listed)} attached not found in the record."
    return _rows(dict.fromkeys(known), case), [remark] if strangers else []


def _rows(ids: Iterable[str], case: Case) -> tuple[dict, ...]:
    rows = {row["record_id"]: row for row in case.rows("record")}
    return tuple(rows[id] for id in ids)


def _page(case: Case, text_id: str) -> dict:
    """Where a text stands: its title, its address ("" if unknown) and its date ("" if unknown).

    Only a date that is printed in full figures is taken over; no other is guessed.
    """
    row = next(row for row in case.rows("sources") if row["text_id"] == text_id)
    files = [file for file in case.dictionary["resources"] if file.get("path") == row["file"]]
    addresses = [source.get("path", "") for file in files for source in file.get("sources", ())]
    url = next((address for address in addresses if address.startswith("http")), "")
    printed = row["date_as_printed"]
    date = printed if _is_date(printed) else ""
    return {"title": row["title_as_printed"], "url": url, "date": date}


def _is_date(text: str) -> bool:
    try:
        return bool(data.span(text))
    except ValueError:
        return False


def _row_ids(exercise: Exercise | None) -> list[str]:
    return [row.id for row in exercise.rows] if exercise else []


def _titled(course: dict[str, Exercise]) -> str:
    return f"“{course['final_answer'].title}”" if "final_answer" in course else "The answer"


def _within(answer: Any, *path: str) -> Any:
    """What is kept under a path: None if nothing, WRONG if there is no table on the way."""
    for part in path:
        if answer is None:
            return None
        if not isinstance(answer, dict):
            return WRONG
        answer = answer.get(part)
    return answer


def main(arguments: list[str] | None = None) -> int:
    """Export the hand-in that is named and return the exit code, as EXAMPLE lists them."""
    parser = argparse.ArgumentParser(
        prog="python -m editions.claimreview",
        description="Write the verdicts of one hand-in as ClaimReview, a format that others read.",
        epilog=EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("handin", metavar="HANDIN.json", help="a hand-in")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where to write the file")
    choice = parser.parse_args(arguments)
    try:
        print(export(choice.handin, choice.out, data.load()))
    except KitError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
