"""What learners have at hand on paper: no activity, and of any length."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from editions.paper.hand import MATERIALS
from editions.paper.rendering import render
from kit.data import Case
from kit.widgets.finder import record_html
from kit.widgets.reader import article, card


def materials(case: Case) -> dict[str, str]:
    """Return {name: page (HTML)}, in the order of `hand.MATERIALS`; members only where counted."""
    names = [name for name in MATERIALS if name != "members" or "enlargement" in case.table_names]
    return {name: render(name, title=title(name), **_values(name, case)) for name in names}


def title(name: str) -> str:
    """Return the title of one of the materials.

    >>> title("record")
    'The record'
    """
    words = MATERIALS[name][0]
    return words[0].upper() + words[1:]


def _values(name: str, case: Case) -> dict[str, Any]:
    """Return what the template of one of the materials is filled in with."""
    return {
        "cards": lambda: {"cards": [Markup(card(id, case).html) for id in case.texts]},
        "texts": lambda: {"texts": _texts(case)},
        "record": lambda: {"records": [Markup(record_html(row)) for row in case.rows("record")]},
        "claims": lambda: {name: case.rows(name) for name in ("propositions", "claims")},
        "members": lambda: {"members": case.rows("enlargement")},
    }[name]()


def _texts(case: Case) -> Iterator[tuple[str, Markup]]:
    """Yield each text's id and page; what is folded on a screen lies open on paper."""
    for id in case.texts:
        html = article(case, id, {}).replace("summary>", "p>").replace("details>", "div>")
        yield id, Markup(html)
