"""How points are given: `python -m editions.points` writes `docs/points.md`.

The rules are those of the kinds of exercises (`rule` in `kit/exercises/kinds/`), the shares are
counted from the exercises and their keys. No answer of the key stands on the page.
"""

from collections.abc import Iterator
from pathlib import Path

from kit import data
from kit.exercises import KINDS, Answer, Checker, Exercise
from kit.exercises.kinds.chart import LABELS, WEIGHTS
from kit.words import plural

PAGE = Path(__file__).parents[1] / "docs" / "points.md"
HEAD = """\
# How points are given

The course has {whole} points. `python -m editions.points` writes this page from the rules that the
checks follow, and a test holds the two together.

- Press **Check** as often as you like. What you hand in counts, however many tries it took.
- What is nearly right earns a part. **Check** says how much is right, and what a reader would miss.
  It never shows the key.
- The same answer at every place, or one sentence for all ratings, costs nothing. **Check** asks
  about it, and the class report counts it.
- Points are for the use of evidence, never for the opinion. Where two readings can be defended,
  both count.
- What no form lets you give, such as a rating that is not on its scale, earns nothing. It is listed
  in `needs_a_person.csv`, and the rest counts.

## The rule of each kind

| kind | rule |
|---|---|
"""
EXERCISES = """
## The points of each exercise

Shares are rounded to three decimals here; points in `marks.csv` have two.

| exercise | kind | points | how they split |
|---|---|---|---|
"""


def page() -> str:
    """Return the page as Markdown."""
    checker = Checker(data.load())
    known = checker.exercises.values()
    used = {exercise.kind for exercise in known}
    text = HEAD.format(whole=sum(exercise.points for exercise in known))
    text += "".join(f"| `{name}` | {kind.rule} |\n" for name, kind in KINDS.items() if name in used)
    text += EXERCISES
    for exercise in known:
        shares = "; ".join(_split(exercise, checker.key(exercise.id)))
        row = (f"`{exercise.id}`", f"`{exercise.kind}`", str(exercise.points), shares)
        text += f"| {' | '.join(row)} |\n"
    return text


def _split(exercise: Exercise, key: Answer | None) -> Iterator[str]:
    """Yield of what the points are made; "see the rule" where that would tell of the key."""
    if exercise.kind == "table" and key:
        yield _each(len(key.value) * (len(key.value[0]) - 1), "count", exercise.points)
    elif exercise.kind == "chart" and key:
        yield f"the line {_points(exercise.points * 2 / 5)}, by its {len(key.value['x'])} steps"
        yield f"{', '.join(LABELS)} {_points(exercise.points / 5)} each"
    elif exercise.kind == "marks" and key:
        parts = {part: weight for part, weight in WEIGHTS.items() if _is_asked(part, key)}
        one = exercise.points / sum(parts.values())
        yield _each(len(key.value["x"]), "mark", one * parts.pop("marks"))
        yield from (f"{part} {_points(one * weight)}" for part, weight in parts.items())
    elif exercise.kind == "written":
        yield _each(len(exercise.rubric) - 1, "level", exercise.points)
    elif len(exercise.places) > 1:
        yield _each(len(exercise.places), "part", exercise.points)
    else:
        yield "see the rule"


def _is_asked(part: str, key: Answer) -> bool:
    return part not in ("names", "clock") or part in key.value


def _each(count: int, noun: str, points: float) -> str:
    return f"{plural(count, noun)}, {_points(points / count)} each"


def _points(points: float) -> str:
    return f"{points:.3f}".rstrip("0").rstrip(".")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
