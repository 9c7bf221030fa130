"""For instructors: grading, the platforms' files, the class report.

It imports `kit`, never the other way.
`python -m teach COMMAND` is how most of it is used; each command explains itself with `--help`.

| part           | holds                                                                     |
|----------------|---------------------------------------------------------------------------|
| `cli`          | the command line                                                          |
| `grading`      | from whatever the platform gave to marks, feedback and a list for a person |
| `lms`          | marks into the gradebooks that platforms export                           |
| `report`       | the class report                                                          |
| `measures`     | agreement, change, order and small groups of a class                      |
| `charts`       | the charts of a class                                                     |
| `marking_form` | marking written answers in a notebook                                     |
| `gradescope`   | the zip for Gradescope                                                    |
| `typed`        | answers typed in from paper                                               |
| `check_data`   | a case folder held to its dictionary, its exercises to their key          |
| `workers`      | work shared among processes, or among a cluster's workers                 |
| `files`        | one way to read a file, one to put a file in place whole                  |
| `workshop`     | a case of one's own: forms, exercises by rule, its folder                 |
| `projector`    | the wall of a class: `teach.wall()` in a notebook                         |
"""

from importlib import import_module
from typing import Any


def __getattr__(name: str) -> Any:
    """Load the wall when it is first asked for."""
    if name == "wall":
        return import_module("teach.projector").wall
    raise AttributeError(f"teach has no part named {name!r}; `wall` is the one for notebooks.")
