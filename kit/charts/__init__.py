"""The charts of the course: `(table, ax=None) -> Axes`, each with alt text and its table.

| chart         | shows                                                             |
|---------------|-------------------------------------------------------------------|
| `enlargement` | NATO's members as steps, every round named                        |
| `timeline`    | when things are said to have happened, and when they were told    |
| `profiles`    | six scores a text                                                 |
| `halo`        | the two Admiralty axes: do letter and number move as one?         |
| `stances`     | what each text does with each proposition                         |
| `agreement`   | how far raters agree, with the interval                           |
| `calibration` | how sure one was, and how often right                             |
| `change`      | what changed in a class from one test to the next                 |
| `mistakes`    | which wrong answers were common                                   |

`describe(chart, *tables)` is the alt text; `show(chart, *tables)` puts picture, alt text and
table into the page; `explore` does so with a timeline whose marks answer to mouse, keys and touch.
A chart of an empty table says in a sentence what is missing.
The style file is used only while drawing: importing changes nothing.
"""

from kit.charts.alt_text import describe
from kit.charts.explore import explore
from kit.charts.judged import agreement, calibration
from kit.charts.lanes import timeline
from kit.charts.matrix import stances
from kit.charts.membership import enlargement
from kit.charts.page import show, svg
from kit.charts.scores import halo, profiles
from kit.charts.whole_class import change, mistakes

__all__ = [
    "agreement",
    "calibration",
    "change",
    "describe",
    "enlargement",
    "explore",
    "halo",
    "mistakes",
    "profiles",
    "show",
    "stances",
    "svg",
    "timeline",
]
