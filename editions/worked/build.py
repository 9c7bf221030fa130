"""Build the worked editions: each learners' notebook once more, with the answers in it, and run.

    python -m editions.worked            build all of them and worked_answers.jsonl
    python -m editions.worked --check    only say what is no longer as this would build it

Two places hold each solution once: `tests/solutions/<notebook>.py` for answers in code, one block
`# %% <exercise id>` each, and `ANSWERS` in `tests/solutions/answers.py` for answers in widgets.
Building twice gives the same bytes: no times, no running numbers of widgets, no machine's name.
"""

import json
import re
import runpy
import subprocess
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from editions.worked import answers_in_words
from kit import data, exercises

ROOT = Path(__file__).resolve().parents[2]
OPEN, OPEN_COPY = "kit.start()", 'kit.journal.open(copy_of="instructor/worked_answers.jsonl")'
NOTE = """**This is the worked edition, for instructors: the answers are in it.**
It is made from `notebooks/{name}` and `tests/solutions/` by the command `make worked`.
Change those and build again; what you change here is lost. It works on a copy of
`worked_answers.jsonl`, so your own work stays as it is."""
TIME = "2026-01-01T00:00:00.000Z"  # the same in every line, so that the file is always the same
WIDGET = "application/vnd.jupyter.widget-view+json"
LINK = re.compile(r"(\]\(|(?:src|href)=\")(?!https?:|mailto:|data:|[#/])([^)\s\"]+)")


class BuildError(Exception):
    """A worked edition cannot be built; the message says which notebook and what to do."""


def sources(notebook, solutions):
    """Return the worked edition of the file `notebook` as it stands before it is run.

    `solutions` is the folder with `<notebook>.py`. Raises BuildError for a solution without its
    exercise, and for a notebook that does not open the journal.
    """
    worked = nbformat.read(notebook, as_version=4)
    blocks = read_blocks(Path(solutions) / f"{notebook.stem}.py")
    siblings = {path.name for path in notebook.parent.glob("*.ipynb")}
    for cell in worked.cells:
        if cell.cell_type == "markdown":
            cell.source = relink(cell.source, siblings)
        elif answers(cell) in blocks:
            cell.source = blocks.pop(answers(cell))
    if blocks:
        raise BuildError(f"{notebook.name}: no answer cell for the solution of {min(blocks)}.")
    opening = next((cell for cell in worked.cells if cell.cell_type == "code"), None)
    if opening is None or OPEN not in opening.source:
        raise BuildError(f"{notebook.name}: the first code cell must contain {OPEN}.")
    opening.source = opening.source.replace(OPEN, OPEN_COPY)
    given = given_answers(solutions)
    worked.cells = [shown for cell in worked.cells for shown in with_its_answer(cell, given)]
    note = nbformat.v4.new_markdown_cell(NOTE.format(name=notebook.name), id="worked-edition")
    worked.cells.insert(1, note)
    return worked


def read_blocks(path):
    """Return the `# %% <exercise id>` blocks of a solutions file; {} if there is no such file."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = re.split(r"^# %% (\S+)[ \t]*\n", text, flags=re.MULTILINE)[1:]
    return {id: code.strip() for id, code in zip(parts[::2], parts[1::2], strict=True)}


def answers(cell):
    """Return the id of the exercise this cell answers, or None."""
    tags = cell.metadata.get("tags", [])
    ids = [tag.removeprefix("exercise:") for tag in tags if tag.startswith("exercise:")]
    return ids[0] if ids and "answer" in tags else None


def with_its_answer(cell, answers_given):
    """Yield the cell, and after a widget's a cell with its answer in words and what Check says.

    A page that nobody has run shows no widgets, and the journal holds ids only. Whatever else the
    key accepts is told too, so that nobody takes one reading for the only one.
    """
    yield cell
    id = answers(cell)
    if id in answers_given and "kit.ask(" in cell.source:
        case = data.load()
        exercise = exercises.load(case)[id]
        key = exercises.answer_of(exercise, case)
        text = answers_in_words.in_words(exercise, answers_given[id], key)
        text += f"\n\n**Check says:** {exercises.check(id, answers_given[id], case)!r}"
        yield nbformat.v4.new_markdown_cell(text, id=f"answer-to-{id}"[:64])


def relink(text, siblings):
    """Make links that were relative to notebooks/ relative to notebooks/instructor/.

    >>> relink("[next](02.ipynb) [data](../data/README.md)", {"02.ipynb"})
    '[next](02.ipynb) [data](../../data/README.md)'
    """

    def moved(match):
        start, target = match.groups()
        stays = target.partition("#")[0] in siblings
        return start + (target if stays else f"../{target}").replace("../instructor/", "")

    return LINK.sub(moved, text)


def run(worked, folder):
    """Run the worked edition in `folder` and drop from it whatever differs from run to run."""
    client = NotebookClient(
        worked,
        timeout=60,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    metadata = json.loads(json.dumps(worked.metadata))
    client.execute(stderr=subprocess.DEVNULL)  # the kernel tells us there how it is connected
    worked.metadata = nbformat.from_dict(metadata)
    for cell in worked.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
    return worked


def journal(given):
    """Return the journal that holds the dict `given`: one line for each answer or part of one.

    >>> journal({"stances": {"P1": {"blog": "denies"}}}) == (
    ...     '{"v":1,"time":"2026-01-01T00:00:00.000Z","id":"stances/P1/blog","value":"denies"}\\n')
    True
    """
    lines = [
        json.dumps(
            {"v": 1, "time": TIME, "id": id, "value": value},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for id, value in leaves(given)
    ]
    return "".join(f"{line}\n" for line in lines)


def leaves(given, path=()):
    """Yield (id, value): rows and columns become parts of the id, deeper dicts stay values."""
    for key, value in given.items():
        if isinstance(value, dict) and len(path) < 2:
            yield from leaves(value, (*path, key))
        else:
            yield "/".join((*path, key)), value


def given_answers(solutions):
    """Return ANSWERS of `answers.py` in the folder `solutions`: dict of exercise id to value."""
    return runpy.run_path(str(Path(solutions) / "answers.py"))["ANSWERS"]


def drift(built, committed, name):
    """Yield a sentence for each cell of `committed` that is not as `built`; outputs don't count."""
    if built.metadata != committed.metadata:
        yield f"{name}: the notebook's metadata differ; run `make worked`."
    if [cell.id for cell in built.cells] != [cell.id for cell in committed.cells]:
        yield f"{name}: cells were added, removed or moved; run `make worked`."
    stands = {cell.id: cell for cell in committed.cells}
    for cell in built.cells:
        other = stands.get(cell.id, cell)
        if any(cell[part] != other[part] for part in ("cell_type", "source", "metadata")):
            yield f"{name}: cell {cell.id} differs from notebook and solutions; run `make worked`."


def check(root=ROOT):
    """Return a sentence for everything in notebooks/instructor/ that would be built otherwise."""
    folder, solutions = root / "notebooks", root / "tests" / "solutions"
    found = []
    for notebook in sorted(folder.glob("*.ipynb")):
        target = folder / "instructor" / notebook.name
        if target.exists():
            committed = nbformat.read(target, as_version=4)
            found += drift(sources(notebook, solutions), committed, f"instructor/{target.name}")
        else:
            found.append(f"instructor/{target.name} is missing; run `make worked`.")
    kept = folder / "instructor" / "worked_answers.jsonl"
    expected = journal(given_answers(solutions))
    if not kept.exists() or kept.read_text(encoding="utf-8") != expected:
        found.append("instructor/worked_answers.jsonl differs from answers.py; run `make worked`.")
    return found


def build(root=ROOT):
    """Write the journal and every worked edition of the course in `root`."""
    folder, solutions = root / "notebooks", root / "tests" / "solutions"
    instructor = folder / "instructor"
    instructor.mkdir(exist_ok=True)
    text = journal(given_answers(solutions))
    (instructor / "worked_answers.jsonl").write_text(text, encoding="utf-8", newline="\n")
    for notebook in sorted(folder.glob("*.ipynb")):
        worked = run(sources(notebook, solutions), instructor)
        text = nbformat.writes(worked, version=4).rstrip("\n") + "\n"
        (instructor / notebook.name).write_text(text, encoding="utf-8", newline="\n")
        print(f"Built notebooks/instructor/{notebook.name}")


def main(arguments):
    """Build, or with --check compare; return the number for the shell."""
    if arguments != ["--check"]:
        build()
        return 0
    found = check()
    print("\n".join(found) or "The worked editions are as notebooks and solutions make them.")
    return len(found) > 0
