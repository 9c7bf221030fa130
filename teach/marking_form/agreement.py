"""How well two or more markers agree, question by question, in words and as a table."""

from html import escape

from kit import exercises
from kit.widgets.page import Page, default_case, sentence
from teach.grading import rubric

HEADINGS = ("Question", "Answers marked by two or more", "Given one level", "Still to settle",
            "Agreement beyond chance, from 95 % of resamples")  # fmt: skip
ABOUT = (
    "Agreement is Krippendorff's alpha for levels in order: 1 is full agreement, 0 is what chance "
    "alone would give. By convention 0.8 is good, and under 0.667 nothing should rest on it. "
    "A unit is an answer, a rater a marker."
)


def agreement(folder, case=None):
    """How the markers of a folder of marks agree: n, alpha and its interval for each question."""
    known = exercises.load(case or default_case())
    marks, problems = rubric.given(folder)
    found = rubric.agreement(marks)
    rows = [_row(known[id].title, found[id]) for id in known if id in found]
    if not rows:
        told = f"No answer in {folder} was marked by two people yet, so nothing can be compared."
        return sentence(" ".join([told, *problems]))
    heads = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    body = "".join(_as_html(row) for row in rows)
    notes = "".join(f'<p class="kit-note">{escape(text)}</p>' for text in [ABOUT, *problems])
    table = (
        '<div class="kit-scroll"><table class="kit-table"><caption>How the markers agree</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
    return Page(table + notes, "\n".join([*map(_as_text, rows), ABOUT, *problems]))


def _row(title, twice):
    counts = map(str, (twice.answers, twice.same, twice.open))
    return (title, *counts, _in_words(twice.alpha))


def _in_words(found):
    """Alpha with its interval and what to know of it: "0.72 (0.45 to 0.90); only 8 units: …"."""
    if found.alpha is None:
        return found.note
    interval = "" if found.low is None else f" ({found.low:.2f} to {found.high:.2f})"
    return "; ".join(filter(None, [f"{found.alpha:.2f}{interval}", found.note]))


def _as_html(row):
    title, *cells = map(escape, row)
    rest = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{title}</th>{rest}</tr>'


def _as_text(row):
    title, answers, same, still_open, alpha = row
    return (
        f"{title}: {answers} marked by two or more, {same} given one level, {still_open} still to "
        f"settle; agreement {alpha}."
    )
