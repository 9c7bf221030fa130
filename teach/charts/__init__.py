"""The charts of a class, made as those of `kit.charts` are: `(table, ax=None) -> Axes`.

| chart            | shows                                                             |
|------------------|-------------------------------------------------------------------|
| `agreement`      | how far raters agree, with the interval                           |
| `calibration`    | how sure one was, and how often right                             |
| `change`         | what changed in a class from one test to the next                 |
| `mistakes`       | which wrong answers were common                                   |
| `two_axes`       | reliable across, valid upwards, beside published indicators       |
| `medians`        | the class's scores beside the experts'                            |
| `ranks`          | what becomes of the ranks when the weights change                 |
| `pairs`          | which letter and number were given together, and how often        |
| `places`         | how texts are rated by the place at which they were met           |
| `repeats`        | on whose word each telling rests                                  |
| `discrimination` | how each exercise goes with the rest of the course                |

Each has a file of its own name, but for two pairs: `change` and `places` are in `intervals`,
`mistakes` and `ranks` in `bars`.
"""

from teach.charts.agreement import agreement
from teach.charts.bars import mistakes, ranks
from teach.charts.calibration import calibration
from teach.charts.discrimination import discrimination
from teach.charts.intervals import change, places
from teach.charts.medians import medians
from teach.charts.pairs import pairs
from teach.charts.repeats import repeats
from teach.charts.two_axes import two_axes

__all__ = [
    "agreement", "calibration", "change", "discrimination", "medians", "mistakes", "pairs",
    "places", "ranks", "repeats", "two_axes",
]  # fmt: skip
