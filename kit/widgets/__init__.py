"""Widgets: what a learner sees and touches. A widget edits the journal and nothing else.

| file            | holds                                                                 |
|-----------------|-----------------------------------------------------------------------|
| `base`          | style, the line that says what is kept, the page's guard              |
| `fields`        | one control, one answer: journal first, then the visible status       |
| `controls`      | the small controls                                                    |
| `keeper`        | what is saved, in words; a copy in the browser; download, load, erase |
| `ask`           | the form of an exercise, feedback and hints; `grid`, `editor`, `rating` |
| `finder`        | search the record and attach what was found to claims                 |
| `reader`        | a text to mark or tag, as `article` writes it (with its card)         |
| `quiz`          | the two short tests and their result                                  |
| `weights`       | do the ranks hold when the criteria weigh differently?                |
| `rating_tables` | after committing: the learner's ratings, the experts', a class's      |
| `handin`        | the learner's code, two presses, receipt, what the learner takes along |

>>> from kit import widgets
>>> widgets.card("blog")
Provenance card: blog. Title: does putin want to join nato ?; Site: not printed; \
Byline: not printed; Date: not printed
"""

from kit.widgets.ask import ask, check, hint
from kit.widgets.finder import finder
from kit.widgets.handin import code, handin, order
from kit.widgets.keeper import start
from kit.widgets.quiz import quiz, quiz_result
from kit.widgets.rating_tables import commit_ratings, expert_ratings, experts, my_ratings
from kit.widgets.reader import card, reader
from kit.widgets.weights import weights

__all__ = [
    "ask",
    "card",
    "check",
    "code",
    "commit_ratings",
    "expert_ratings",
    "experts",
    "finder",
    "handin",
    "hint",
    "my_ratings",
    "order",
    "quiz",
    "quiz_result",
    "reader",
    "start",
    "weights",
]
