"""Draw who imports whom, as the code has it: `python -m tests.draw_imports`.

The picture is `docs/imports.svg`; CONTRIBUTING.md shows it, with its words. A box is a part of
`kit` or `teach`; the further right, the more it builds on. An arrow leads from a part to one that
imports it. Where a part is reached by way of others already, its own arrow is left out: the picture
says as much, and can be read.
"""

import ast
import re
from collections import defaultdict
from html import escape
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("kit", "teach")
PICTURE = ROOT / "docs" / "imports.svg"
PAGE = ROOT / "CONTRIBUTING.md"  # shows it

WIDTH, HEIGHT = 124, 30  # of a box, in pixels
ACROSS, DOWN, PAST = 180, 44, 18  # to the next column, the next box, the next arrow that passes
EDGE, TITLE, BETWEEN = 24, 24, 20  # around the picture; for a package's name; under a package
FILL = {"kit": "#d6ebf7", "teach": "#fbe6c8"}
STYLE = """text { font: 14px sans-serif; fill: #111 }
text.package { font-weight: bold }
rect.part { stroke: #333 }
path.arrow { fill: none; stroke: #444; stroke-width: 1.3; marker-end: url(#head) }"""
HEAD = """<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" \
markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#444"/></marker></defs>"""


# What the code has


def imports():
    """Return a dict from each part of kit and teach to the set of parts it imports."""
    found = defaultdict(set)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            place = path.relative_to(ROOT).parts
            part = ".".join(place[:2]).removesuffix(".py")
            found[part] |= parts_used(path.read_text(encoding="utf-8"), place) - {part}
    return dict(found)


def parts_used(text, place):
    """Return the parts of kit and teach that a module at `place` names, wherever in it that is.

    >>> sorted(parts_used("from kit.data import span", ("kit", "charts", "style.py")))
    ['kit.data']
    """
    names = (name.split(".")[:2] for name in _names_used(ast.parse(text), place))
    return {f"{package}.{part}" for package, part in names if part[:2] != "__"}  # kit.__version__


def _names_used(tree, place):
    """Yield dotted names such as kit.data for every import of, or look into, kit and teach."""
    starts = tuple(f"{package}." for package in PACKAGES)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith(starts))
        elif isinstance(node, ast.ImportFrom):
            above = list(place[: len(place) - node.level]) if node.level else []
            start = ".".join([*above, *([node.module] if node.module else [])])
            if start.partition(".")[0] in PACKAGES:
                yield from (f"{start}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in PACKAGES:
            yield f"{ast.unparse(node.value)}.{node.attr}"


# What of it is drawn


def drawn(used):
    """Return the same dict without parts that only load others by name, and with fewer arrows.

    >>> drawn({"kit.a": set(), "kit.b": {"kit.a"}, "kit.c": {"kit.a", "kit.b"}})["kit.c"]
    {'kit.b'}
    """
    used = {part: names for part, names in used.items() if "__" not in part}
    linked = set().union(*used.values())
    parts = {part: names for part, names in used.items() if names or part in linked}
    return {part: names - _behind(names, used) for part, names in parts.items()}


def _behind(names, used):
    """Return what the parts `names` import themselves, directly or by way of others."""
    found = set()
    for name in names:
        found |= used[name] | _behind(used[name], used)
    return found


def alt_text(arrows):
    """Return the picture in words, a sentence for each part that imports others.

    >>> alt_text({"kit.a": set(), "kit.b": {"kit.a"}})
    'Who imports whom. kit.b imports kit.a.'
    """
    told = [f"{part} imports {' and '.join(sorted(of))}." for part, of in arrows.items() if of]
    return " ".join(["Who imports whom.", *told])


# Where it stands


def places(arrows):
    """Return a dict from each stop of a way to (x, y): where it begins, and its middle line.

    A column for each step, a band for each package. An arrow that passes a column gets a stop
    there, so that it never runs behind a box.
    """
    before = {stop: one for way in ways(arrows) for one, stop in pairwise(way)}
    stops = {*arrows, *(stop for way in ways(arrows) for stop in way)}
    columns = defaultdict(list)
    for stop in sorted(stops, key=str):
        part, step = (stop, _step(stop, arrows)) if isinstance(stop, str) else (stop[0], stop[2])
        columns[part.partition(".")[0], step].append(stop)
    top, found = EDGE, {}
    for package in PACKAGES:
        bottom = top
        for step in sorted(step for name, step in columns if name == package):
            y = top + TITLE
            column = columns[package, step]
            for stop in sorted(column, key=lambda stop: found.get(before.get(stop), (0, 0))[1]):
                room = DOWN if isinstance(stop, str) else PAST
                found[stop] = (EDGE + step * ACROSS, y + room // 2)
                y += room
            bottom = max(bottom, y)
        top = bottom + BETWEEN
    return found


def ways(arrows):
    """Return the way of each arrow: from part to part, with a stop in each column it passes."""
    return [
        [name, *((name, part, step) for step in _passed(name, part, arrows)), part]
        for part, names in sorted(arrows.items())
        for name in sorted(names)
    ]


def _passed(name, part, arrows):
    return range(_step(name, arrows) + 1, _step(part, arrows))


def _step(part, arrows):
    return 1 + max((_step(name, arrows) for name in arrows[part]), default=-1)


# The drawing


def picture():
    """Return the picture as SVG text."""
    arrows = drawn(imports())
    at = places(arrows)
    width = max(x for x, _ in at.values()) + WIDTH + EDGE
    height = max(y for _, y in at.values()) + DOWN // 2 + EDGE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">',
        f"<title>{escape(alt_text(arrows))}</title>",
        f"<style>{STYLE}</style>",
        HEAD,
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for package in PACKAGES:
        y = min(at[part][1] for part in arrows if part.startswith(f"{package}."))
        lines.append(f'<text class="package" x="{EDGE}" y="{y - DOWN // 2 - 4}">{package}</text>')
    lines += [_arrow([at[stop] for stop in way]) for way in ways(arrows)]
    lines += [_box(part, *at[part]) for part in sorted(arrows)]
    return "\n".join([*lines, "</svg>", ""])


def _arrow(stops):
    """Return a line through the stops: straight past a column, bent from one to the next."""
    (x, y), *rest = stops
    path = f"M{x + WIDTH} {y}"
    for left, down in rest:
        bend = (left - x - WIDTH) // 2
        path += f"C{x + WIDTH + bend} {y} {left - bend} {down} {left} {down}"
        x, y = left, down
        path += f"H{left + WIDTH}" if (left, down) != rest[-1] else ""
    return f'<path class="arrow" d="{path}"/>'


def _box(part, x, y):
    package, _, name = part.partition(".")
    corner = 8 if package == "kit" else 0
    size = f'width="{WIDTH}" height="{HEIGHT}" rx="{corner}"'
    box = f'<rect class="part" x="{x}" y="{y - HEIGHT // 2}" {size} fill="{FILL[package]}"/>'
    return f'{box}<text x="{x + WIDTH // 2}" y="{y + 5}" text-anchor="middle">{name}</text>'


def page():
    """Return the text of the page that shows the picture, with the words that fit it."""
    image = f"![{alt_text(drawn(imports()))}](docs/{PICTURE.name})"
    return re.sub(r"!\[[^]]*\]\(docs/imports\.svg\)", image, PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
