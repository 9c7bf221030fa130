"""Makes the cells of a notebook stand still: what needs a kernel gives way to what can be read."""

import re

from nbformat.v4 import new_output

from editions.site.forms import form, hints, in_code
from kit import exercises
from kit.charts.figure import SIDEWAYS

WIDGET = "application/vnd.jupyter.widget-view+json"
STYLE = re.compile(r"<style\b.*?</style>\s*", flags=re.DOTALL)  # site.css holds them, once
TABLE = re.compile(r'<table border="1" (class="dataframe">.*?</table>)', flags=re.DOTALL)  # pandas
NUMBER = re.compile(r"<td>([\d-]+)</td>")  # a number or a date, which must not break
SHOWS = re.compile(r"^kit\.(?:widgets\.)?(\w+)\((?:\"(\w+)\")?\)$", flags=re.MULTILINE)
LABEL = re.compile(r"\A# .*\n")  # of a folded cell


class SiteError(Exception):
    """A page cannot be built; the message says which cell and what to do."""


def still(notebook, case):
    """Change the notebook that was run so that every cell can be read without a kernel.

    A check has nothing to check here, the steps follow nobody: their cells go. A form gives way to
    its question and choices. Hints stand, folded, behind the cell in which one answers.
    """
    known = exercises.load(case)
    notebook.cells = [cell for cell in notebook.cells if not _follows_a_learner(cell)]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            kept = [each for each in cell.outputs if not _is_steps(each)]
            cell.outputs = [_output(cell, each, case) for each in kept]
            if "answer" in _tags(cell):
                here = in_code() if cell.source else ""
                cell.outputs.append(_shown(here + hints(known[_exercise(cell)])))


def _follows_a_learner(cell):
    return "check" in _tags(cell) or "kit.progress()" in cell.source.splitlines()


def _is_steps(output):
    return "kit-steps" in output.get("data", {}).get("text/html", "")


def _tags(cell):
    return cell.metadata.get("tags", [])


def _exercise(cell):
    return next(tag.partition(":")[2] for tag in _tags(cell) if tag.startswith("exercise:"))


def _output(cell, output, case):
    data = output.get("data", {})
    if WIDGET in data and "text/html" not in data:
        return _shown(_form(cell, case))
    if "text/html" in data:
        return _shown(_settled(data["text/html"]))
    return output


def _form(cell, case):
    """Return what stands for a form; the line of code that shows the form is of no use without."""
    called = SHOWS.search(cell.source)
    try:
        markup = form(called[1], called[2] or "", case)
    except (TypeError, KeyError):
        what = f"cell {cell.id} shows a form that no page can show; add it to editions/site/forms"
        raise SiteError(f"{what}.py.") from None
    if SHOWS.fullmatch(LABEL.sub("", cell.source)):
        cell.source = ""
    return markup


def _settled(html):
    """Return the HTML of an output without styles; a table of pandas scrolls by itself."""
    html = NUMBER.sub(r'<td class="number">\1</td>', STYLE.sub("", html))
    html = html.replace("<th></th>", "<td></td>")  # the head of nothing
    return TABLE.sub(rf"{SIDEWAYS.format('Table')}<table \1</div>", html)


def _shown(html):
    return new_output("display_data", data={"text/html": html})
