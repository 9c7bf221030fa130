"""A small notebook that keeps every rule, for tests that damage it."""

import nbformat

from editions.course.cells import protection


def made_up():
    """Return a small notebook that keeps every rule, and what it is compared with."""
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    prose, code = nbformat.v4.new_markdown_cell, nbformat.v4.new_code_cell
    entry = {"id": "sum", "title": "Add", "points": 2, "prompt": "1 + 1?", "notebook": "one"}
    tags = [{"tags": ["exercise:sum", name]} for name in ("prompt", "answer", "check")]
    goals = "## What you will be able to do\n\nAdd. About 15 minutes. [Why](https://a.example/x)"
    end = "## Three key points\n\n- a\n- b\n- c\n\n[Once more](#One)"
    cells = [
        prose("# One", id="title"),
        prose(goals, id="goals"),
        code("# Open your work\nkit.start()", id="open"),
        prose("### Add (2 points)\n\n1 + 1?", id="prompt", metadata=tags[0]),
        code("total = ...", id="answer", metadata=tags[1]),
        code('# Check your answer\nkit.check("sum", total)', id="check", metadata=tags[2]),
        *(prose("Read.", id=f"prose-{number}") for number in range(18)),
        prose(f"{end} or [again](one.ipynb)", id="end"),
        code("# Where you are\nkit.progress()", id="steps"),
    ]
    nb = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    for cell in nb.cells:
        cell.metadata.update(protection(cell))
    return nb, {"sum": entry}
