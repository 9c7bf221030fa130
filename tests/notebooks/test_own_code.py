"""Learners count and draw themselves: cells with pandas or matplotlib of their own, and short ones.

A cell counts if it calls pandas or pyplot, uses something that a table or a drawing has, or takes
rows or columns of a table of the case. What only calls the kit, or only sets an option, does not.
"""

import ast
import statistics

import pandas as pd
import pytest
from matplotlib.axes import Axes

from tests.notebooks.lint_notebooks import read
from tests.test_house import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TABLES = {"sources", "sentences", "record", "propositions", "claims", "enlargement"}
OTHERS = {"columns", "fill", "name", "text"}.union(
    *map(dir, (dict, list, str))
)  # of other things, too
OWN = {name for kind in (pd.DataFrame, pd.Series, Axes) for name in dir(kind)} - OTHERS


def is_own(node):
    """Tell whether a node of a cell is a learner's own pandas or matplotlib."""
    value = getattr(node, "value", None)
    if isinstance(node, ast.Subscript):
        return ast.unparse(value) in {f"case.{table}" for table in TABLES}
    if not isinstance(node, ast.Attribute):
        return False
    if isinstance(value, ast.Name) and value.id in ("pd", "plt"):
        return node.attr != "options"
    return node.attr in OWN


def own_cells(path):
    """Return the source of each cell of a notebook that holds code of the learner's own."""
    code = [cell.source for cell in read(path).cells if cell.cell_type == "code"]
    return [source for source in code if any(is_own(node) for node in ast.walk(ast.parse(source)))]


@pytest.mark.parametrize(
    ("source", "own"),
    [
        ("kit.start()", False),
        ("import pandas as pd\npd.options.display.max_colwidth = None", False),
        ("kit.charts.show(kit.charts.stances, kit.my_stances())", False),
        ("steps = kit.measures.dates.steps(case.enlargement)", False),
        ('kit.my_ratings().set_index("text_id")', True),
        ('case.record[["who", "told_date"]]', True),
        ('case.record.loc[ids, "witness"]', True),
        ('pd.crosstab(claims["text_id"], claims["about"])', True),
        ("ax.barh(scores.columns, scores.mean())", True),
    ],
)
def test_own_code_is_told_from_a_call_of_the_kit(source, own):
    assert any(is_own(node) for node in ast.walk(ast.parse(source))) is own


def test_learners_write_pandas_and_matplotlib_themselves_in_short_cells():
    cells = {path.stem[:2]: own_cells(path) for path in NOTEBOOKS}
    assert sum(map(len, cells.values())) >= 45, {name: len(own) for name, own in cells.items()}
    lines = [len(list(filter(None, cell.splitlines()))) for own in cells.values() for cell in own]
    assert statistics.median(lines) <= 3
