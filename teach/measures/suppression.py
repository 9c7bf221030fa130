"""Cell suppression: which counts of learners a class report may show without exposing anyone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def hide_small(counts: pd.DataFrame, k: int = 10) -> pd.DataFrame:
    """Hide every count under `k`, and others from which a hidden one could be found.

    counts: learners per cell. The totals of rows and columns may be published beside it; in a table
    of one column only the column's total may. k: the fewest learners a shown cell may stand for; at
    least 2.

    Returns a table of the same shape, type Int64, with <NA> for hidden cells. Three
    rules hold in the result: no shown cell is under k (a zero is hidden too: "nobody" can
    expose everybody); no hidden cell follows from totals and shown cells by subtraction,
    in however many steps; and the hidden cells of a row or column together stand for at
    least k learners, or the whole row or column is hidden. Of the cells that would help, one
    in lines that hide something already goes first, then the smallest.

    A hidden cell follows by subtraction just if it is a bridge in the graph that joins the
    row and the column of each hidden cell: Gusfield (1988), "A graph theoretic approach to
    statistical data security", SIAM Journal on Computing 17, 552-571.

    Raises ValueError for a k under 2 or a negative count.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"before": [12, 4, 30], "after": [11, 25, 10]})
    >>> hide_small(table)
       before  after
    0    <NA>   <NA>
    1    <NA>   <NA>
    2      30     10
    """
    if k < 2:
        raise ValueError(f"k is {k}: a cell for one learner hides nobody; choose 2 or more.")
    if (counts < 0).any(axis=None):
        raise ValueError("A count is below 0; count the learners again.")
    rows, columns = counts.shape
    cells = {(r, c): int(counts.iat[r, c]) for r in range(rows) for c in range(columns)}
    lines = {(r, c): {("row", r), ("column", c)} for r, c in cells}
    if columns == 1:
        lines = {cell: {("column", 0)} for cell in cells}
    shown = counts.astype("Int64")
    for row, column in _hidden(cells, lines, k):
        shown.iat[row, column] = None
    return shown


def safe_counts(counts: dict[object, int], total: int, k: int = 10) -> dict[object, int]:
    """Return those counts that may be shown beside their total, by the rules of `hide_small`.

    counts: {answer: learners who gave it}, each learner in one of them at most. total: all
    learners, whole number; the rest of them counts as one more answer.

    >>> safe_counts({"yes": 30, "no": 12, "perhaps": 3}, 60)
    {'yes': 30, 'no': 12}
    >>> safe_counts({"yes": 30, "no": 12}, 44)
    {'yes': 30}
    """
    many = {answer: count for answer, count in counts.items() if count >= k}
    cells = dict(enumerate([*many.values(), total - sum(many.values())]))
    hidden = _hidden(cells, {cell: {"all"} for cell in cells}, k)
    return {answer: many[answer] for n, answer in enumerate(many) if n not in hidden}


def safe_count(count: int, total: int, k: int = 10) -> str:
    """Say how many of `total` learners, in words that tell of no fewer than k others.

    Where the rest is 1 to k - 1 learners, the words are the same for every such count.

    >>> safe_count(40, 60), safe_count(60, 60), safe_count(59, 60), safe_count(51, 60)
    ('40', '60', 'more than 50', 'more than 50')
    """
    return f"more than {total - k:,}" if 0 < total - count < k else f"{count:,}"


def _hidden(cells, lines, k):
    """The cells to hide: those under k, and what gives them away."""
    hidden = {cell for cell, count in cells.items() if count < k}
    while exposed := _exposed(cells, lines, hidden, k):
        crossed = {line for cell in hidden for line in lines[cell]}
        new = {cell: len(lines[cell] - crossed) for cell in exposed}
        hidden.add(min(exposed, key=lambda cell: (new[cell], cells[cell], cell)))
    return hidden


def _exposed(cells, lines, hidden, k):
    """Shown cells in a line that gives a hidden one away; the next to hide is among them."""
    together = Counter()
    for cell in hidden:
        together.update(dict.fromkeys(lines[cell], cells[cell]))
    open_lines = {line for line, count in together.items() if count < k}
    for cell in hidden:
        if _follows(cell, lines, hidden):
            open_lines |= lines[cell]
    return {cell for cell in cells if cell not in hidden and open_lines & lines[cell]}


def _follows(cell, lines, hidden):
    """True if the cell can be found by subtraction: no way round it in the graph."""
    start, *end = lines[cell]
    if not end:
        return len(hidden) == 1
    joined = [lines[other] for other in hidden if other != cell]
    reached, new = {start}, {start}
    while new:
        new = {line for pair in joined if pair & new for line in pair} - reached
        reached |= new
    return end[0] not in reached
