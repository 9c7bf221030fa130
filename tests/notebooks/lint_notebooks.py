"""The rules every learners' notebook keeps, looked at as data and never run.

Each rule takes a Page and yields one sentence for everything that breaks it, naming the cell.
`complaints` puts them all together. Nothing here knows how many notebooks there are.
"""

import ast
import re
import statistics
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import nbformat

from editions.course.cells import is_only_the_kits, protection
from tests.notebooks.plain_language import LIMIT, too_long

LINK = re.compile(r"(!?)\[([^\]]*)\]\(\s*<?((?:[^()\s<>]|\([^()\s]*\))+)>?(?:\s+\"[^\"]*\")?\s*\)")
IMAGE_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
TAG_TARGET = re.compile(r"<(?:img|a)\b[^>]*\b(?:src|href)=[\"']([^\"']+)", re.IGNORECASE)
ALT_TEXT = re.compile(r"\balt=[\"'][^\"']*\w")
ADDRESS = re.compile(r"https?://[^\s\"'<>\]]+")
MACHINE_PATH = re.compile(
    r"(?<![\w/.:])(?:/(?:home|Users|root|tmp|work|mnt|opt|usr|var|etc|srv)/|[A-Za-z]:\\|~/)"
)
NETWORK = {
    "aiohttp", "ftplib", "http", "httpx", "pip", "requests", "smtplib", "socket", "ssl",
    "subprocess", "telnetlib", "urllib", "urllib3", "webbrowser",
}  # fmt: skip


@dataclass(frozen=True)
class Page:
    """A notebook with what it is compared with.

    exercises: dict id -> table of `exercises.toml`; addresses: text of all data files, in which
    every web address must occur; following: name of the next notebook, "" for the last.
    """

    path: Path
    nb: nbformat.NotebookNode
    exercises: dict
    addresses: str
    following: str = ""

    @property
    def code(self):
        """The code cells."""
        return [cell for cell in self.nb.cells if cell.cell_type == "code"]

    @property
    def markdown(self):
        """The cells of prose."""
        return [cell for cell in self.nb.cells if cell.cell_type == "markdown"]


def read(path):
    """Return a notebook as the file has it, nothing mended on the way."""
    return nbformat.v4.reads(path.read_text(encoding="utf-8"))


def complaints(page):
    """Return one sentence for everything in the notebook that breaks a rule."""
    return [f"{page.path.name}: {sentence}" for rule in RULES for sentence in rule(page)]


def is_a_sound_file(page):
    """Notebook format 4.5, the python3 kernel, ids of its own for every cell, nothing run."""
    for error in nbformat.validator.iter_validate(page.nb):
        yield f"not a valid notebook: {error.message}."
    if (page.nb.nbformat, page.nb.nbformat_minor) != (4, 5):
        yield "not notebook format 4.5."
    if page.nb.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernel is not python3."
    ids = [cell.get("id", "") for cell in page.nb.cells]
    yield from (f"the cell id {id!r} stands twice." for id in sorted(set(ids)) if ids.count(id) > 1)
    for cell in page.code:
        if cell.outputs or cell.execution_count is not None:
            yield f"cell {cell.id} carries outputs or a number; clear all outputs."


def has_the_shape(page):
    """25 to 45 cells: main heading, goals and minutes; then key points, a link and the steps."""
    *cells, steps = page.nb.cells
    if steps.source.splitlines()[-1:] != ["kit.progress()"]:
        yield "the last cell does not show the steps of the course with kit.progress()."
    if not 25 <= len(cells) <= 45:
        yield f"{len(cells)} cells, not 25 to 45."
    titles = [cell.id for cell in page.markdown for level, _ in headings(cell) if level == 1]
    if len(titles) != 1 or not cells[0].source.startswith("# "):
        yield f"one main heading, in the first cell, is wanted; found in {titles or 'none'}."
    goals = cells[1].source if len(cells) > 1 else ""
    if "What you will be able to do" not in goals or not re.search(r"\d+ minutes", goals):
        yield 'the second cell does not say "What you will be able to do" and the minutes.'
    yield from _has_the_end(page, "\n".join(cell.source for cell in cells[-4:]))


def _has_the_end(page, end):
    _, _, points = end.partition("Three key points")
    if not points:
        yield 'the last four cells have no "Three key points".'
    elif len(re.findall(r"^\s*(?:[-*]|\d\.) ", points, flags=re.MULTILINE)) < 3:
        yield 'fewer than three points stand in the list "Three key points".'
    targets = [target for _, _, target in LINK.findall(points)]
    if page.following and page.following not in targets:
        yield f"no link to {page.following} after the key points."
    if not any(not target.startswith(("http", "#")) for target in targets):
        yield "no link after the key points to where the learner goes next."


def has_short_code(page):
    """At most 10 lines in a code cell, 4 in the middle one; no magic, no hiding semicolon."""
    lengths = [len(cell.source.splitlines()) for cell in page.code]
    if lengths and statistics.median(lengths) > 4:
        yield f"the median code cell has {statistics.median(lengths):g} lines, not 4 or fewer."
    for cell, length in zip(page.code, lengths, strict=True):
        if not 0 < length <= 10:
            yield f"cell {cell.id} has {length} lines of code, not 1 to 10."
        if re.search(r"^\s*[!%?]", cell.source, flags=re.MULTILINE):
            yield f"cell {cell.id} has a line starting with !, % or ?; use plain Python."
        if cell.source.rstrip().endswith(";"):
            yield f"cell {cell.id} ends in a semicolon; leave it out."
    if not page.code or "kit.start()" not in page.code[0].source:
        yield "the first code cell does not open the journal with kit.start()."


def has_short_sentences(page):
    """No sentence of the prose has more words than LIMIT; a quotation counts as one word."""
    for cell in page.markdown:
        for count, sentence in too_long(cell.source):
            yield f"cell {cell.id} has a sentence of {count} words, not {LIMIT} at most: {sentence}"


def stays_on_the_machine(page):
    """No path of one machine, and no import that reaches the network."""
    for cell in page.nb.cells:
        if found := MACHINE_PATH.search(cell.source):
            yield f"cell {cell.id} names a place on one machine ({found.group()}…)."
    for cell in page.code:
        if reached := NETWORK & imported(cell.source):
            yield f"cell {cell.id} imports {min(reached)}; the course makes no network call."


def imported(code):
    """Return the top-level names a cell imports; a cell that is no Python imports nothing.

    >>> sorted(imported("import urllib.request, kit\\nfrom http import client"))
    ['http', 'kit', 'urllib']
    """
    try:
        nodes = list(ast.walk(ast.parse(code)))
    except SyntaxError:
        return set()
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


def has_sound_links(page):
    """Files and headings that are linked exist, web addresses occur in data/, pictures speak."""
    for cell in page.markdown:
        for image, text, target in LINK.findall(cell.source):
            if not text.strip():
                what = "a picture without alt text" if image else "a link without words"
                yield f"cell {cell.id} has {what} ({target})."
        for tag in IMAGE_TAG.findall(cell.source):
            if not ALT_TEXT.search(tag):
                yield f"cell {cell.id} has a picture without alt text ({tag})."
        targets = [target for _, _, target in LINK.findall(cell.source)]
        for target in targets + TAG_TARGET.findall(cell.source):
            if not target.startswith(("http:", "https:")) and not _exists(page, target):
                yield f"cell {cell.id} links to {target}, which is not there."
    for cell in page.nb.cells:
        for address in ADDRESS.findall(cell.source):
            if _trimmed(address) not in page.addresses:
                yield f"cell {cell.id} has the address {address}, which is in no file of data/."


def _trimmed(address):
    """Drop what a sentence or a markdown link puts after an address."""
    address = address.rstrip(".,;:!?*_`")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1].rstrip(".,;:!?*_`")
    return address


def _exists(page, target):
    file, _, anchor = unquote(target).partition("#")
    path = page.path.parent / file if file else page.path
    if not path.exists():
        return False
    if not anchor or path.suffix not in (".ipynb", ".md"):
        return not anchor
    if path == page.path:
        cells = page.markdown
    elif path.suffix == ".ipynb":
        cells = read(path).cells
    else:
        cells = [nbformat.from_dict({"source": path.read_text(encoding="utf-8")})]
    slugs = {text.replace(" ", "-") for cell in cells for _, text in headings(cell)}
    return anchor in slugs | ({slug.lower() for slug in slugs} if path.suffix == ".md" else set())


def headings(cell):
    """Return (level, text) of each heading of a markdown cell, leaving out fenced code."""
    prose = re.sub(r"^```.*?^```", "", cell.source, flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"^(#{1,6}) +(.+?)[ #]*$", prose, flags=re.MULTILINE)
    return [(len(marks), text) for marks, text in found]


def has_whole_exercises(page):
    """An exercise is a prompt and its form, or prompt, answer and check, as exercises.toml has it.

    The form has its own Check, so that a cell for it would only ask for one more step.
    """
    cells = page.nb.cells
    for id, places in tagged(page.nb).items():
        found = [cells[place] for place in places]
        wanted = ["prompt", "answer", *(["check"] if not _is_form(found) else [])]
        in_a_row = list(range(places[0], places[0] + len(wanted)))
        if [role(cell) for cell in found] != wanted or places != in_a_row:
            yield f"exercise {id} is not {len(wanted)} cells in a row tagged {', '.join(wanted)}."
        elif id not in page.exercises:
            yield f"exercise {id} is not in exercises.toml."
        else:
            yield from _as_stated(page.exercises[id], *found)
    stated = {id for id, entry in page.exercises.items() if entry["notebook"] == page.path.stem}
    yield from (f"exercise {id} is missing." for id in sorted(stated - set(tagged(page.nb))))


def _is_form(cells):
    return any(role(cell) == "answer" and "kit.ask(" in cell.source for cell in cells)


def _as_stated(entry, prompt, *code):
    id = entry["id"]
    expected = f"### {entry['title']} ({entry['points']} points)\n\n{entry['prompt'].strip()}"
    if prompt.cell_type != "markdown" or any(cell.cell_type != "code" for cell in code):
        yield f"exercise {id} is not a cell of prose with code below it."
    if prompt.source.strip() != expected:
        yield f"cell {prompt.id} differs from title, points and prompt of {id} in exercises.toml."
    *_, last = code
    way = r'(?:# .*\n)?kit\.check\("{}", \w+\)' if len(code) > 1 else r'(?:# .*\n)?kit\.ask\("{}"\)'
    if not re.fullmatch(way.format(id), last.source.strip()):
        yield f'cell {last.id} is not kit.ask("{id}"), nor kit.check("{id}", name).'


def is_safe_from_slips(page):
    """No slip of the keys takes a cell away or changes the prose; what is folded has a label.

    The cells of the course get all this from `editions.course`, but for a missing label.
    """
    for cell in page.nb.cells:
        for name, value in protection(cell).items():
            if cell.metadata.get(name) != value:
                yield f"cell {cell.id} has not {name} = {value} in its metadata."
        if "source_hidden" in cell.metadata.get("jupyter", {}) and not is_only_the_kits(cell):
            yield f"cell {cell.id} is folded, but it is more than a call of the kit."
        if is_only_the_kits(cell) and not cell.source.startswith("# "):
            yield f"cell {cell.id} is folded; let it begin with a comment, which is its label."


def tagged(nb):
    """Return a dict from each exercise id of a notebook to the numbers of its cells."""
    found = {}
    for number, cell in enumerate(nb.cells):
        for tag in cell.metadata.get("tags", []):
            if tag.startswith("exercise:"):
                found.setdefault(tag.removeprefix("exercise:"), []).append(number)
    return found


def role(cell):
    """Return "prompt", "answer", "check" or None, from a cell's tags."""
    tags = cell.metadata.get("tags", [])
    return next((name for name in ("prompt", "answer", "check") if name in tags), None)


RULES = (
    is_a_sound_file,
    has_the_shape,
    has_short_code,
    has_short_sentences,
    stays_on_the_machine,
    has_sound_links,
    has_whole_exercises,
    is_safe_from_slips,
)
