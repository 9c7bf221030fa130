"""The two short tests, and what changed between them."""

from html import escape

from kit import exercises, journal, measures
from kit.widgets.base import Page, default_case, html, sentence
from kit.widgets.controls import Parts, dropdown, group, pair_from_json, pair_to_json, radio
from kit.widgets.fields import Form, part

CONFIDENCE = [
    ("50 % – a guess", 50),
    ("60 %", 60),
    ("70 %", 70),
    ("80 %", 80),
    ("90 %", 90),
    ("100 % – certain", 100),
]


def quiz(form_letter, case=None):
    """Form A or B: true or false, and how sure. It never says what is right."""
    case = case or default_case()
    try:
        statements = exercises.quiz(case, form_letter)
    except exercises.ExerciseError as error:
        return sentence(str(error))
    form = Form(
        f"kit.widgets.quiz({form_letter!r})",
        lambda: _progress(form_letter, statements),
        empty="No statement answered yet. Nothing here is marked: a guess is welcome.",
    )
    return form.lay_out(
        *(_item(form_letter, number, found, form) for number, found in enumerate(statements, 1))
    )


def _item(letter, number, statement, form):
    name = f"Statement {number}"
    item = Parts(
        {
            "answer": radio("This is", [("true", True), ("false", False)], name),
            "confidence": dropdown("How sure?", CONFIDENCE, name),
        }
    )
    id = f"quiz_{letter}/{statement.id}"
    form.keep(id, item, encode=pair_to_json, decode=pair_from_json)
    return group(html(f"{number}. {escape(statement.text)}", "kit-heading"), item)


def _progress(letter, statements):
    """How many are answered, and which are not: "6 of 8 answered. Still open: 2, 5 (how sure?)"."""
    kept = journal.current().answer(f"quiz_{letter}")
    still_open = [
        f"{number}{told}"
        for number, statement in enumerate(statements, 1)
        if (told := _lacking(part(kept, statement.id))) is not None
    ]
    answered = f"{len(statements) - len(still_open)} of {len(statements)} answered."
    if not kept or not still_open:
        return answered
    return f"{answered} Still open: {', '.join(still_open)}."


def _lacking(item):
    """What an item still lacks, in words; "" when it lacks all, None when nothing."""
    told = item.get("answer") is not None, item.get("confidence") is not None
    return {
        (True, True): None,
        (True, False): " (how sure?)",
        (False, True): " (true or false?)",
    }.get(told, "")


def _answered(letter, statements):
    kept = journal.current().answer(f"quiz_{letter}")
    return sum(_lacking(part(kept, statement.id)) is None for statement in statements)


def quiz_result(case=None):
    """The learner's own change from form A to form B, in words; nothing is compared."""
    case = case or default_case()
    if missing := [told for letter in "AB" if (told := _missing(letter, case))]:
        return sentence(f"Your result needs both tests. {' '.join(missing)}")
    before, after = (_score(case, letter) for letter in "AB")
    if before is None or after is None:
        return sentence("There is no key here, so the tests cannot be scored.")
    told = [*_judgement(before, after), _fit(before, after), FEW]
    items = "".join(f"<p>{escape(line)}</p>" for line in told)
    return Page(f'<div class="kit-result" role="status">{items}</div>', " ".join(told))


FEW = (
    "Each test has few statements: with eight, a single answer moves d′ by 0.5 or more. "
    "Take a change as a reason to look again, not as a grade."
)


def _missing(letter, case):
    statements = exercises.quiz(case, letter)
    done = _answered(letter, statements)
    name = {"A": "first", "B": "second"}[letter]
    whole = len(statements)
    return "" if done == whole else f"The {name} test has {done} of {whole} answers."


def _score(case, letter):
    return exercises.score_quiz(case, letter, part(journal.current().answer(f"quiz_{letter}")))


def _judgement(before, after):
    """Sharpness and lean before and after, kept apart."""
    was, now = (measures.discrimination(*_counts(score)) for score in (before, after))
    found = measures.change(_counts(before), _counts(after))
    if found.sharper is None:
        yield f"Telling true from false cannot be measured here: {found.note}."
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
    yield f"Taken together: {found.note}. A change in which way you lean does not make you sharper."


def _counts(score):
    return score.hits, score.misses, score.false_alarms, score.correct_rejections


def _fit(before, after):
    was, now = (measures.brier(test.p, test.outcome) for test in (before, after))
    return (
        f"How well your confidence fitted (Brier score): {was:.2f} before, {now:.2f} after. "
        "0 is perfect; always saying 50 % gives 0.25; the lower, the better."
    )


def _signed(value):
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0.00"
