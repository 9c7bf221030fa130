"""The provenance card: what a page prints about itself, and what it leaves out."""

from html import escape

from kit.widgets.base import Page, default_case, sentence

PRINTED = {
    "Title": "title_as_printed",
    "Site": "site_as_printed",
    "Byline": "author_as_printed",
    "Date": "date_as_printed",
}
NOT_PRINTED = "not printed"


def card(text_id, case=None):
    """What the page prints about a text, and in words what it leaves out."""
    case = case or default_case()
    if text_id not in case.texts:
        return no_text(text_id, case)
    row = source(case, text_id)
    printed = {label: row[column] or NOT_PRINTED for label, column in PRINTED.items()}
    entries = "".join(
        f"<dt>{label}</dt><dd{_missing(value)}>{escape(value)}</dd>"
        for label, value in printed.items()
    )
    text = "; ".join(f"{label}: {value}" for label, value in printed.items())
    return Page(
        f'<div class="kit-card"><strong>Provenance card: {escape(text_id)}</strong>'
        f"<dl>{entries}</dl></div>",
        f"Provenance card: {text_id}. {text}",
    )


def no_text(text_id, case):
    """A Page that says there is no such text, and which there are."""
    return sentence(f"There is no text “{text_id}”. There are: {', '.join(case.texts)}.")


def source(case, text_id):
    """The row of `sources.csv` about a text (dict)."""
    return next(row for row in case.rows("sources") if row["text_id"] == text_id)


def _missing(value):
    return ' class="kit-missing"' if value == NOT_PRINTED else ""
