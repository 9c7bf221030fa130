"""Grading: from whatever the platform gave to marks, feedback, and a list for a person.

Answers are graded as data. Nothing a learner hands in is run, unpickled, imported or unpacked.

| file        | holds                                                                    |
|-------------|--------------------------------------------------------------------------|
| `sources`   | every file below what the teacher gave, and what is shown of its place   |
| `extract`   | what a file holds: hand-ins, or what is wrong with it                    |
| `store`     | what was read so far, so that a stopped run goes on                      |
| `selection` | which hand-in of a code counts, and what needs a person                  |
| `rubric`    | the levels that people gave to written answers                           |
| `marks`     | the marks of one hand-in, and of all of them in `marks.csv`              |
| `feedback`  | the page a learner gets back                                             |
| `run`       | one run of it all                                                        |

>>> from kit import data
>>> grade(["in"], "marks", data.load())
Traceback (most recent call last):
kit.errors.KitError: There is no in; give a folder, a zip or a file of hand-ins.
"""

from teach.grading.run import Done, grade

__all__ = ["Done", "grade"]
