"""Says of an error in a learner's cell in one sentence what is wrong and what to do next.

The sentences stand in `mistakes.toml`. `explain_errors` puts them into a notebook: the sentence
comes first, and Python's own words are folded beneath it.

>>> try:
...     print(membres)
... except NameError as error:
...     print(explain(error, ["members", "case"]).partition(" If")[0])
Line 1: there is nothing called `membres`. Did you mean members?
"""

import builtins
import functools
import re
import tomllib
from collections.abc import Iterable
from html import escape
from pathlib import Path
from traceback import walk_tb
from typing import Any

from kit.errors import KitError
from kit.words import suggestion

GIVEN = re.compile(r"^(\w+(?:, *\w+)*) *=(?!=)", re.MULTILINE)  # names that a cell gives a value
ANSI = re.compile(r"\x1b\[[0-9;]*m")  # colours in what Python says


@functools.cache
def _mistakes() -> list[dict[str, str]]:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["mistake"]


def explain(error: BaseException, names: Iterable[str] = ()) -> str:
    """Return one sentence about an error, for somebody who meets Python for the first time.

    names: those that the learner's cells know, to suggest from for a misspelt one.
    """
    kinds = [kind.__name__ for kind in type(error).__mro__]
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    for mistake in _mistakes():
        found = re.search(mistake["message"], message)
        if mistake["error"] in kinds and found:
            return mistake["say"].format(*found.groups(), **_details(error, names))
    return message


def _details(error: BaseException, names: Iterable[str]) -> dict[str, Any]:
    word, kind, known = _not_found(error, names)
    meant = suggestion(word, dict.fromkeys(name for name in known if not name.startswith("_")))
    is_told = bool(word and known) and (kind == "column" or meant.startswith("Did"))
    meant = f"{meant} " if is_told else ""
    return {"line": _line(error), "word": f"“{word}”", "kind": kind, "meant": meant}


def _not_found(error: BaseException, names: Iterable[str]) -> tuple[str, str, list[str]]:
    """What was looked for in vain, what it should have been, and what there is instead."""
    if isinstance(error, NameError):
        return error.name or "", "name", [*names, *dir(builtins)]
    if isinstance(error, AttributeError):
        columns = map(str, getattr(error.obj, "columns", ()))
        return error.name or "", "name", [*columns, *dir(error.obj)]
    if isinstance(error, KeyError):
        word = re.sub(r".*?\['(.+?)'.*|^'(.*)'$", r"\1\2", str(error))
        return word, *_labels(error)
    return "", "name", []


def _labels(error: KeyError) -> tuple[str, list[str]]:
    """What pandas looked for, "column" or "row", and those that there are."""
    kind, labels = "entry", []
    for frame, _ in walk_tb(error.__traceback__):
        here = frame.f_locals
        names = [kind.__name__ for kind in type(here.get("self")).__mro__]
        if "_LocIndexer" in names:
            axis = here.get("axis") or 0
            kind, labels = ("row", "column")[axis], list(map(str, here["self"].obj.axes[axis]))
        elif "DataFrame" in names and kind == "entry":
            kind, labels = "column", list(map(str, here["self"].columns))
    return kind, labels


def _line(error: BaseException) -> int:
    """The line of the learner's cell where Python stopped."""
    if isinstance(error, SyntaxError):
        return error.lineno or 1
    frames = walk_tb(error.__traceback__)
    lines = [n for frame, n in frames if frame.f_globals.get("__name__") == "__main__"]
    return [1, *lines][-1]


def explain_errors(shell: Any) -> None:
    """Let an IPython shell show each error as a sentence, with Python's own words folded beneath.

    A KitError is a sentence already. From then on `left_over` knows which cells ended with an
    error. Called twice it changes nothing more.
    """
    if hasattr(shell, "kit_shows"):
        return
    shell.kit_shows, shell.kit_failed = shell._showtraceback, set()

    def show(kind: type, error: BaseException, lines: list[str]) -> None:
        if isinstance(error, KitError):
            return shell.kit_shows(kind, error, lines)
        from IPython.display import HTML, display

        shell.kit_shows(kind, error, [explain(error, shell.user_ns)])
        words = escape(ANSI.sub("", "\n".join(lines)))
        summary = "<summary>What Python says itself</summary>"
        display(HTML(f"<details>{summary}<pre>{words}</pre></details>"))

    def note(result: Any) -> None:
        groups = GIVEN.findall(result.info.raw_cell or "")
        names = {name.strip() for group in groups for name in group.split(",")}
        shell.kit_failed = shell.kit_failed - names if result.success else shell.kit_failed | names

    shell._showtraceback = show
    shell.events.register("post_run_cell", note)


def left_over(shell: Any) -> str:
    """Return a name in the cell that runs now whose own cell ended with an error; "" for none.

    Such a name holds an older value, or none of the learner's.
    """
    cells = getattr(shell, "user_ns", {}).get("In", [""])
    names = set(re.findall(r"\w+", cells[-1])) & getattr(shell, "kit_failed", set())
    return min(names, default="")
