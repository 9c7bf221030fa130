"""The notebooks of the assignment: what a learner hands in, sound or with one thing wrong."""

import nbformat

KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
SPOILT = "members_1954"  # the exercise whose cells the learner spoils
LOOP = "while True:\n    pass"
TROUBLES = ("infinite loop", "answer cell deleted", "test cell deleted", "file cut in half")


def write(path, cells):
    """Write a notebook of cells and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), path)
    return path


def handed_in(released, exercise_of, answers, trouble):
    """Return the text of the notebook that a learner hands in.

    released: path of the notebook the learner got.
    exercise_of: gives the exercise that a cell answers, or None; its test is the next cell.
    answers: {exercise id: answer}; what is not there stays as released.
    trouble: one of TROUBLES, or "" for a sound notebook.
    """
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        if (id := exercise_of(cell)) in answers:
            cell.source = f"{id} = {answers[id]!r}"
    at = [exercise_of(cell) for cell in notebook.cells].index(SPOILT)
    spoil(notebook, trouble, answer=at, test=at + 1)
    return text_of(notebook, trouble)


def spoil(notebook, trouble, answer, test):
    """Change a notebook as `trouble` says; answer and test are numbers of cells.

    With the kit, the cell that counts is the one that hands in.
    """
    if trouble == "infinite loop":
        notebook.cells[answer].source = LOOP
    elif trouble == "answer cell deleted":
        del notebook.cells[answer]
    elif trouble in ("test cell deleted", "hand-in cell deleted"):
        del notebook.cells[test]


def text_of(notebook, trouble):
    """Return a notebook as the text of a file; after an accident, half of it."""
    text = nbformat.writes(notebook)
    return text[: len(text) // 2] if trouble == "file cut in half" else text
