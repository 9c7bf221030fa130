"""A verdict as a record in the style of AVeriTeC, a data set of checked claims.

Definition followed: "Format" in https://github.com/MichSchli/AVeriTeC, file README.md; the four
labels are spelt as in its data and in veracity_prediction.py. The paper: arXiv 2305.13117.

What a learner's verdict does not tell stays empty, as in the data set: null for a speaker, a
first address, an archived copy or a place; an empty list for types and strategies. `claim_date`
is the day on which a claim first appeared, day-month-year: the pages print none, so it is null.
What the format has no field for stands under the one extra key "kit": among it `event_date`, the
date the claim is about, and for each record the date of the event and of its telling, all in
ISO 8601 and no more exact than they are known.
"""

from teach.exports.verdicts import in_words

CONFLICTING = "Conflicting Evidence/Cherrypicking"
NOT_ENOUGH = "Not Enough Evidence"

# "partly" is true in part, or true but misleading. The fourth label is for conflicting evidence and
# for claims that are true and mislead by what they leave out. There is no label for an opinion.
LABELS = {
    "supported": "Supported",
    "true": "Supported",
    "partly": CONFLICTING,
    "partly true": CONFLICTING,
    "contradicted": "Refuted",
    "false": "Refuted",
    "unsupported": NOT_ENOUGH,
    "unresolvable": NOT_ENOUGH,
}


def label_of(verdict):
    """The label for the first scale whose word has one, or None (an opinion, "half true").

    >>> from teach.exports.verdicts import Step, Verdict
    >>> label_of(Verdict(*[""] * 7, steps=(Step("", "partly"),), text="", records=()))
    'Conflicting Evidence/Cherrypicking'
    """
    return next((LABELS[step.word] for step in verdict.steps if step.word in LABELS), None)


def averitec(verdict):
    """Return the record of a Verdict as a dict, ready for `json.dumps`; its label may be None.

    claim: the exact words; justification: the learner's reasons, "" where none were asked for;
    questions: the one the course asked about evidence, with an answer for each record chosen.
    """
    return {
        "claim": verdict.claim,
        "required_reannotation": False,
        "label": label_of(verdict),
        "justification": verdict.text,
        "claim_date": None,
        "speaker": None,
        "original_claim_url": None,
        "cached_original_claim_url": None,
        "fact_checking_article": None,
        "reporting_source": None,
        "location_ISO_code": None,
        "claim_types": [],
        "fact_checking_strategies": [],
        "questions": _questions(verdict),
        "kit": _kit(verdict),
    }


def _questions(verdict):
    """The question the course put, and the records as answers; none without records.

    The answers are in the course's words, which the format calls abstractive. Whether a source is
    a page, a PDF or an image was not noted, so its medium is left empty.
    """
    answers = [
        {
            "answer": in_words(row),
            "answer_type": "Abstractive",
            "source_url": row["source_url"],
            "cached_source_url": None,
            "source_medium": "",
        }
        for row in verdict.records
    ]
    return [{"question": "Which records settle the claim?", "answers": answers}] if answers else []


def _kit(verdict):
    """What the format has no field for: whose verdict, in which words, on which dates."""
    shown = ("record_id", "event_date", "told_date", "source_title", "verification")
    return {
        "claim_id": verdict.id,
        "code": verdict.code,
        "time": verdict.time,
        "event_date": verdict.about_date or None,
        "appearance": verdict.page or None,
        "verdicts": [{"verdict": step.word, "scale": step.scale} for step in verdict.steps],
        "evidence": [{name: row[name] for name in shown} for row in verdict.records],
    }
