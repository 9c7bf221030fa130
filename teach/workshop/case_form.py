"""The beginning and the end of a case: its name, how far it is, and the folder that comes of it."""

from typing import Any, NamedTuple

from kit.widgets.base import html
from kit.words import plural
from teach.workshop.answered_form import AnsweredForm, asked, styled
from teach.workshop.desk import Desk


class Size(NamedTuple):
    """What a case of a size has at least."""

    name: str
    texts: int
    moments: int
    exercises: int


SIZES = (Size("small", 2, 8, 6), Size("middle", 3, 15, 12), Size("full", 5, 25, 25))


class NameForm(AnsweredForm):
    """What the case is called, what it asks, how large it is to be, and whose it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        fields = [self.ask(f"case/-/{each['id']}", each) for each in asked()["case"]["fields"]]
        self.lay_out(styled(*fields))


def missing(size: Size, texts: int, moments: int, exercises: int) -> str:
    """Say what a case lacks for a size.

    >>> missing(SIZES[0], 2, 7, 9), missing(SIZES[1], 3, 15, 12)
    ('Small: 1 moment is missing.', 'Middle: all there.')
    """
    here = {"text": texts, "moment": moments, "exercise": exercises}
    wanted = dict(zip(here, size[1:], strict=True))
    lacks = {noun: wanted[noun] - here[noun] for noun in here if here[noun] < wanted[noun]}
    name = size.name.capitalize()
    if not lacks:
        return f"{name}: all there."
    said = " and ".join(plural(count, noun) for noun, count in lacks.items())
    is_one = list(lacks.values()) == [1]
    return f"{name}: {said} {'is' if is_one else 'are'} missing."
