"""The weight explorer: do the ranks of the texts hold when the criteria weigh differently?"""

from html import escape

import ipywidgets

from kit import exercises, journal, measures
from kit.data import Case
from kit.widgets.base import Page, button, control, default_case, html, sentence
from kit.widgets.fields import PAUSE, Form, part

SCORES = ["0", "1", "2", "3", "4"]  # the columns of the rating that can be weighed
USUAL = 5  # the weight of every criterion until it is moved
HEAVIEST = 10


def weights(exercise_id: str = "ratings", case: Case | None = None) -> Form | Page:
    """A slider per criterion, and the texts in the order the learner's own ratings give.

    It ranks the texts that have every score, from two of them on, and names the others.
    """
    case = case or default_case()
    exercise = exercises.find(exercise_id, case)
    criteria = [c for c in exercise.columns if [str(value) for value in c.values] == SCORES]
    if not criteria:
        return sentence(f"“{exercise_id}” holds no scores from 0 to 4, so nothing can be weighed.")
    scores, gaps = _scores(exercise, criteria)
    if len(scores) < 2:
        return sentence(
            "This ranks texts by your own scores, and needs two texts with every score. "
            f"Still missing: {'; '.join(gaps)}."
        )
    return _Weights(exercise, criteria, scores, gaps)


class _Weights(Form):
    """The sliders, and the bars that follow them."""

    def __init__(self, exercise, criteria, scores, gaps):
        empty = "All criteria weigh the same so far."
        super().__init__(self._order, empty)
        self.scores = scores
        self.names = {row.id: row.text for row in exercise.rows if row.id in scores}
        self.sliders = {
            column.id: self.keep(
                f"weights/{column.id}",
                control(ipywidgets.IntSlider, column.text, value=USUAL, min=0, max=HEAVIEST),
                pause=PAUSE,
            )
            for column in criteria
        }
        self.equal = _ranks(measures.weighted(scores, dict.fromkeys(self.sliders, 1)))
        self.bars, self.shown = html("", "kit-bars"), {}
        for slider in self.sliders.values():
            slider.observe(lambda _: self._redraw(), "value")
        self._redraw()
        note = _stability(self.names, self.scores)
        note += f" Not ranked yet: {'; '.join(gaps)}." if gaps else ""
        equal = button("Back to equal weights", self._make_equal)
        sliders = ipywidgets.Box(tuple(self.sliders.values()), _dom_classes=("kit-sliders",))
        self.lay_out(sliders, equal, self.bars, html(escape(note), "kit-note"))

    def _means(self):
        """The weighted mean of each text, the best first; None when every weight is 0."""
        chosen = {id: slider.value for id, slider in self.sliders.items()}
        if not any(chosen.values()):
            return None
        means = measures.weighted(self.scores, chosen)
        return means.sort_values(ascending=False, kind="stable")

    def _redraw(self):
        bars, message, means = "", NOTHING, self._means()
        if means is not None:
            ranks = _ranks(means)
            for text, mean in means.items():
                bars += _bar(ranks[text], self.names[text], mean, self.shown.get(text, 0))
            message, self.shown = _moved(self.names, ranks, self.equal), means
        self.bars.value = f"{bars}<p>{escape(message)}</p>"

    def _order(self):
        """The order in words, for the line that says what is kept."""
        means = self._means()
        ranks = {} if means is None else _ranks(means)
        words = ", ".join(f"{rank} {self.names[text]}" for text, rank in ranks.items())
        return f"{words}." if ranks else ""

    def _make_equal(self):
        for slider in self.sliders.values():
            slider.value = USUAL


NOTHING = "With every weight at 0 no text can come first. Move one slider."


def _scores(exercise, criteria):
    """({text: {criterion: score}} of the texts with every score, what the others miss)."""
    answer = journal.current().answer(exercise.id)
    scores, gaps = {}, []
    for row in exercise.rows:
        values = {c.id: part(answer, row.id, c.id).get("value") for c in criteria}
        empty = [c.text for c in criteria if values[c.id] is None]
        if len(empty) == len(criteria):
            gaps.append(row.text)
        elif empty:
            gaps.append(f"{row.text} ({', '.join(empty)})")
        else:
            scores[row.id] = {id: float(value) for id, value in values.items()}
    return scores, gaps


def _ranks(means):
    """{text: rank from 1}; equal means share a rank."""
    return means.round(9).rank(ascending=False, method="min").astype(int).to_dict()


def _bar(rank, name, mean, before):
    """One text: its rank, a bar that grows from where it was, and its weighted mean."""
    return (
        f'<div class="kit-bar"><span>{rank}. {escape(name)}</span>'
        f'<span class="kit-track" style="--kit-from:{before / 4:.0%};--kit-to:{mean / 4:.0%}">'
        f"<span></span></span><span>{mean:.2f} of 4</span></div>"
    )


def _moved(names, ranks, equal):
    """Which texts have another rank than with equal weights: "Blog rose from 3 to 2"."""
    moved = [
        f"{names[text]} {'rose' if rank < equal[text] else 'fell'} from {equal[text]} to {rank}"
        for text, rank in ranks.items()
        if rank != equal[text]
    ]
    if not moved:
        return "Every text has the rank that equal weights give."
    return f"Compared with equal weights: {', '.join(moved)}."


def _stability(names, scores):
    """How much of all possible weightings leaves each text first, in words."""
    table = measures.rank_stability(scores)
    shares = [
        f"{names[text]} in {measures.percent_words(share)}"
        for text, share in zip(table["text"], table["first_share"], strict=True)
        if share > 0
    ]
    return f"Of all possible weightings, these texts come first: {', '.join(shares)}."
