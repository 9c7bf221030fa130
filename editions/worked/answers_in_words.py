"""An answer from `solutions/answers.py` as Markdown, for people who read without running."""

from typing import Any

from kit.exercises import KINDS, Answer, Exercise
from kit.exercises.model import Place


def in_words(exercise: Exercise, value: Any, key: Answer | None = None) -> str:
    """Return `value`, an answer to `exercise` as the journal keeps it, as Markdown.

    Options, rows and columns appear in the words of the exercise, never as ids. Beside each part
    stands what the key accepts as well.
    """
    kind = KINDS[exercise.kind]
    title = "Answer" if kind.has_key else "One possible answer"
    also = kind.also(exercise, value, key) if key else {}
    parts = [f"**{title}**", _body(exercise, value, also), also.get(())]
    return "\n\n".join(filter(None, parts))


def _body(exercise: Exercise, value: Any, also: dict[Place, str]) -> str:
    kind = KINDS[exercise.kind]
    if kind.form == "text":
        return "\n".join(f"> {line}".rstrip() for line in str(value).splitlines())
    if kind.form == "line":
        return f"{kind.as_text(exercise, value)} {exercise.unit}".strip()
    words = kind.words(exercise, value)
    if exercise.columns:
        return _grid(exercise, {place: text + also.get(place, "") for place, text in words})
    if not exercise.rows:
        return "\n".join(f"- {text}" for _, text in words)
    rows = {row.id: row.text for row in exercise.rows}
    lines = []
    for place, text in words:
        beside = f" ({also[place]})" if place in also else ""
        lines.append(f"- {rows[place[0]]} **{text}**{beside}")
    return "\n".join(lines)


def _grid(exercise: Exercise, cells: dict[Place, str]) -> str:
    lines = [["", *(column.text for column in exercise.columns)]]
    lines.append([":--"] * len(lines[0]))
    for row in exercise.rows:
        words = [cells.get((row.id, column.id), "") for column in exercise.columns]
        lines.append([row.text, *words])
    return "\n".join("| " + " | ".join(_safe(text) for text in line) + " |" for line in lines)


def _safe(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
