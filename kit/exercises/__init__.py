"""The exercises: what is asked, what the key answers, and what a learner is told.

`data/exercises.toml` holds the questions, hints and reasons; the answers stand in the key, typed
or decided by the data. Left to right: `model` says what an exercise and a kind are, `key` asks the
key, `kinds` has a file for each kind, `schema` reads the questions and holds them to their form,
`checker` compares an answer with the key and gives a reason.

>>> from kit import exercises
>>> exercises.check("witness_count", 2).state, exercises.check("witness_count", None).state
('not yet', 'not answered')
"""

from kit.exercises.checker import (
    Checker,
    QuizScore,
    Reviewed,
    check,
    progress,
    review_quiz,
    score_quiz,
)
from kit.exercises.key import Answer, answer_of
from kit.exercises.kinds import KINDS, normalise, validate
from kit.exercises.kinds.matrix import nearest, place
from kit.exercises.kinds.rating import is_rated
from kit.exercises.kinds.written import cited
from kit.exercises.model import (
    AXES,
    AnswerError,
    Choice,
    Exercise,
    ExerciseError,
    Feedback,
    Input,
    Kind,
    Statement,
)
from kit.exercises.schema import find, load, quiz, statements
