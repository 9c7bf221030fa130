"""The two short tests, and what changed between them."""

from collections.abc import Iterator
from functools import partial
from html import escape

import ipywidgets

from kit import exercises, measures
from kit.data import Case
from kit.exercises import QuizScore, Reviewed, Statement
from kit.journal import current
from kit.widgets import base
from kit.widgets.base import Page, default_case, html, sentence
from kit.widgets.fields import Form, part
from kit.words import minus

CONFIDENCE = [
    ("50 % – a guess", 50),
    *((f"{percent} %", percent) for percent in (60, 70, 80, 90)),
    ("100 % – certain", 100),
]


def quiz(form_letter: str, case: Case | None = None) -> Form:
    """Return form A or B: true or false, and how sure. It never says what is right.

    Raises ExerciseError for another form, or where there is no such test.
    """
    statements = exercises.quiz(case or default_case(), form_letter)
    progress = partial(_progress, form_letter, statements)
    empty = "No statement answered yet. Nothing here is marked: a guess is welcome."
    form = Form(progress, empty)
    return form.lay_out(*(_item(form_letter, *item, form) for item in enumerate(statements, 1)))


def _item(letter: str, number: int, statement: Statement, form: Form) -> ipywidgets.VBox:
    name, heading = f"Statement {number}", f"{number}. {escape(statement.text)}"
    answer = base.radio("This is", [("true", True), ("false", False)], name)
    item = base.Parts(
        {"answer": answer, "confidence": base.dropdown("How sure?", CONFIDENCE, name)}
    )
    id, how = f"quiz_{letter}/{statement.id}", (base.pair_to_json, base.pair_from_json)
    return base.group(html(heading, "kit-heading"), form.keep(id, item, *how))


def _progress(letter: str, statements: list[Statement]) -> str:
    """How many are answered, and which are not: "6 of 8 answered. Still open: 2, 5 (how sure?)"."""
    answers = current().answer(f"quiz_{letter}")
    items = [_lacking(part(answers, statement.id)) for statement in statements]
    still_open = [f"{number}{what}" for number, what in enumerate(items, 1) if what is not None]
    answered = f"{len(statements) - len(still_open)} of {len(statements)} answered."
    if not answers or not still_open:
        return answered
    return f"{answered} Still open: {', '.join(still_open)}."


def _lacking(item: dict) -> str | None:
    """What an item still lacks, in words; "" when it lacks all, None when nothing."""
    sure, answer = item.get("confidence"), item.get("answer")
    if answer is None:
        return "" if sure is None else " (true or false?)"
    return " (how sure?)" if sure is None else None


def quiz_result(case: Case | None = None) -> Page:
    """Return each statement with the learner's answer and the reason; then the change from A to B.

    What was sure and wrong comes first. Nothing is compared with anybody else.
    """
    case = case or default_case()
    kept = {letter: part(current().answer(f"quiz_{letter}")) for letter in "AB"}
    if missing := [*filter(None, (_missing(case, *test) for test in kept.items()))]:
        return sentence(f"Your result needs both tests. {' '.join(missing)}")
    before, after = (exercises.score_quiz(case, *test) for test in kept.items())
    if before is None or after is None:
        return sentence("There is no key here, so the tests cannot be scored.")
    reviewed = [item for test in kept.items() for item in exercises.review_quiz(case, *test)]
    reviewed.sort(key=lambda item: (item.is_right, -item.confidence))
    lines = [*_judgement(before, after), _fit(before, after), FEW]
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    kinds = ("kit-wrong", "kit-right")
    items = "".join(f'<li class="{kinds[item.is_right]}">{_review(item)}</li>' for item in reviewed)
    text = "\n".join(_review(item, "{} {} {}") for item in reviewed)
    return Page(
        f'<div class="kit-result">{ORDER}<ol class="kit-review">{items}</ol>{paragraphs}</div>',
        f"{text}\n{' '.join(lines)}",
    )


ORDER = "<p>Every statement of both tests. Where you were sure and wrong comes first.</p>"
REVIEW = "<strong>{}</strong> <span>{}</span> <span>{}</span>"
FEW = (
    "Each test has few statements: with eight, a single answer moves d′ by 0.5 or more. "
    "Take a change as a reason to look again, not as a grade."
)


def _review(item: Reviewed, form: str = REVIEW) -> str:
    sign = "✓ Right" if item.is_right else "✗ Wrong"
    called = "true" if item.answer else "false"
    head = f"{sign}: you said {called}, {item.confidence} % sure."
    return form.format(head, escape(item.statement.text), escape(item.reason))


def _missing(case: Case, letter: str, answers: dict) -> str:
    items = [part(answers, statement.id) for statement in exercises.quiz(case, letter)]
    done, whole = sum(_lacking(item) is None for item in items), len(items)
    name = {"A": "first", "B": "second"}[letter]
    return "" if done == whole else f"The {name} test has {done} of {whole} answers."


def _judgement(before: QuizScore, after: QuizScore) -> Iterator[str]:
    was, now = (measures.discrimination(*_counts(score)) for score in (before, after))
    change = measures.change(_counts(before), _counts(after))
    if change.sharper is None:
        yield f"Telling true from false cannot be measured here: {change.note}."
        return
    yield (
        f"Telling true from false (d′): {_signed(was.d_prime)} before, "
        f"{_signed(now.d_prime)} after. 0 is guessing; the higher, the sharper."
    )
    yield (
        f"Which way you lean (criterion c): {_signed(was.criterion)} before, "
        f"{_signed(now.criterion)} after. Above 0 you say “false” more easily, "
        "below 0 you say “true” more easily."
    )
    leaning = "A change in which way you lean does not make you sharper."
    yield f"Taken together: {change.note}. {leaning}"


def _counts(score: QuizScore) -> tuple[int, int, int, int]:
    return score.hits, score.misses, score.false_alarms, score.correct_rejections


def _fit(before: QuizScore, after: QuizScore) -> str:
    was, now = (measures.brier(test.p, test.outcome) for test in (before, after))
    return (
        f"How well your confidence fitted (Brier score): {was:.2f} before, {now:.2f} after. "
        "0 is perfect; always saying 50 % gives 0.25; the lower, the better."
    )


def _signed(value: float | None) -> str:
    return minus(f"{value:+.2f}") if value and round(value, 2) else "0.00"
