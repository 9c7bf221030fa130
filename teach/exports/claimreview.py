"""A verdict as schema.org ClaimReview, in JSON-LD.

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

from teach.exports.verdicts import in_words

CONTEXT = ("https://schema.org", {"eventDate": "http://rs.tdwg.org/dwc/terms/eventDate"})


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

    The page that tells of it is another work, often much younger, and stands under subjectOf.
    """
    page = {"@type": "CreativeWork", "name": row["source_title"], "url": row["source_url"]}
    return {
        "@type": "CreativeWork",
        "identifier": row["record_id"],
        "description": in_words(row),
        "datePublished": row["told_date"],
        "eventDate": row["event_date"],
        "subjectOf": _if_known(**page),
    }


def _if_known(**fields):
    return {name: value for name, value in fields.items() if value}
