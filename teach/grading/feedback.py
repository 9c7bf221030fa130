"""The page a learner gets back: points, reasons, the receipt; one file that needs nothing else.

It holds no name, no time of day and no script, and shows the key only where the teacher asks for
it. What a learner typed stands in it as text, whatever it is.
"""

import html
import re
from functools import cache, lru_cache
from pathlib import Path

from kit import submission
from kit.exercises import KINDS
from kit.exercises.model import STATES
from teach.grading.score import total, written_out
from teach.grading.words import in_words

SHOWN = {"choice", "several", "number", "date", "written"}  # kinds whose answer is short enough
CHECKED = set(KINDS) - {"rating", "written"}  # kinds that the key answers
SPECIAL = re.compile(  # what HTML reads as its own, what is no text, what turns the text around it
    "[&<>\"'\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
)
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


def page(counting, content, marks, scorer, with_solutions=False):
    """Return the HTML (str) of the page for one code.

    counting: the Counting of the code; marks: the Mark of each exercise; scorer: the Scorer that
    gave them; with_solutions: show what the key answers.
    """
    title = f"Feedback for {counting.code}"
    told = [_told(mark, scorer.exercises[mark.id]) for mark in marks]
    body = [f"<h1>{_safe(title)}</h1>", *_head(counting, content, marks, scorer.exercises)]
    body += [_table(row for row, _ in told), "<h2>What you did, and why it counts so</h2>"]
    for mark, (_, begin) in zip(marks, told, strict=True):
        body.append(_section(begin, mark, content, scorer, with_solutions))
    body += _others(counting.others)
    return PAGE.format(title=_safe(title), style=_style(), body="\n".join(filter(None, body)))


def _head(counting, content, marks, exercises):
    points = sum(exercise.points for exercise in exercises.values())
    waiting = sum(mark.waits for mark in marks)
    yield f"<p>{_safe(content['case'])}</p>\n<p>{_safe(repr(submission.receipt_of(content)))}</p>"
    yield f"<p><strong>{written_out(total(marks))} of {points} points</strong> so far.</p>"
    if waiting:
        answers = "answer waits" if waiting == 1 else "answers wait"
        yield f"<p>{waiting} written {answers} for a person to read and mark.</p>"
    if counting.others:
        yield "<p>Of your hand-ins the latest counts. The others stand at the end.</p>"


def _table(rows):
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Exercise", "Points", "Of", "State"))
    return (
        f"<table>\n<caption>Your points</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody>\n</table>"
    )


def _told(mark, exercise):
    """Return an exercise as a row of the table and as the beginning of its section.

    Many learners are told the same, so this is kept, but not what is made to fill the memory.
    """
    tell = _tell if len(mark.message) < 2_000 else _tell.__wrapped__
    return tell(mark, exercise.title, exercise.points)


@lru_cache(maxsize=2_000)
def _tell(mark, title, most):
    points, title = written_out(mark.points), _safe(title)
    row = (
        f'<tr><th scope="row">{title}</th><td class="number">{points or "–"}</td>'
        f'<td class="number">{most}</td><td>{_state(mark)}</td></tr>'
    )
    earned = f": {points} of {most} points" if points else ""
    begin = f"<h3>{title}</h3>\n<p>{_state(mark)}{earned}</p>"
    return row, "\n".join(filter(None, [begin, _message(mark.message)]))


def _state(mark):
    words = "waits for a person" if mark.waits else mark.state
    return f'<span aria-hidden="true">{STATES[mark.state]}</span> {words}'


def _section(begin, mark, content, scorer, with_solutions):
    """Return one exercise: how it begins, the learner's answer and, if asked, the key's."""
    exercise, lines = scorer.exercises[mark.id], [begin]
    kept = content["answers"].get(mark.id)
    if kept and exercise.kind in SHOWN and mark.state != "not answered":
        said = kept["answer"] if mark.is_strange else in_words(exercise, kept["answer"])
        lines.append(f"<p>Your answer:</p>\n<blockquote>{_safe(str(said))}</blockquote>")
    key = with_solutions and exercise.kind in CHECKED and scorer.checker.key(mark.id)
    if key:
        said = in_words(exercise, key.value, key)
        lines.append(f"<p>The key answers:</p>\n<blockquote>{_safe(said)}</blockquote>")
    return '<section class="exercise">\n' + "\n".join(lines) + "\n</section>"


def _message(message):
    """Return the message of a check as HTML; its lines that begin with "• " become a list."""
    lines = message.split("\n")
    said = " ".join(line for line in lines if not line.startswith("• "))
    points = "".join(f"<li>{_safe(line[2:])}</li>" for line in lines if line.startswith("• "))
    return (f"<p>{_safe(said)}</p>" if said else "") + (f"\n<ul>{points}</ul>" if points else "")


def _others(others):
    if not others:
        return
    yield "<h2>Hand-ins that do not count</h2>\n<p>A later one came with this code.</p>\n<ul>"
    for each in others:
        receipt = submission.Receipt(Path(), each.hash[:10], each.time)
        yield f"<li>Receipt {receipt.hash}, {receipt.when}</li>"
    yield "</ul>"


def _safe(text):
    """Return text that cannot be taken for HTML, nor turn the text around it."""
    return SPECIAL.sub(_as_text, text)


def _as_text(found):
    escaped = html.escape(found[0])
    return escaped if escaped != found[0] else "\ufffd"


@cache
def _style():
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
