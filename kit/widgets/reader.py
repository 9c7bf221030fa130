"""The provenance card and the reader: a text and what is printed about it."""

from html import escape

from kit.widgets.page import Page, default_case, sentence

PRINTED = {
    "Title": "title_as_printed",
    "Site": "site_as_printed",
    "Byline": "author_as_printed",
    "Date": "date_as_printed",
}
NOT_PRINTED = "not printed"
LONGEST_HEADING = 120  # characters


def card(text_id, case=None):
    """What the page prints about a text, and in words what it leaves out."""
    case = case or default_case()
    if text_id not in case.texts:
        return _no_text(text_id, case)
    row = _source(case, text_id)
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


def reader(text_id, case=None):
    """The whole text with its sentences numbered, as it was printed."""
    case = case or default_case()
    if text_id not in case.texts:
        return _no_text(text_id, case)
    sentences = case.sentences(text_id)
    lines = "".join(_line(line) for line in _lines(case.texts[text_id], sentences))
    return Page(
        f'<article class="kit-reader" lang="en" aria-label="The text “{escape(text_id)}”">'
        f"{lines}{_note(case, text_id)}</article>",
        f"Reader: {text_id}, {len(sentences)} sentences",
    )


def _no_text(text_id, case):
    return sentence(f"There is no text “{text_id}”. There are: {', '.join(case.texts)}.")


def _missing(value):
    return ' class="kit-missing"' if value == NOT_PRINTED else ""


def _source(case, text_id):
    return next(row for row in case.rows("sources") if row["text_id"] == text_id)


def _lines(text, sentences):
    """Sentences grouped by the printed line (paragraph) they stand in."""
    lines, end = [], None
    for found in sentences:
        if end is None or "\n" in text[end : found.start]:
            lines.append([])
        lines[-1].append(found)
        end = found.end
    return lines


def _line(sentences):
    heading = len(sentences) == 1 and _looks_like_heading(sentences[0].text)
    body = " ".join(
        f'<span class="kit-sentence"><sup class="kit-n">{found.number}</sup>'
        f"{escape(found.text)}</span>"
        for found in sentences
    )
    return f'<p class="kit-printed-heading">{body}</p>' if heading else f"<p>{body}</p>"


def _looks_like_heading(text):
    """A short line of its own without a full stop; the files carry no other sign of one."""
    return len(text) <= LONGEST_HEADING and text[-1] not in ".!…”\"')]"


def _note(case, text_id):
    addresses = [
        f'<li><a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(address)}</a></li>"
        for address in _addresses(case, text_id)
    ]
    folded = (
        f"<details><summary>Where it was found</summary><ul>{''.join(addresses)}</ul></details>"
        if addresses
        else ""
    )
    return (
        '<footer class="kit-note">A text by a third party, quoted in full for study, '
        "as it was printed, mistakes included. The small numbers are ours."
        f"{folded}</footer>"
    )


def _addresses(case, text_id):
    """Addresses of a text as the case's dictionary gives them; only web addresses."""
    file = _source(case, text_id)["file"]
    found = [
        source.get("path", "")
        for resource in case.dictionary["resources"]
        if resource.get("path") == file
        for source in resource.get("sources", ())
    ]
    return [address for address in found if address.startswith(("https://", "http://"))]
