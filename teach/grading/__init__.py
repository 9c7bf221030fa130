"""Marking: from whatever the platform gave to marks, feedback, and a list for a person.

Answers are marked as data. Nothing a learner hands in is run, unpickled, imported or unpacked.

| file                       | holds                                                             |
|----------------------------|-------------------------------------------------------------------|
| `folders` `zips` `places`  | every file below what the teacher gave, and what is shown of it   |
| `intake`                   | what a file holds: hand-ins, or what is wrong with it             |
| `shelf`                    | what was read so far, so that a stopped run goes on               |
| `settle`                   | which hand-in of a code counts, and what needs a person           |
| `score` `rubric`           | the marks of one hand-in: from the key, and from people           |
| `written`                  | the written answers that people still have to read                |
| `feedback` `words`         | the page a learner gets back                                      |
| `outputs`                  | `marks.csv`, `needs_a_person.csv`                                 |
| `hands` `cluster`          | work shared among processors, or among a cluster's workers        |
| `progress`                 | how far it is                                                     |
| `run` `command` `learners` | one run of it all; the command line; the codes of the teacher     |

>>> from kit import data
>>> grade(["in"], "marks", data.load())
Traceback (most recent call last):
teach.grading.run.MarkingError: There is no in; give a folder, a zip or a file of hand-ins.
"""

from teach.grading.run import Done, MarkingError, grade

__all__ = ["Done", "MarkingError", "grade"]
