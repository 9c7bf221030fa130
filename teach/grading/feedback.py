"""The page a learner gets back: points, reasons, the receipt; one file that needs nothing else.

It holds no name, no time of day and no script, and shows the key only where the teacher asks for
it. What a learner typed stands in it as text, whatever it is. Its words are final: a hand-in that
is marked is no longer being worked on, so that nothing is "not yet" right, and points are "so far"
only while a person still has something to read.
"""

import html
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kit import submission
from kit.exercises import KINDS, Answer, Checker
from kit.exercises.model import STATES, Exercise, lead_and_list, texts
from kit.words import plural
from teach.grading.answer_table import answer_table, expected
from teach.grading.marks import CourseMark, ExerciseScore, Scorer, as_text
from teach.grading.selection import Selected
from teach.grading.store import Submission

LONG = ("grid", "scales", "table", "chart", "drawing")  # of more than a few lines
SPECIAL = re.compile(  # what HTML reads as its own, what is no text, what turns the text around it
    "[&<>\"'\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
ESCAPED = {sign: html.escape(sign) for sign in "&<>\"'"}
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
TABLE = """<table>
<caption>Your points</caption>
<thead><tr><th scope="col">Exercise</th><th scope="col">Points</th><th scope="col">Of</th>\
<th scope="col">State</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>"""


def page(
    selected: Selected,
    content: dict,
    scores: list[ExerciseScore],
    mark: CourseMark,
    scorer: Scorer,
    with_solutions: bool = False,
) -> str:
    """Return the HTML of the page for one code; scorer: the one that gave the scores."""
    title = f"Feedback for {selected.code}"
    parts = [_row_and_beginning(score, scorer.exercises[score.id]) for score in scores]
    body = [f"<h1>{_safe(title)}</h1>", *_head(selected, content, scores, mark)]
    rows = "\n".join(row for row, _ in parts)
    body += [TABLE.format(rows=rows), "<h2>What you did, and why it counts so</h2>"]
    for score, (_, beginning) in zip(scores, parts, strict=True):
        body.append(_section(beginning, score, content, scorer, with_solutions))
    body += _others(selected.others)
    return PAGE.format(title=_safe(title), style=_style(), body="\n".join(filter(None, body)))


def _head(
    selected: Selected,
    content: dict,
    scores: list[ExerciseScore],
    mark: CourseMark,
) -> Iterator[str]:
    waiting = sum(score.waits for score in scores)
    yield f"<p>{_safe(content['case'])}</p>\n<p>{_safe(repr(submission.receipt_of(content)))}</p>"
    if mark.points is not None:
        points = f"{as_text(mark.points)} of {as_text(mark.most)} points"
        yield f"<p><strong>{points}</strong>{' so far' if waiting else ''}.</p>"
    yield from (f"<p>{_safe(sentence)}</p>" for sentence in mark.told)
    if waiting:
        answers = plural(waiting, "written answer waits", "written answers wait")
        yield f"<p>{answers} for a person to read and mark.</p>"
    if selected.others:
        yield "<p>Of your hand-ins the latest counts. The others stand at the end.</p>"


def _row_and_beginning(score: ExerciseScore, exercise: Exercise) -> tuple[str, str]:
    """Return an exercise as a row of the table and as the beginning of its section."""
    # Many learners get the same, so it is kept, but not what is made to fill the memory.
    make = _made if len(score.message) < 2_000 else _made.__wrapped__
    return make(score, exercise.title, exercise.points, _state(score, exercise))


@lru_cache(maxsize=2_000)
def _made(score: ExerciseScore, title: str, most: int, state: str) -> tuple[str, str]:
    points, title = as_text(score.points), _safe(title)
    row = (
        f'<tr><th scope="row">{title}</th><td class="number">{points or "–"}</td>'
        f'<td class="number">{most}</td><td>{state}</td></tr>'
    )
    earned = f": {points} of {most} points" if points else ""
    beginning = f"<h3>{title}</h3>\n<p>{state}{earned}</p>"
    return row, "\n".join(filter(None, [beginning, _message(score)]))


def _state(score: ExerciseScore, exercise: Exercise) -> str:
    sign, words = STATES[score.state], score.state
    if score.is_excused:
        words = "excused"
    elif score.waits:
        words = "waits for a person"
    elif exercise.kind == "written" and score.points is not None:
        words = "read and marked"
    elif score.state == "not yet":
        sign, words = ("◐", "partly correct") if score.points else ("✗", "not correct")
    return f'<span aria-hidden="true">{sign}</span> {words}'


def _section(
    beginning: str, score: ExerciseScore, content: dict, scorer: Scorer, with_solutions: bool
) -> str:
    exercise, entry = scorer.exercises[score.id], content["answers"].get(score.id)
    answer = entry["answer"] if entry and score.state != "not answered" else None
    kind = KINDS[exercise.kind]
    checker = scorer.checker if with_solutions and kind.has_key else None
    if kind.form == "grid" and (answer is None or kind.fits(exercise, answer)):
        parts = [_matrix(exercise, answer, score, checker)]
    else:
        key = _key(checker, score.id) if checker else ""
        parts = [_answer(exercise, answer, score), key]
    lines = [beginning, *filter(None, parts)]
    return '<section class="exercise">\n' + "\n".join(lines) + "\n</section>"


def _matrix(exercise: Exercise, answer: Any, score: ExerciseScore, checker: Checker | None) -> str:
    if answer is None and not checker:
        return ""
    wrong = None if score.state == "recorded" else score.wrong
    key = expected(checker, score.id) if checker else None
    return answer_table(exercise, answer, wrong, key)


def _answer(exercise: Exercise, answer: Any, score: ExerciseScore) -> str:
    if answer is None or KINDS[exercise.kind].form in LONG:
        return ""
    words = str(answer) if score.is_strange else in_words(exercise, answer)
    return f'<p>Your answer:</p>\n<blockquote dir="auto">{_safe(words)}</blockquote>'


@lru_cache(maxsize=200)
def _key(checker: Checker, id: str) -> str:
    """Return what the key answers and what counts as well; "" where the key leaves it open."""
    if not (key := checker.key(id)):
        return ""
    words = _safe(in_words(checker.exercises[id], key.value, key))
    return f"<p>The key answers:</p>\n<blockquote>{words}</blockquote>"


def in_words(exercise: Exercise, value: Any, key: Answer | None = None) -> str:
    """Return an answer, a learner's or the key's, in the words of its exercise instead of ids.

    A line for each of its parts. key: to say beside each part what counts as well.

    >>> from kit import data, exercises
    >>> known = exercises.load(data.load())
    >>> in_words(known["date_article"], "2009-04/..", Answer("2009-04/..", ["2009"]))
    'no earlier than April 2009\\nAlso counts: 2009'
    """
    kind = KINDS[exercise.kind]
    also = kind.also(exercise, value, key) if key else {}
    rows, columns = texts(exercise.rows), texts(exercise.columns)
    lines = []
    for place, text in kind.words(exercise, value):
        beside = also.get(place, "")
        if len(place) == 2:
            lines.append(f"{rows[place[0]]} – {columns[place[1]]}: {text}{beside}")
        elif place:
            lines.append(f"{rows[place[0]]}: {text}" + (f" ({beside})" if beside else ""))
        else:
            lines.append(text)
    return "\n".join([*lines, also[()]] if () in also else lines)


def _message(score: ExerciseScore) -> str:
    lead, reasons = lead_and_list(score.message, score.reasons)
    lead = lead.replace("\n", " ")
    points = "".join(f"<li>{_safe(reason)}</li>" for reason in reasons)
    return (f"<p>{_safe(lead)}</p>" if lead else "") + (f"\n<ul>{points}</ul>" if points else "")


def _others(others: list[Submission]) -> Iterator[str]:
    if not others:
        return
    yield "<h2>Hand-ins that do not count</h2>\n<p>A later one came with this code.</p>\n<ul>"
    for other in others:
        receipt = submission.Receipt(Path(), other.hash[:10], other.time)
        yield f"<li>Receipt {receipt.hash}, {receipt.when}</li>"
    yield "</ul>"


def _safe(text: str) -> str:
    """Return text that cannot be taken for HTML, nor turn the text around it."""
    return SPECIAL.sub(lambda special: ESCAPED.get(special[0], "\ufffd"), text)


@cache
def _style() -> str:
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
