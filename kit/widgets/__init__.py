"""Widgets: what a learner sees and touches. A widget edits the journal and nothing else.

| file         | holds                                                                  |
|--------------|------------------------------------------------------------------------|
| `fields`     | one control, one answer: journal first, then the visible `status`      |
| `guard`      | keys stay out of the notebook, every control has a name                |
| `keeper`     | what is saved, in words; a copy in the browser; download, load, erase  |
| `controls`   | the small controls                                                     |
| `ask`        | the right form for an exercise: `forms`, `matrix`, `rating`, `written` |
| `finder`     | search the record and attach to claims: `records` found, `results` shown |
| `check`      | feedback and hints                                                     |
| `card`       | the provenance card                                                    |
| `code`       | the learner's code, and the order of the texts that is drawn from it   |
| `reader`     | a text to mark or tag: `article` (its HTML), `quoted` (what is asked)  |
| `quiz`       | the two short tests and their result                                   |
| `weights`    | do the ranks hold when the criteria weigh differently?                 |
| `experts`    | the experts' ratings, after committing, and the invented class'          |
| `rated`      | both kinds of ratings as tables, for charts and measures               |
| `handin`     | code, two presses, receipt; `given`: what the learner takes along      |

>>> from kit import widgets
>>> widgets.card("blog")
Provenance card: blog. Title: does putin want to join nato ?; Site: not printed; \
Byline: not printed; Date: not printed
"""

from kit.widgets.ask import ask
from kit.widgets.card import card
from kit.widgets.check import check, hint
from kit.widgets.code import code, order
from kit.widgets.experts import commit_ratings, experts
from kit.widgets.finder import finder
from kit.widgets.handin import handin
from kit.widgets.keeper import start
from kit.widgets.quiz import quiz, quiz_result
from kit.widgets.rated import expert_ratings, own_ratings
from kit.widgets.reader import reader
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
    "order",
    "own_ratings",
    "quiz",
    "quiz_result",
    "reader",
    "start",
    "weights",
]
