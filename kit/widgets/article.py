"""A text on the page: its provenance card, its lines and headings as printed, sentences numbered.

Every sentence is a `<span class="kit-sentence">` with its number and its words. One that can be
marked carries `data-id`, the name under which its mark is kept.
"""

from html import escape
from itertools import groupby

from kit import exercises
from kit.data import Case, Sentence
from kit.exercises import Choice, Exercise
from kit.widgets.base import Page, default_case

LONGEST_HEADING = 120  # characters
PRINTED = {
    "Title": "title_as_printed",
    "Site": "site_as_printed",
    "Byline": "author_as_printed",
    "Date": "date_as_printed",
}
NOT_PRINTED = "not printed"


def card(text_id: str, case: Case | None = None) -> Page:
    """Return the provenance card: what the page prints about a text, and what it leaves out.

    Raises DataError for an unknown text.
    """
    case = case or default_case()
    case.text(text_id)
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


def _source(case: Case, text_id: str) -> dict[str, str]:
    """The row of `sources.csv` about a text."""
    return next(row for row in case.rows("sources") if row["text_id"] == text_id)


def _missing(value: str) -> str:
    return ' class="kit-missing"' if value == NOT_PRINTED else ""


def article(case: Case, text_id: str, quoted: dict[int, list[str]]) -> str:
    """Return the whole text, what is quoted of it elsewhere, and where it comes from, as HTML.

    quoted: notes by the number of the sentence.
    """
    text, sentences = case.text(text_id), case.sentences(text_id)
    shown = {
        s.number: _sentence(s, f' data-id="{s.number}"', quoted.get(s.number)) for s in sentences
    }
    return (
        f'<article class="kit-text" lang="en" aria-label="The text “{escape(text_id)}”">'
        f"{_lines(text, sentences, shown)}{_list(quoted)}{_note(case, text_id)}</article>"
    )


def excerpts(exercise: Exercise, case: Case) -> str:
    """Return the sentences of an exercise, each between its neighbours, grouped by text (HTML)."""
    parts = []
    for text_id, group in groupby(exercise.rows, lambda row: exercises.place(row.id)[0]):
        rows = list(group)
        name = _name(rows[0]).rstrip("0123456789 ")
        parts.append(f'<p class="kit-excerpt-of">{escape(name)}</p>')
        parts += [_excerpt(row, case, text_id) for row in rows]
    return f'<div class="kit-text" lang="en">{"".join(parts)}</div>'


def _excerpt(row: Choice, case: Case, text_id: str) -> str:
    number = exercises.place(row.id)[1]
    near = case.sentences(text_id)[max(number - 2, 0) : number + 1]
    own = f' data-id="{escape(row.id)}" data-name="{escape(_name(row))}"'
    shown = {s.number: _sentence(s, own if s.number == number else "") for s in near}
    return f'<div class="kit-excerpt">{_lines(case.texts[text_id], near, shown)}</div>'


def _name(row: Choice) -> str:
    """How a row calls its sentence: what stands before the colon, “Forum 9”."""
    return row.text.partition(":")[0]


def _lines(text: str, sentences: list[Sentence], shown: dict[int, str]) -> str:
    """Paragraphs: the sentences grouped by the printed line they stand in.

    shown: the HTML of each sentence by its number.
    """
    lines: list[list[Sentence]] = []
    end = None
    for sentence in sentences:
        if end is None or "\n" in text[end : sentence.start]:
            lines.append([])
        lines[-1].append(sentence)
        end = sentence.end
    return "".join(_line(text, line, shown) for line in lines)


def _line(text: str, sentences: list[Sentence], shown: dict[int, str]) -> str:
    body = " ".join(shown[sentence.number] for sentence in sentences)
    first = sentences[0]
    alone = text[: first.start].rpartition("\n")[2] == text[first.end :].partition("\n")[0] == ""
    heading = alone and _looks_like_heading(first.text)
    return f'<p class="kit-printed-heading">{body}</p>' if heading else f"<p>{body}</p>"


def _looks_like_heading(text: str) -> bool:
    """A short line of its own without a full stop; the files carry no other sign of one."""
    return len(text) <= LONGEST_HEADING and text[-1] not in ".!…”\"')]"


def _sentence(sentence: Sentence, attributes: str, notes: list[str] | None = None) -> str:
    sign = ""
    if notes:
        sign = (
            '<span class="kit-quoted"><span aria-hidden="true">↗</span>'
            f'<span class="kit-quoted-note">{escape(" ".join(notes))}</span></span>'
        )
    return (
        f'<span class="kit-sentence"{attributes}><sup class="kit-number">{sentence.number}</sup>'
        f'<span class="kit-words">{escape(sentence.text)}</span>{sign}</span>'
    )


def _list(quoted: dict[int, list[str]]) -> str:
    """All that is quoted elsewhere, folded away at the end of the text."""
    if not quoted:
        return ""
    items = "".join(
        f"<li>Sentence {number}. {escape(' '.join(notes))}</li>" for number, notes in quoted.items()
    )
    return (
        f'<details class="kit-quoted-list"><summary>Quoted elsewhere ↗ ({len(quoted)})</summary>'
        f"<ul>{items}</ul></details>"
    )


def _note(case: Case, text_id: str) -> str:
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


def _addresses(case: Case, text_id: str) -> list[str]:
    """Addresses of a text as the case's dictionary gives them; only web addresses."""
    file = _source(case, text_id)["file"]
    addresses = [
        origin.get("path", "")
        for resource in case.dictionary["resources"]
        if resource.get("path") == file
        for origin in resource.get("sources", ())
    ]
    return [address for address in addresses if address.startswith(("https://", "http://"))]
