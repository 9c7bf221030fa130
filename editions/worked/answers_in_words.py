"""An answer from `solutions/answers.py` as Markdown, for people who read without running."""

from teach.grading.words import beside


def in_words(exercise, value, key=None):
    """Return `value`, an answer to `exercise` as the journal keeps it, as Markdown.

    Options, rows and columns appear in the words of the exercise, never as ids. Beside each part
    stands what the key, an Answer, accepts as well.
    """
    show = {"choice": _several, "several": _several, "matrix": _grid, "rating": _grid}
    open_to_judgement = exercise.kind in ("written", "rating")
    title = "One possible answer" if open_to_judgement else "Answer"
    also = beside(exercise, value, key)
    parts = [f"**{title}**", show.get(exercise.kind, _plain)(exercise, value, also), also.get(())]
    return "\n\n".join(filter(None, parts))


def _plain(exercise, value, _also):
    if exercise.kind == "written":
        return "\n".join(f"> {line}".rstrip() for line in str(value).splitlines())
    return f"{value} {exercise.unit}".strip()


def _several(exercise, value, also):
    if exercise.rows:
        found = [
            f"{row.text} **{', '.join(value.get(row.id, ()))}**"
            + (f" ({also[row.id,]})" if (row.id,) in also else "")
            for row in exercise.rows
        ]
    else:
        chosen = [value] if isinstance(value, str) else value
        found = [option.text for option in exercise.options if option.id in chosen]
    return "\n".join(f"- {text}" for text in found)


def _grid(exercise, value, also):
    words = {option.id: option.text for option in exercise.options}
    lines = [["", *(column.text for column in exercise.columns)]]
    lines.append([":--"] * len(lines[0]))
    for row in exercise.rows:
        cells = [
            _cell(value.get(row.id, {}).get(column.id, ""), words)
            + also.get((row.id, column.id), "")
            for column in exercise.columns
        ]
        lines.append([row.text, *cells])
    return "\n".join("| " + " | ".join(_safe(text) for text in line) + " |" for line in lines)


def _cell(cell, words):
    if not isinstance(cell, dict):
        return words.get(cell, str(cell))
    sentence = f" (sentence {cell['evidence']})" if cell.get("evidence") else ""
    return f"{cell['value']}{sentence}"


def _safe(text):
    return text.replace("|", "\\|").replace("\n", " ")
