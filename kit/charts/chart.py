"""A chart is one object: the columns it needs, what it reads in them, its drawing, its alt text."""

import functools
import inspect
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from kit.charts.style import look
from kit.data import span
from kit.errors import KitError
from kit.words import plural

Row = dict[str, Any]


class Rows(list[Row]):
    """The rows of a DataFrame as dicts; `attrs` are those of the frame.

    A missing value is ""; in the columns that end in _date a date is a Span.
    """

    def __init__(self, rows: list[Row], attrs: Mapping[Any, Any]) -> None:
        super().__init__(rows)
        self.attrs = attrs


class Chart:
    """One chart. Called with its tables, it draws them; `describe` says the same in words.

    columns: for each table that it takes, the names of the columns that it needs.
    read: makes what is drawn and described of the Rows of each table; of one table, as a rule, it
    is the Rows themselves. alt_text: describes that.
    allowed: {column: the words that may stand there}, with "" where one may be missing.
    """

    __name__: str

    def __init__(
        self,
        drawing: Callable[[Any, Axes | None], Axes],
        columns: tuple[tuple[str, ...], ...],
        alt_text: Callable[[Any], str],
        read: Callable[..., Any] = lambda rows: rows,
        allowed: Mapping[str, Collection[str]] = MappingProxyType({}),
    ) -> None:
        functools.update_wrapper(self, drawing)  # its name, and its docstring with the example
        self.__signature__ = inspect.signature(self.__call__)  # and not that of the drawing
        self.columns, self.alt_text, self.read = columns, alt_text, read
        self._drawing, self._allowed = drawing, allowed

    def __call__(self, *tables: Any, ax: Axes | None = None) -> Axes:
        """Draw the tables into `ax`, or on a new figure, and return the Axes.

        Raises KitError for a missing column and for a value that cannot be, as `describe` does.
        """
        if tables and isinstance(tables[-1], Axes):
            tables, ax = tables[:-1], tables[-1]
        return self.draw(self.read(*self.rows(*tables)), ax)

    def describe(self, *tables: pd.DataFrame) -> str:
        """Return the alt text, computed from the same tables."""
        return self.alt_text(self.read(*self.rows(*tables)))

    def rows(
        self, *tables: pd.DataFrame, columns: tuple[tuple[str, ...], ...] | None = None
    ) -> list[Rows]:
        """Return the Rows of each table; columns: what is needed, if it is more than usual."""
        if len(tables) != len(self.columns):
            needed = plural(len(self.columns), "table")
            raise KitError(f"The {self.__name__} chart takes {needed}, not {len(tables)}.")
        pairs = zip(tables, columns or self.columns, strict=True)
        return [_rows_of(table, names, self.__name__, self._allowed) for table, names in pairs]

    def draw(self, data: Any, ax: Axes | None = None) -> Axes:
        """Draw what `read` returned, in the kit's style."""
        with look():
            return self._drawing(data, ax)


def chart(*columns: tuple[str, ...], **parts: Any) -> Callable[..., Chart]:
    """Turn a drawing into a Chart (a decorator): the columns of each table, and its other parts."""
    return lambda drawing: Chart(drawing, columns, **parts)


def describe(chart: Chart, *tables: pd.DataFrame) -> str:
    """Return the alt text of a chart, computed from the same table(s).

    chart: such as `kit.charts.timeline`. tables: what the chart takes.
    Raises KitError for what is no chart and for a table the chart cannot draw.

    >>> import kit
    >>> describe(kit.charts.enlargement, kit.data.load().enlargement)[:56]
    'Step chart of the number of NATO members over the years:'
    """
    return checked(chart).describe(*tables)


def checked(chart: Any) -> Chart:
    """Return what is a chart as it is; raise KitError for all else."""
    if not isinstance(chart, Chart):
        raise KitError(f"{chart!r} is no chart; give one itself, such as kit.charts.timeline.")
    return chart


def _rows_of(table, columns, chart, allowed):
    """Return the Rows of a DataFrame; raise KitError if the chart, a name, cannot draw them."""
    missing = [name for name in columns if name not in getattr(table, "columns", ())]
    if missing:
        raise KitError(
            f"The {chart} chart needs a table with the columns {', '.join(columns)}; "
            f"this one has no {', '.join(missing)}."
        )
    cells = table.astype(object)
    rows = Rows(cells.where(cells.notna(), "").to_dict("records"), table.attrs)
    for row in rows:
        for name in columns:
            if name.endswith("_date"):
                row[name] = row[name] and span(row[name])
            elif name in allowed:
                row[name] = _word(row[name], allowed[name], name, chart)
    return rows


def _word(value, allowed, column, chart):
    word = f"{value:g}" if isinstance(value, float) else str(value)
    if word not in allowed:
        raise KitError(
            f"The {chart} chart cannot draw {value!r} in column {column}; allowed are "
            f"{', '.join(filter(None, allowed))}, or nothing for a missing value."
        )
    return word
