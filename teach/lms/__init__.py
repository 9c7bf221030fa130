"""The learning platforms' own files: fill what the teacher exported, and change nothing else.

`fill` takes the export, our `marks.csv` and the teacher's own table of codes and learners.

| file        | holds                                                        |
|-------------|--------------------------------------------------------------|
| `sheet`     | every byte of a table, and its numbers                       |
| `platforms` | where things stand in each platform's file                   |
| `match`     | the teacher's table, and the row of a code                   |
| `fill`      | what is to be written, and writing it                        |
"""

from teach.lms.fill import Filled, fill
from teach.lms.match import Learners, read_learners
from teach.lms.platforms import PLATFORMS
from teach.lms.sheet import LmsError

__all__ = ["PLATFORMS", "Filled", "Learners", "LmsError", "fill", "read_learners"]
