"""What a reader sees where the course has a form: the question's choices, and nothing to press."""

from html import escape

from editions.site.words import in_html
from kit import exercises
from kit.charts.figure import SIDEWAYS
from kit.exercises import KINDS
from kit.widgets.handin import ADVICE
from kit.widgets.quiz import CONFIDENCE
from kit.widgets.reader import excerpts
from kit.words import html_table

RECORD = '<p><a href="record.html">Read the whole record: {} records</a></p>'


def form(name, argument, case):
    """Return the HTML that stands for the form that `kit.name(argument)` shows in the course.

    name: such as "ask" or "quiz". argument: the text between its brackets, or "".
    Raises KeyError for a form that is not known here.
    """
    return FORMS[name](argument, case)


def place(*parts):
    """Return what stands at the place of a form, and says so."""
    return f'<div class="place"><p class="here">{parts[0]}</p>{"".join(parts[1:])}</div>'


def in_code():
    """Return what stands behind the lines of code that a learner changes."""
    return place("In the course you answer here, in code.")


def hints(exercise):
    """Return the hints of an exercise, each folded away."""
    folded = "".join(
        f"<details><summary>Hint {number}</summary>{in_html(hint)}</details>"
        for number, hint in enumerate(exercise.hints, 1)
    )
    return folded and f'<div class="hints">{folded}</div>'


# One for each function that shows a form


def _ask(exercise_id, case):
    exercise = exercises.load(case)[exercise_id]
    asked = BY_FORM[KINDS[exercise.kind].form](exercise, case)
    return place("In the course you answer here.", asked)


def _quiz(letter, case):
    sure = " · ".join(words for words, _ in CONFIDENCE)
    how = f"<p>Say of each whether it is true or false, and how sure you are: {sure}.</p>"
    statements = "".join(f"<li>{escape(each.text)}</li>" for each in exercises.quiz(case, letter))
    return place("In the course you answer here.", how, f"<ol>{statements}</ol>")


def _finder(_argument, case):
    sentence = "In the course you search the record here: by words, by names, by years."
    return place(sentence, RECORD.format(len(case.rows("record"))))


def _pen_name(_argument, _case):
    return place("In the course you write your pen name here.", f"<p>{escape(ADVICE)}</p>")


def _start(_argument, _case):
    return place("In the course this place says what is kept of your work.")


def _commit(_argument, _case):
    return place("In the course a button here says: I have decided. It gives a line for the class.")


def _handin(_argument, _case):
    return place(
        "In the course a form here shows what you have answered and what is open, and writes the "
        "file for your teacher."
    )


FORMS = {
    "ask": _ask,
    "commit": _commit,
    "finder": _finder,
    "handin": _handin,
    "pen_name": _pen_name,
    "quiz": _quiz,
    "start": _start,
}


# One for each form in which an exercise is asked


def _one(exercise, _case):
    return f"<p>Choose one:</p>{_listed(exercise.options, 'choices one')}"


def _several(exercise, case):
    if exercise.options:
        return f"<p>Tick all that fit:</p>{_listed(exercise.options, 'choices')}"
    record = RECORD.format(len(case.rows("record")))
    return f"<p>Attach records to each of these:</p>{_listed(exercise.rows)}{record}"


def _typed(exercise, _case):
    [asked] = KINDS[exercise.kind].inputs(exercise)
    end = "" if asked.answer.endswith(".") else "."
    return f"<p>The answer is {escape(asked.answer)}{end}</p>"


def _grid(exercise, case):
    words = _in_line(exercise.options)
    if exercise.in_reader:
        asked = f"<p>Choose for each sentence in large letters one of: {words}</p>"
        return f'{asked}<div class="kit">{excerpts(exercise, case)}</div>'
    if len(exercise.columns) == 1:
        return f"<p>Choose for each one of: {words}</p>{_listed(exercise.rows)}"
    if exercise.sentences:
        rows = "".join(_nearest(exercise, case, row) for row in exercise.rows)
        return f"<p>Choose for each text one of: {words}</p>{rows}"
    return f"<p>Choose for each row and column one of: {words}</p>{_table(exercise)}"


def _nearest(exercise, case, row):
    """The words of a row, and under them each text's nearest sentences."""
    texts = ""
    for column in exercise.columns:
        sentences = exercises.nearest(exercise, case, row.id, column.id)
        told = "".join(f"<p><small>{s.number}</small> {escape(s.text)}</p>" for s in sentences)
        texts += f"<dt>{escape(column.text)}</dt><dd><blockquote>{told}</blockquote></dd>"
    return f"<p><strong>{escape(row.text)}</strong></p><dl>{texts}</dl>"


def _table(exercise):
    head = ["", *(escape(column.text) for column in exercise.columns)]
    rows = [[escape(row.text), *[""] * len(exercise.columns)] for row in exercise.rows]
    table = html_table(head, rows, named_rows=True)
    return f"{SIDEWAYS.format(escape(exercise.title))}{table}</div>"


def _scales(exercise, _case):
    sentence = " and the number of the sentence that made you decide" if exercise.evidence else ""
    scales = "".join(
        f"<dt>{escape(column.text)}</dt><dd>{_scale(column)}</dd>" for column in exercise.columns
    )
    asked = f"<p>{_in_line(exercise.rows)}</p><p>Give for each a value{sentence}:</p>"
    return f"{asked}<dl>{scales}</dl>"


def _scale(column):
    if column.range:
        return "a number from {} to {}".format(*column.range)
    words = [f": {escape(each)}" for each in column.words] or [""] * len(column.values)
    steps = [f"{escape(str(v))}{word}" for v, word in zip(column.values, words, strict=True)]
    return " · ".join(steps)


BY_FORM = {
    "one": _one,
    "several": _several,
    "line": _typed,
    "text": _typed,
    "grid": _grid,
    "scales": _scales,
}


def _listed(things, kind="asked"):
    items = "".join(f"<li>{escape(thing.text)}</li>" for thing in things)
    return f'<ul class="{kind}">{items}</ul>'


def _in_line(things):
    return " · ".join(f"<strong>{escape(thing.text)}</strong>" for thing in things)
