"""The workshop in a notebook: one call for each step, all on the desk of `my_case.jsonl`.

>>> from teach.workshop import form as workshop
>>> workshop.name()  # doctest: +ELLIPSIS
Asleep. ...
"""

from teach.workshop.case_form import NameForm
from teach.workshop.claims_form import ClaimsForm
from teach.workshop.desk import own_desk
from teach.workshop.exercises_form import ExercisesForm
from teach.workshop.finish_form import FinishForm
from teach.workshop.judgement_forms import RatingsForm, StancesForm
from teach.workshop.moments_form import MembersForm, MomentsForm
from teach.workshop.rows_form import RowsForm
from teach.workshop.texts_form import TextsForm


class PropositionsForm(RowsForm):
    """What the texts argue about."""

    table = "propositions"


def name() -> NameForm:
    """Name the case: title, question, size, licence and, if you like, yourself."""
    return NameForm(own_desk())


def texts() -> TextsForm:
    """Give the texts, and say what is printed of each."""
    return TextsForm(own_desk())


def propositions() -> PropositionsForm:
    """Say what the texts argue about."""
    return PropositionsForm(own_desk())


def claims() -> ClaimsForm:
    """Click sentences into claims, and group them under the propositions."""
    return ClaimsForm(own_desk())


def moments() -> MomentsForm:
    """Fill in the dated moments, and see the timeline grow."""
    return MomentsForm(own_desk())


def members() -> MembersForm:
    """Give the members of the counted thing, if the case has one."""
    return MembersForm(own_desk())


def stances() -> StancesForm:
    """Say what each text does with each proposition."""
    return StancesForm(own_desk())


def ratings() -> RatingsForm:
    """Rate the texts as an editor."""
    return RatingsForm(own_desk())


def exercises() -> ExercisesForm:
    """Look at the exercises that rules make, and edit their words."""
    return ExercisesForm(own_desk())


def finish() -> FinishForm:
    """See what is missing for each size, and write the folder."""
    return FinishForm(own_desk())
