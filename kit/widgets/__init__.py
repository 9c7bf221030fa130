"""Widgets: what a learner sees and touches. A widget edits the journal and nothing else.

`base`, `fields` and `strip` (Check, Hint and what they say) are what all are made of. Then each
file is one thing on the page: `steps` says where you are in the course,
`keeper` says what is saved, `ask` is the form of an exercise, `reader` a text, `rating`,
`rows` and `weights` what their names say, `finder` searches the record, `quiz` is the two tests.
`together` is what a class does with its judgements, `decided` what of that the journal keeps.
`handin` is the end.

>>> from kit import widgets
>>> widgets.card("blog").text[-38:]
'Byline: not printed; Date: not printed'
"""

from kit.widgets.ask import ask, check
from kit.widgets.finder import finder
from kit.widgets.handin import handin, order, pen_name
from kit.widgets.keeper import start
from kit.widgets.quiz import quiz, quiz_result
from kit.widgets.rating import (
    expert_ratings,
    experts,
    my_ratings,
    my_stances,
    my_verdicts,
)
from kit.widgets.reader import card, reader
from kit.widgets.steps import progress
from kit.widgets.together import commit, my_class, wall
from kit.widgets.weights import weights
