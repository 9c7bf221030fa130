"""What is asked of every chart, of the course's and of a class: used by the tests of both."""

import re
from itertools import combinations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.text import Text

from kit import charts
from kit.charts import figure, style
from kit.errors import KitError

NAMES = {"lane", "name", "text_id", "proposition_id", "criterion", "text", "source", "group"}
COUNTS = {"n_units", "n_raters"}


def drawn(chart, *tables, width=style.WIDE, size=None):
    with style.look():
        ax = plt.subplots(figsize=size)[1] if size else None
    ax = chart.draw(chart.read(*chart.rows(*tables)), ax, width)
    ax.figure.canvas.draw()
    plt.close(ax.figure)
    return ax


def texts_of(ax):
    """Return every piece of text that can be seen, tick labels outside the axes left out."""
    unseen = {
        label
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        for label in (tick.label1, tick.label2)
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    }
    texts = [text for text in ax.figure.findobj(Text) if text not in unseen]
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def numbers(text):
    return {float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", text)}


def words_in(ax):
    return " ".join(text.get_text().replace("\n", " ") for text in ax.texts)


def no_label_stands_on_another_and_none_is_cut(ax):
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts_of(ax)]
    assert len(boxes) > 5
    touching = [(a, b) for (a, one), (b, two) in combinations(boxes, 2) if one.overlaps(two)]
    assert touching == []
    edge = ax.figure.bbox.padded(1)
    assert [text for text, box in boxes if not (edge.x0 <= box.x0 and box.x1 <= edge.x1)] == []
    assert [text for text, box in boxes if not (edge.y0 <= box.y0 and box.y1 <= edge.y1)] == []
    assert min(text.get_size() for text in texts_of(ax)) >= style.SMALL


def it_has_a_title_and_a_source(ax):
    assert ax.get_title()
    words = words_in(ax)
    assert "see data/README.md" in words or "table behind this chart" in words


def every_number_in_the_alt_text_is_known(alt, known):
    assert numbers(alt) - {float(number) for number in known} == set()
    assert len(numbers(alt)) >= 3
    assert len(re.findall(r"[.:](?: |$)", alt)) >= 2


def show_displays_picture_alt_text_and_table(chart, tables, monkeypatch):
    displayed = []
    monkeypatch.setattr("IPython.display.display", displayed.append)
    assert charts.show(chart, *tables) is None
    [html] = [shown.data for shown in displayed]
    assert html == figure.figure(chart, *tables)
    assert html.startswith("<figure") and html.endswith("</figure>")
    images = re.findall(r"<img ([^>]*)>", html)
    assert ["display:none" in image for image in images] == [False, True][: len(images)]
    for image in images:
        assert 'role="img"' in image and 'src="data:image/svg+xml;base64,' in image
        assert f'alt="{figure.escape(chart.describe(*tables))}"' in image
    assert "@container" in html and "<details><summary>Table behind this chart" in html
    heads = re.findall(r"<th( [^>]*)?>(.*?)</th>", html)
    assert all(scope == ' scope="col"' and name.strip() for scope, name in heads)
    assert len(heads) == sum(map(len, chart.columns[: len(tables)]))
    assert html.count("<tr>") == sum(len(table) + 1 for table in tables)
    assert plt.get_fignums() == []


def an_empty_table_is_a_sentence(chart, tables):
    tables = [pd.DataFrame(columns=chart.columns[0]), *tables[1:]]
    ax = chart(*tables)
    assert re.match(r"No chart: [a-z].*\.$", ax.texts[-1].get_text().replace("\n", " "))
    alt = chart.describe(*tables)
    assert alt.startswith("Empty ")
    assert figure.figure(chart, *tables) == f'<p role="status">{alt}</p>'


def a_table_with_nothing_filled_in_is_drawn_or_says_so(chart, tables):
    blank = tables[0].astype(object)
    for name in set(blank.columns) - NAMES - COUNTS:
        blank[name] = None
    ax = drawn(chart, blank, *tables[1:])
    words = " ".join(text.get_text() for text in ax.texts)
    assert re.search("No chart:|undefined|no single witness", words)
    assert "nan" not in words and "None" not in words
    assert not re.search("nan|None", chart.describe(blank, *tables[1:]))


def one_row_is_enough(chart, tables):
    tables = [tables[0].head(1), *tables[1:]]
    ax = drawn(chart, *tables)
    boxes = [text.get_window_extent() for text in texts_of(ax)]
    assert not any(one.overlaps(two) for one, two in combinations(boxes, 2))
    assert chart.describe(*tables).endswith(".")


def each_missing_column_is_one_sentence(chart, tables):
    for place, columns in enumerate(chart.columns):
        for column in columns:
            without = [*tables]
            without[place] = without[place].drop(columns=column)
            sentence = rf"^The {chart.__name__} chart needs .* has no {column}\.$"
            for act in (chart, chart.describe, show_it(chart)):
                with pytest.raises(KitError, match=sentence):
                    act(*without)


def show_it(chart):
    return lambda *tables: charts.show(chart, *tables)
