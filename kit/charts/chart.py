"""A chart is one object: the columns it needs, what it reads in them, its drawing, its alt text."""

import functools
import inspect
from collections.abc import Callable, Collection, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from kit.charts.style import WIDE, look
from kit.data import span
from kit.errors import KitError
from kit.words import plural

Row = dict[str, Any]
Columns = tuple[tuple[str, ...], ...]  # for each table of a chart the names of those it needs


class Rows(list[Row]):
    """The rows of a DataFrame as dicts, "" is missing, a date in a column …_date is a Span.

    attrs: those of the frame.
    """

    def __init__(self, rows: list[Row], attrs: Mapping[Any, Any]) -> None:
        super().__init__(rows)
        self.attrs = attrs


class Chart:
    """One chart. Called with its tables, it draws them; `describe` says the same in words.

    columns: for each table that it takes, the names of the columns that it needs.
    read: makes what is drawn and described of the Rows of each table; of one table, as a rule, it
    is the Rows themselves. alt_text: describes that. optional: how many tables may be left out.
    allowed: {column: the words that may stand there}, with "" where one may be missing.
    """

    __name__: str

    def __init__(
        self,
        drawing: Callable[[Any, Axes | None], Axes],
        columns: Columns,
        alt_text: Callable[[Any], str],
        read: Callable[..., Any] = lambda rows: rows,
        allowed: Mapping[str, Collection[str]] | None = None,
        optional: int = 0,
    ) -> None:
        functools.update_wrapper(self, drawing)  # its name, and its docstring with the example
        self.__signature__ = inspect.signature(self.__call__)  # and not that of the drawing
        self.columns, self.alt_text, self.read = columns, alt_text, read
        self._drawing, self._allowed, self._optional = drawing, allowed or {}, optional

    def __call__(self, *tables: Any, ax: Axes | None = None) -> Axes:
        """Draw the tables into `ax`, or on a new figure, and return the Axes.

        Raises KitError for a missing column and for a value that cannot be.
        """
        if tables and isinstance(tables[-1], Axes):
            tables, ax = tables[:-1], tables[-1]
        return self.draw(self.read(*self.rows(*tables)), ax)

    def describe(self, *tables: pd.DataFrame) -> str:
        """Return the alt text, computed from the same tables; KitError as for drawing.

        >>> import kit
        >>> kit.charts.enlargement.describe(kit.data.load().enlargement)[:27]
        'Step chart of the number of'
        """
        return self.alt_text(self.read(*self.rows(*tables)))

    def rows(self, *tables: pd.DataFrame, columns: Columns | None = None) -> list[Rows]:
        """Return the Rows of each table; columns: what is needed, if it is more than usual."""
        if not 0 <= len(self.columns) - len(tables) <= self._optional:
            needed = plural(len(self.columns), "table")
            raise KitError(f"The {self.__name__} chart takes {needed}, not {len(tables)}.")
        return list(map(self._rows_of, tables, columns or self.columns))

    def _rows_of(self, table, columns):
        missing = [name for name in columns if name not in getattr(table, "columns", ())]
        if missing:
            needs = f"The {self.__name__} chart needs a table with the columns {', '.join(columns)}"
            raise KitError(f"{needs}; this one has no {', '.join(missing)}.")
        cells = table.astype(object)
        rows = Rows(cells.where(cells.notna(), "").to_dict("records"), table.attrs)
        for row in rows:
            for name in columns:
                if name.endswith("_date"):
                    row[name] = row[name] and span(row[name])
                elif name in self._allowed:
                    row[name] = self._word(row[name], name)
        return rows

    def _word(self, value, column):
        word = f"{value:g}" if isinstance(value, float) else str(value)
        if word not in self._allowed[column]:
            raise KitError(
                f"The {self.__name__} chart cannot draw {value!r} in column {column}; allowed are "
                f"{', '.join(filter(None, self._allowed[column]))}, or nothing for a missing value."
            )
        return word

    def draw(self, data: Any, ax: Axes | None = None, width: float = WIDE) -> Axes:
        """Draw what `read` returned, in the kit's style; width: in inches, of a new figure."""
        with look(width):
            return self._drawing(data, ax)


def chart(*columns: tuple[str, ...], **parts: Any) -> Callable[..., Chart]:
    """Turn a drawing into a Chart (a decorator): the columns of each table, and its other parts."""
    return lambda drawing: Chart(drawing, columns, **parts)
