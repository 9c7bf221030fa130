"""One activity as a page of HTML that needs nothing else and prints on two pages at most.

Where sentences stand beside the choice, there are four.
"""

import mistune
from markupsafe import Markup

from editions.paper.before import Notebook, before, notebook, on_paper
from editions.paper.hand import MATERIALS, at_hand, shown_records
from editions.paper.rendering import render
from kit import exercises
from kit.data import Case
from kit.exercises import KINDS, Exercise, Statement
from teach.typed.sheets import SheetField

QUIZ = {"A": "Before you start: what do you think now?", "B": "The second test"}
markdown = mistune.create_markdown(plugins=["table"])


def exercise_sheet(exercise: Exercise, case: Case, fields: list[SheetField]) -> str:
    """Return the sheet of one exercise; fields: its SheetFields, in their order."""
    led, its_notebook = before(exercise, case), notebook(exercise, case)
    return _sheet(
        "exercise",
        exercise.title,
        fields,
        heading=f"{exercise.title} ({exercise.points} points)",
        minutes=minutes(exercise, its_notebook, case),
        materials=[MATERIALS[name][0] for name in at_hand(exercise, led.code)],
        notebook=its_notebook,
        prose=_prose(led.prose),
        records=shown_records(case, led.code),
        prompt=Markup(markdown(on_paper(exercise.prompt))),
        form=KINDS[exercise.kind].form,
        exercise=exercise,
        case=case,
    )


def quiz_sheet(form: str, statements: list[Statement], fields: list[SheetField]) -> str:
    """Return the sheet of a short test."""
    return _sheet("quiz", QUIZ[form], fields, heading=QUIZ[form], statements=statements)


def code_sheet(advice: str, titles: list[str]) -> str:
    """Return the sheet on which a learner chooses a code; titles: of the other sheets.

    advice: what the course says on codes.
    """
    title = "Your pen name"
    return render("code", title=title, heading=title, advice=advice, sheets=titles, to_type=[])


def _sheet(template, title, fields, **values):
    foot = f"{title} · Pen name: ……………………"
    return render(template, title=title, foot=foot, to_type=to_type(fields), **values)


def minutes(exercise: Exercise, its_notebook: Notebook | None, case: Case) -> int:
    """Return the minutes of an exercise: its notebook's, shared out by points; 0: unknown."""
    if its_notebook is None:
        return 0
    of_it = [e for e in exercises.load(case).values() if e.notebook == exercise.notebook]
    return -(-its_notebook.minutes * exercise.points // sum(each.points for each in of_it))


def _prose(text):
    """Prose of a notebook as HTML; nothing if only its heading is left."""
    return Markup(markdown(text)) if text.partition("\n")[2].strip() else ""


def to_type(fields: list[SheetField]) -> list[tuple[str, str]]:
    """Return for whoever types the answers in: the fields of a sheet, and what to type."""
    of_how: dict[str, list[str]] = {}
    for field in fields:
        of_how.setdefault(field.how, []).append(field.id)
    return [
        (ids[0] if len(ids) == 1 else f"{ids[0]} … {ids[-1]}", how) for how, ids in of_how.items()
    ]
