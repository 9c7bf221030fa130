"""A rendered template as the cells of a notebook, with the metadata that keeps them from slips."""

import ast
import re

import nbformat
from nbformat import NotebookNode

BEGIN = re.compile(r"^%% (prose|code) (\S+)(.*)\n", re.MULTILINE)
# Calls that show something of the kit: a cell with nothing else is folded under its first comment.
SHOWS = (
    "ask|check|commit|experts|explore|finder|handin|pen_name|progress|quiz|quiz_result|reader|show|"
    "start|weights"
)
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


def notebook(rendered: str) -> NotebookNode:
    """Return the notebook that a rendered template describes.

    A line `%% prose ID` or `%% code ID` begins a cell; the words after the id are its tags. A cell
    that came out empty is left out.

    >>> [cell.id for cell in notebook("%% prose title\\n# Dates\\n%% code setup\\nx = 1\\n").cells]
    ['title', 'setup']
    """
    _, *parts = BEGIN.split(rendered)
    cells = [
        _cell(kind, id, tags.split(), source.strip("\n"))
        for kind, id, tags, source in zip(*(parts[n::4] for n in range(4)), strict=True)
        if source.strip()
    ]
    return nbformat.v4.new_notebook(cells=cells, metadata=METADATA)


def _cell(kind, id, tags, source):
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    cell = make(source, id=id)
    cell.metadata.update(protection(cell), **({"tags": tags} if tags else {}))
    return cell


def protection(cell: NotebookNode) -> dict:
    """Return the metadata that a cell of the course must have, as a dict."""
    wanted: dict = {"deletable": False}
    if cell.cell_type == "markdown":
        wanted["editable"] = False
    if is_only_the_kits(cell):
        wanted["jupyter"] = {"source_hidden": True}
    return wanted


def is_only_the_kits(cell: NotebookNode) -> bool:
    """Tell whether a cell is nothing but calls that show something of the kit: no code to read.

    >>> cell = nbformat.v4.new_code_cell
    >>> [is_only_the_kits(cell(code)) for code in ("kit.ask('x')", "x = 1", "kit.reader(texts[0])")]
    [True, False, False]
    """
    if cell.cell_type != "code":
        return False
    try:
        lines = ast.parse(cell.source).body
    except SyntaxError:
        return False
    return bool(lines) and all(isinstance(line, ast.Import) or _is_call(line) for line in lines)


def _is_call(line):
    call = getattr(line, "value", None)
    if not (isinstance(line, ast.Expr) and isinstance(call, ast.Call)):
        return False
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    is_plain = all(isinstance(each, ast.Constant | ast.Name) for each in given)
    return is_plain and re.match(rf"kit\.(\w+\.)?({SHOWS})\(", ast.unparse(call)) is not None
