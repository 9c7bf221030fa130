"""How many calls of Python functions one click in the rating form costs, up to its saved line.

Counted, not timed: the same on every machine. `calls in the kit` are those of its own functions,
without the steps of comprehensions; `all calls` those of every library as well.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from unittest import mock

import kit

HOME = str(Path(kit.__file__).parent)
CELL = "ratings/forum/source"  # one of 5 texts × 8 criteria


def run():
    """Return the figures as a list of dicts: what, figure, unit, note."""
    with (
        tempfile.TemporaryDirectory() as folder,
        mock.patch.dict(os.environ, KIT_WORK=f"{folder}/my_work.jsonl"),
    ):
        kit.start()
        form = kit.ask("ratings")
        first = clicked(form, "A")
        rate_all(form)
        last = clicked(form, "C")
    return [
        {"what": f"a rating click, {state}: {kind}", "figure": calls[kind], "unit": "calls"}
        | {"note": note}
        for state, calls, note in (
            ("the first", first, "nothing rated before"),
            ("all 40 rated", last, "every cell with its sentence"),
        )
        for kind in ("calls in the kit", "all calls")
    ]


def clicked(form, value):
    """Return a Counter of the calls while a value is chosen."""
    control, calls = form.fields[CELL].control.parts["value"], Counter()

    def note(frame, event, _argument):
        if event == "call":
            calls["all calls"] += 1
            code = frame.f_code
            own = code.co_filename.startswith(HOME) and not code.co_name.startswith("<")
            calls["calls in the kit"] += own

    sys.setprofile(note)
    try:
        control.value = value
    finally:
        sys.setprofile(None)
    return calls


def rate_all(form):
    """Give every rating its second value and its first sentence."""
    for row in form.exercise.rows:
        form.text.shown = row.id
    for field in form.fields.values():
        value, evidence = field.control.parts["value"], field.control.parts["evidence"]
        value.value, evidence.value = value.options[1][1], "1"
        field.save()


if __name__ == "__main__":
    for row in run():
        print(row["what"], row["figure"], row["unit"], row["note"], sep=" | ")
