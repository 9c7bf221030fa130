"""The learning platforms' own files: fill what the teacher exported, and change nothing else.

`fill` takes the export, our `marks.csv` and the teacher's own table of codes and learners. Left
to right: `cells` keeps every byte of a table, `points` reads and writes numbers, one small
module for each platform says where things stand in its file, `marks` reads the other tables,
`match` finds the row of a code, `plan` decides, `filling` writes, `command` is the command line.
"""

from teach.lms.cells import LmsError
from teach.lms.filling import Filled, fill
from teach.lms.platforms import PLATFORMS

__all__ = ["PLATFORMS", "Filled", "LmsError", "fill"]
