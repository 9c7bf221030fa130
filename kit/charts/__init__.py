"""The charts of the course: `(table, ax=None) -> Axes`, each with alt text and its table.

| chart         | shows                                                             |
|---------------|-------------------------------------------------------------------|
| `enlargement` | the members as steps, every round named                           |
| `timeline`    | when things are said to have happened, and when they were told    |
| `profiles`    | six scores a text; of two raters, how far they are apart          |
| `halo`        | the two Admiralty axes: do letter and number go together?         |
| `stances`     | what each text does with each proposition                         |
| `spread`      | how far a class is apart on each scale, and where one stands      |

Each is one object (`chart`), in a file of its own name. `chart.describe(*tables)` is the
alt text; `show(chart, *tables)` puts picture, alt text and table into the page (`figure`);
`explore` does so with a timeline whose marks answer to mouse, keys and touch.
A chart of an empty table says in a sentence what is missing.
The look (`style`) is used only while drawing: importing changes nothing.
"""

from kit.charts.chart import Chart
from kit.charts.enlargement import enlargement
from kit.charts.explore import explore
from kit.charts.figure import show, svg
from kit.charts.halo import halo
from kit.charts.profiles import profiles
from kit.charts.spread import spread
from kit.charts.stances import stances
from kit.charts.timeline import timeline
