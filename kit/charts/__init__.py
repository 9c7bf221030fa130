"""The charts of the course: `(table, ax=None) -> Axes`, each with alt text and its table.

| chart         | shows                                                             |
|---------------|-------------------------------------------------------------------|
| `enlargement` | the members as steps, every round named                           |
| `timeline`    | when things are said to have happened, and when they were told    |
| `profiles`    | six scores a text                                                 |
| `halo`        | the two Admiralty axes: do letter and number go together?         |
| `stances`     | what each text does with each proposition                         |
| `agreement`   | how far raters agree, with the interval                           |
| `calibration` | how sure one was, and how often right                             |
| `change`      | what changed in a class from one test to the next                 |
| `mistakes`    | which wrong answers were common                                   |
| `two_axes`    | reliable across, valid upwards, beside published indicators       |
| `medians`     | the class's scores beside the experts'                            |
| `ranks`       | what becomes of the ranks when the weights change                 |
| `pairs`       | which letter and number were given together, and how often        |
| `places`      | how texts are rated by the place at which they were met           |
| `repeats`     | on whose word each telling rests                                  |

`describe(chart, *tables)` is the alt text; `show(chart, *tables)` puts picture, alt text and
table into the page; `explore` does so with a timeline whose marks answer to mouse, keys and touch.
A chart of an empty table says in a sentence what is missing.
The style file is used only while drawing: importing changes nothing.
"""

from kit.charts.alt_text import describe
from kit.charts.beside import medians, two_axes
from kit.charts.class_ratings import pairs, ranks
from kit.charts.explore import explore
from kit.charts.judged import agreement, calibration
from kit.charts.lanes import timeline
from kit.charts.matrix import stances
from kit.charts.membership import enlargement
from kit.charts.order import places
from kit.charts.page import show, svg
from kit.charts.scores import halo, profiles
from kit.charts.whole_class import change, mistakes
from kit.charts.witnesses import repeats

__all__ = [
    "agreement",
    "calibration",
    "change",
    "describe",
    "enlargement",
    "explore",
    "halo",
    "medians",
    "mistakes",
    "pairs",
    "places",
    "profiles",
    "ranks",
    "repeats",
    "show",
    "stances",
    "svg",
    "timeline",
    "two_axes",
]
