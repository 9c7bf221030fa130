"""Puts the sheets, the materials and the table to type into into one folder."""

from itertools import groupby

from editions.paper import teacher
from editions.paper.materials import materials, title
from editions.paper.sheet import QUIZ, code_sheet, exercise_sheet, quiz_sheet
from editions.paper.teacher import Listed
from kit import exercises
from kit.widgets.handin import ADVICE
from teach.spreadsheet import table_bytes
from teach.typed import HEADS
from teach.typed.sheets import fields, statements


def build(case, out):
    """Write the course of a Case on paper into the folder `out`; return a list of Listed sheets.

    A table `typed.csv` that lies there is left as it is: somebody may have begun to fill it in.
    """
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.html"):
        old.unlink()
    asked = fields(case)
    sheets = list(_sheets(case, asked))
    made = [(Listed(f"{name}.html", title(name)), text) for name, text in materials(case).items()]
    hints = (Listed("hints.html", "Hints"), teacher.hints(case))
    listed = [[each for each, _ in pages] for pages in (sheets, made, [hints])]
    index = (Listed("index.html", ""), teacher.index(case, *listed))
    for each, text in [*sheets, *made, hints, index]:
        (out / each.file).write_text(text, encoding="utf-8")
    if not (out / "typed.csv").exists():
        (out / "typed.csv").write_bytes(to_fill(asked))
    return listed[0]


def _sheets(case, asked):
    """Yield (Listed, HTML) of each sheet: the code, then the course in its order."""
    of_sheet = {id: list(group) for id, group in groupby(asked.values(), lambda f: f.sheet)}
    pages = [*_quiz("A", case, of_sheet)]
    for id, exercise in exercises.load(case).items():
        own = of_sheet.get(id, [])
        pages.append((id, exercise.title, teacher.note(own), exercise_sheet(exercise, case, own)))
    pages += _quiz("B", case, of_sheet)
    yield (
        Listed("00_code.html", "Your pen name"),
        code_sheet(ADVICE, [title for _, title, *_ in pages]),
    )
    for number, (id, name, note, text) in enumerate(pages, 1):
        yield Listed(f"{number:02}_{id}.html", name, note), text


def _quiz(form, case, of_sheet):
    """Yield the sheet of a short test, if the case has it."""
    if found := statements(form, case):
        id = f"quiz_{form}"
        yield id, QUIZ[form], "", quiz_sheet(form, found, of_sheet[id])


def to_fill(asked):
    """Return the table to type into (bytes): a row for each field, without code and answer."""
    return table_bytes(HEADS, (("", id, "") for id in asked))
