"""`python -m teach export`: writes a learner's verdicts as schema.org ClaimReview, in JSON-LD.

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
  June 1906, 1971 some time in 1971), declared in the context. schema.org has dates for the life
  of a work and none for the event that a claim or an account speaks of. Its `additionalProperty`
  is for products, places and offers and not for works. A term that is defined in public and keeps
  a month a month is better than one of our own.
"""

import json
import sys
from pathlib import Path
from typing import NamedTuple

from teach.exports.verdicts import verdicts_in

from kit import data, submission
from kit.errors import cause

HELP = "write a learner's verdicts as ClaimReview"
DESCRIPTION = "Write the verdicts of one hand-in as ClaimReview, a format that others read."
EXAMPLE = """\
example:
  python -m teach export handin-blue-tiger-7.json --out exports/

writes claimreview.jsonld (schema.org ClaimReview).

exit codes:
  0  the file is written; what the learner left open is listed
  1  nothing could be exported; one sentence says why
  2  the command was not understood
"""
FILE = "claimreview.jsonld"
CONTEXT = ("https://schema.org", {"eventDate": "http://rs.tdwg.org/dwc/terms/eventDate"})


class ExportError(Exception):
    """Nothing could be exported; the message is one sentence."""


class Exported(NamedTuple):
    """What was written: how many verdicts; left_out: sentences on the rest."""

    reviews: int
    left_out: list

    def __str__(self):
        rest = ["Left out:", *(f"- {sentence}" for sentence in self.left_out)]
        return "\n".join([f"{FILE}: {self.reviews} verdicts.", *(rest if self.left_out else [])])


def arguments(parser):
    """Declare what the command takes."""
    parser.add_argument("handin", metavar="HANDIN.json", help="a hand-in")
    parser.add_argument("--out", required=True, metavar="FOLDER", help="where to write the file")


def run(choice):
    """Export the hand-in that the parsed arguments name; return the exit code."""
    try:
        exported = export(choice.handin, choice.out, data.load())
    except (data.DataError, ExportError, submission.SubmissionError) as error:
        print(error, file=sys.stderr)
        return 1
    print(exported)
    return 0


def export(path, folder, case):
    """Write the verdicts in the hand-in at `path` into `folder`; return what was Exported.

    The file is a list with an entry per verdict, in the course's order, and is written anew.
    Raises ExportError, and SubmissionError if the hand-in is not whole or was changed.
    """
    content = submission.load(path)
    if content["case"] != case.title:
        raise ExportError(
            f"{Path(path).name} was handed in for another course than “{case.title}”; "
            "export it with the kit of its own course."
        )
    verdicts, left_out = verdicts_in(content, case)
    if not verdicts:
        raise ExportError(f"{Path(path).name} holds no verdict yet, so nothing was written.")
    _write(Path(folder), [claim_review(verdict) for verdict in verdicts])
    return Exported(len(verdicts), left_out)


def claim_review(verdict):
    """Return the ClaimReview of a Verdict as a dict, ready for `json.dumps`.

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


def _claim(verdict):
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


def _rating(step):
    """The Rating: its word, its scale, and a number where the scale has an order."""
    rating = {"@type": "Rating", "alternateName": step.word, "description": step.scale}
    if step.value is None:
        return rating
    numbers = {"ratingValue": step.value, "worstRating": step.lowest, "bestRating": step.highest}
    return rating | numbers


def _account(row):
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


def _if_known(**fields):
    return {name: value for name, value in fields.items() if value}


def as_text(entries):
    """JSON that is the same for the same entries, valid UTF-8, and safe inside a web page.

    "<" is written as an escape, so no text can end the <script> it is put in. Half of a character
    (a broken emoji) is replaced, as UTF-8 cannot hold it.

    >>> as_text(["</script>"])
    '[\\n "\\\\u003c/script>"\\n]\\n'
    """
    text = json.dumps(entries, indent=1, ensure_ascii=False, allow_nan=False)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("<", "\\u003c") + "\n"


def _write(folder, reviews):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(as_text(reviews), encoding="utf-8", newline="\n")
    except OSError as error:
        why, remedy = cause(error)
        raise ExportError(
            f"{FILE} was not written because {why}; {remedy}, then export again."
        ) from None
