"""A Gradescope autograder of the course: it marks a hand-in as data and runs nothing in it.

`build` writes the zip that a teacher uploads; `grade` is what runs there, on one submission;
`command` is the command line.
"""

from teach.gradescope.build import AutograderError, Built, build
from teach.gradescope.grade import grade

__all__ = ["AutograderError", "Built", "build", "grade"]
