"""The exercises: what is asked, what the key answers, and what a learner is told.

`data/exercises.toml` holds the questions, hints and reasons; the answers stand in the key, typed
or decided by the data. Left to right: `stated` sees that each field has its form, `model` reads the
questions, `nearest` finds the sentences beside a cell, `entries` reads typed numbers and dates,
`values` turns what a learner gives into plain JSON, `shapes` sees that it has the right form,
`answers` asks the key, `checks` compares and gives a reason, `quiz` scores the two short tests,
`order` draws the order of the texts from a learner's code.

>>> from kit import data, exercises
>>> case = data.load()
>>> exercises.check("members_1954", 12, case).state
'not yet'
>>> exercises.check("members_1954", None, case).state
'not answered'
"""

from kit.exercises.answers import Answer, answer_of
from kit.exercises.checks import Checker, check, hint
from kit.exercises.made import cited
from kit.exercises.model import AXES, KINDS, Choice, Exercise, ExerciseError, Feedback, load, place
from kit.exercises.nearest import nearest
from kit.exercises.order import drawn_order, is_order
from kit.exercises.progress import is_rated, progress
from kit.exercises.quiz import QuizScore, Statement, quiz, score_quiz
from kit.exercises.shapes import shape_fault
from kit.exercises.values import AnswerError, as_value

__all__ = [
    "AXES",
    "KINDS",
    "Answer",
    "AnswerError",
    "Checker",
    "Choice",
    "Exercise",
    "ExerciseError",
    "Feedback",
    "QuizScore",
    "Statement",
    "answer_of",
    "as_value",
    "check",
    "cited",
    "drawn_order",
    "hint",
    "is_order",
    "is_rated",
    "load",
    "nearest",
    "place",
    "progress",
    "quiz",
    "score_quiz",
    "shape_fault",
]
