"""An answer from `solutions/answers.py` as Markdown, for people who read without running."""


def in_words(exercise, value):
    """Return `value`, an answer to `exercise` as the journal keeps it, as Markdown.

    Options, rows and columns appear in the words of the exercise, never as ids.
    """
    show = {"choice": _several, "several": _several, "matrix": _grid, "rating": _grid}
    open_to_judgement = exercise.kind in ("written", "rating")
    title = "One possible answer" if open_to_judgement else "Answer"
    return f"**{title}**\n\n" + show.get(exercise.kind, _plain)(exercise, value)


def _plain(exercise, value):
    if exercise.kind == "written":
        return "\n".join(f"> {line}".rstrip() for line in str(value).splitlines())
    return f"{value} {exercise.unit}".strip()


def _several(exercise, value):
    if exercise.rows:
        found = [f"{row.text} **{', '.join(value.get(row.id, ()))}**" for row in exercise.rows]
    else:
        chosen = [value] if isinstance(value, str) else value
        found = [option.text for option in exercise.options if option.id in chosen]
    return "\n".join(f"- {text}" for text in found)


def _grid(exercise, value):
    words = {option.id: option.text for option in exercise.options}
    lines = [["", *(column.text for column in exercise.columns)]]
    lines.append([":--"] * len(lines[0]))
    for row in exercise.rows:
        cells = [value.get(row.id, {}).get(column.id, "") for column in exercise.columns]
        lines.append([row.text, *(_cell(cell, words) for cell in cells)])
    return "\n".join("| " + " | ".join(_safe(text) for text in line) + " |" for line in lines)


def _cell(cell, words):
    if not isinstance(cell, dict):
        return words.get(cell, str(cell))
    sentence = f" (sentence {cell['evidence']})" if cell.get("evidence") else ""
    return f"{cell['value']}{sentence}"


def _safe(text):
    return text.replace("|", "\\|").replace("\n", " ")
