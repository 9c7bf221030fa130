"""A Gradescope autograder of the course: it grades a hand-in as data and runs nothing in it.

`build` writes the zip that a teacher uploads; `grade` is what runs there, on one submission.
"""

from teach.gradescope.build import Built, build

__all__ = ["Built", "build"]
