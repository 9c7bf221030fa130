"""What the case is called, what it asks, how large it is to be, and whose it is."""

from teach.workshop.answered_form import AnsweredForm, asked, styled
from teach.workshop.desk import Desk


class NameForm(AnsweredForm):
    """The beginning of a case."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        fields = [self.ask(f"case/-/{each['id']}", each) for each in asked()["case"]["fields"]]
        self.lay_out(styled(*fields))
