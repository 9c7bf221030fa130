"""What learners have at hand on paper: no activity, and of any length."""

from html import escape

from editions.paper.answering import table
from editions.paper.hand import MATERIALS, in_words
from editions.paper.sheet import page
from kit.widgets.finder import record_html
from kit.widgets.reader import article, card


def materials(case):
    """Return {name: page (HTML)}, in the order of `hand.MATERIALS`."""
    return {name: page(title(name), MAKE[name](case)) for name in MATERIALS}


def title(name):
    """Return the title of one of the materials.

    >>> title("record")
    'The record'
    """
    words = MATERIALS[name][0]
    return words[0].upper() + words[1:]


def _cards(case):
    return _head("cards") + "".join(card(id, case).html for id in case.texts)


def _texts(case):
    """The texts, each on pages of its own, so that they can be handed out in any order."""
    said = "<p>Texts by third parties, quoted for study, as they were printed.</p>"
    parts = [
        f'<section class="text"><h2>{id.capitalize()}</h2>{_open(article(case, id, {}))}</section>'
        for id in case.texts
    ]
    return _head("texts") + said + "".join(parts)


def _open(html):
    """What is folded on a screen lies open on paper."""
    return html.replace("summary>", "p>").replace("details>", "div>")


def _record(case):
    items = "".join(
        f'<section class="record">{record_html(row)}</section>' for row in case.rows("record")
    )
    return f'{_head("record")}<div class="columns">{items}</div>'


def _claims(case):
    """Each proposition with its subject and the claims that were sorted under it."""
    parts, of_it = [_head("claims")], {}
    for claim in case.rows("claims"):
        of_it.setdefault(claim["proposition_id"], []).append(claim)
    for row in case.rows("propositions"):
        id, subject = row["proposition_id"], row["about"]
        parts.append(
            f'<section class="claims"><h2>{escape(id)} {escape(row["proposition"])}</h2>'
            f"<p>Subject of each claim below: <b>{escape(subject)}</b></p><ul>"
            + "".join(map(_claim, of_it.get(id, [])))
            + "</ul></section>"
        )
    return "".join(parts)


def _claim(row):
    return (
        f"<li><b>{escape(row['claim_id'])}, {escape(row['text_id'])}:</b> "
        f"“{escape(row['quote'])}”</li>"
    )


def _members(case):
    rows = [
        [escape(row["country"]), in_words(row["accession_date"]), escape(row.get("notes", ""))]
        for row in case.rows("enlargement")
    ]
    return _head("members") + table(["Member", "Joined", "Note"], rows, "plain")


def _head(name):
    return f"<h1>{title(name)}</h1>"


MAKE = {
    "cards": _cards,
    "texts": _texts,
    "record": _record,
    "claims": _claims,
    "members": _members,
}
