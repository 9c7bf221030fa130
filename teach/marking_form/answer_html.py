"""What a marker is shown of a question and an answer, as HTML; learners' words are escaped."""

from html import escape

from kit import exercises
from kit.data import Case
from kit.exercises import Exercise
from kit.widgets.base import in_words

LONGEST = 20_000  # characters of an answer that are shown


def question(exercise: Exercise) -> str:
    """The prompt of a written exercise, folded."""
    prompt = escape(exercise.prompt.strip().replace("**", ""))
    return (
        f"<details><summary>The question: {escape(exercise.title)} "
        f'({exercise.points} points)</summary><p class="kit-prompt">{prompt}</p></details>'
    )


def samples(exercise: Exercise) -> str:
    """The sample answers of each level, folded."""
    levels = [
        "".join(f'<blockquote class="kit-quote">{escape(text)}</blockquote>' for text in texts)
        for texts in exercise.samples
    ]
    return "".join(
        f"<details><summary>Sample answers of level {level}</summary>{quotes}</details>"
        for level, quotes in enumerate(levels)
    )


def answer(text: str, exercise: Exercise, case: Case) -> str:
    """A learner's text with its length, and the records it cites, folded."""
    rest = len(text) - LONGEST
    shown = escape(text[:LONGEST])
    more = f'<p class="kit-bad">{rest:,} more characters are not shown.</p>' if rest > 0 else ""
    about = _length(text, exercise.limit) + (_cited(text, case) if exercise.cites else "")
    return (
        '<blockquote class="kit-quote kit-prompt" dir="auto" tabindex="0" role="region" '
        f'aria-label="The answer">{shown}</blockquote>{more}{about}'
    )


def _length(text, limit):
    words = len(text.split())
    over = f" That is {words - limit} too many." if words > limit else ""
    return f'<p class="kit-note">{words} of at most {limit} words.{over}</p>'


def _cited(text, case):
    """The ids a text cites, folded over what the records say; ids that are none are named."""
    ids = exercises.cited(text, case.record_ids)
    if not ids:
        return '<p class="kit-note">No record is cited.</p>'
    named = ", ".join(id if known else f"{id} (not in the record)" for id, known in ids.items())
    items = ""
    for row in case.rows("record"):
        if (id := row["record_id"]) in ids:
            cells = (in_words(row["event_date"]), row["who"], row["what_happened"])
            items += f"<li><strong>{escape(id)}</strong> {escape(' · '.join(cells))}</li>"
    return f"<details><summary>Cited: {named}</summary><ul>{items}</ul></details>"
