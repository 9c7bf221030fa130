"""A text as HTML: lines and headings as printed, sentences numbered; the reader makes it answer.

Every sentence is a `<span class="kit-sentence">` with its number and its words. One that can be
marked carries `data-id`, the name under which its mark is kept.
"""

from html import escape
from itertools import groupby

from kit import exercises
from kit.widgets.card import source

LONGEST_HEADING = 120  # characters


def article(case, text_id, quoted):
    """The whole text, what is quoted of it elsewhere, and where it comes from (str).

    quoted: dict sentence number -> list of notes.
    """
    text, sentences = case.texts[text_id], case.sentences(text_id)
    shown = {
        found.number: _sentence(found, f' data-id="{found.number}"', quoted.get(found.number))
        for found in sentences
    }
    return (
        f'<article class="kit-text" lang="en" aria-label="The text “{escape(text_id)}”">'
        f"{_lines(text, sentences, shown)}{_list(quoted)}{_note(case, text_id)}</article>"
    )


def excerpts(exercise, case):
    """The sentences of an exercise, each between its neighbours, grouped by text (str)."""
    parts = []
    for text_id, rows in groupby(exercise.rows, lambda row: exercises.place(row.id)[0]):
        rows = list(rows)
        name = _name(rows[0]).rstrip("0123456789 ")
        parts.append(f'<p class="kit-excerpt-of">{escape(name)}</p>')
        parts += [_excerpt(row, case, text_id) for row in rows]
    return f'<div class="kit-text" lang="en">{"".join(parts)}</div>'


def _excerpt(row, case, text_id):
    number = exercises.place(row.id)[1]
    near = case.sentences(text_id)[max(number - 2, 0) : number + 1]
    own = f' data-id="{escape(row.id)}" data-name="{escape(_name(row))}"'
    shown = {
        found.number: _sentence(found, own if found.number == number else "") for found in near
    }
    return f'<div class="kit-excerpt">{_lines(case.texts[text_id], near, shown)}</div>'


def _name(row):
    """How a row calls its sentence: what stands before the colon, “Forum 9”."""
    return row.text.partition(":")[0]


def _lines(text, sentences, shown):
    """Paragraphs: the sentences grouped by the printed line they stand in.

    shown: dict sentence number -> its HTML.
    """
    lines, end = [], None
    for found in sentences:
        if end is None or "\n" in text[end : found.start]:
            lines.append([])
        lines[-1].append(found)
        end = found.end
    return "".join(_line(text, line, shown) for line in lines)


def _line(text, sentences, shown):
    body = " ".join(shown[found.number] for found in sentences)
    first = sentences[0]
    alone = text[: first.start].rpartition("\n")[2] == text[first.end :].partition("\n")[0] == ""
    heading = alone and _looks_like_heading(first.text)
    return f'<p class="kit-printed-heading">{body}</p>' if heading else f"<p>{body}</p>"


def _looks_like_heading(text):
    """A short line of its own without a full stop; the files carry no other sign of one."""
    return len(text) <= LONGEST_HEADING and text[-1] not in ".!…”\"')]"


def _sentence(found, attributes, notes=None):
    sign = ""
    if notes:
        told = escape(" ".join(notes))
        sign = (
            '<span class="kit-quoted"><span aria-hidden="true">↗</span>'
            f'<span class="kit-quoted-note">{told}</span></span>'
        )
    return (
        f'<span class="kit-sentence"{attributes}><sup class="kit-number">{found.number}</sup>'
        f'<span class="kit-words">{escape(found.text)}</span>{sign}</span>'
    )


def _list(quoted):
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
    file = source(case, text_id)["file"]
    found = [
        origin.get("path", "")
        for resource in case.dictionary["resources"]
        if resource.get("path") == file
        for origin in resource.get("sources", ())
    ]
    return [address for address in found if address.startswith(("https://", "http://"))]
