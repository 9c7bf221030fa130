"""The weight explorer: do the ranks of the texts hold when the criteria weigh differently?"""

from html import escape

import ipywidgets

from kit import exercises, work
from kit.measures import rank_stability, weighted
from kit.widgets.controls import LINE, named
from kit.widgets.fields import PAUSE, Form, part
from kit.widgets.page import default_case, html, sentence

SCORES = ["0", "1", "2", "3", "4"]  # the columns of the rating that can be weighed
USUAL = 5  # the weight of every criterion until it is moved
HEAVIEST = 10


def weights(exercise_id="ratings", case=None):
    """A slider per criterion, and the texts in the order the learner's own ratings give.

    It ranks the texts that have every score, from two of them on, and names the others.
    """
    case = case or default_case()
    exercise = exercises.load(case).get(exercise_id)
    criteria = _criteria(exercise) if exercise else []
    if not criteria:
        return sentence(f"“{exercise_id}” holds no scores from 0 to 4, so nothing can be weighed.")
    scores, gaps = _scores(exercise, criteria)
    if len(scores) < 2:
        return sentence(
            "This ranks texts by your own scores, and needs two texts with every score. "
            f"Still missing: {'; '.join(gaps)}."
        )
    form = Form("kit.widgets.weights()", empty="All criteria weigh the same so far.")
    sliders = {column.id: form.keep(f"weights/{column.id}", _slider(column), pause=PAUSE)
               for column in criteria}  # fmt: skip
    ranks = html("", "kit-bars")
    names = {row.id: row.text for row in exercise.rows if row.id in scores}
    for slider in sliders.values():
        slider.observe(lambda _: _redraw(ranks, names, scores, sliders), "value")
    _redraw(ranks, names, scores, sliders)
    told = _stability(names, scores) + (f" Not ranked yet: {'; '.join(gaps)}." if gaps else "")
    return form.lay_out(*sliders.values(), ranks, html(escape(told), "kit-note"))


def _criteria(exercise):
    return [c for c in exercise.columns if [str(value) for value in c.values] == SCORES]


def _scores(exercise, criteria):
    """({text: {criterion: score}} of the texts with every score, what the others miss)."""
    kept = work.current().answer(exercise.id)
    scores, gaps = {}, []
    for row in exercise.rows:
        cells = {c.id: part(kept, row.id, c.id) for c in criteria}
        empty = [c.text for c in criteria if not _given(cells[c.id])]
        if len(empty) == len(criteria):
            gaps.append(row.text)
        elif empty:
            gaps.append(f"{row.text} ({', '.join(empty)})")
        else:
            scores[row.id] = {id: float(cell["value"]) for id, cell in cells.items()}
    return scores, gaps


def _given(cell):
    return cell.get("value") is not None


def _slider(column):
    slider = ipywidgets.IntSlider(
        USUAL, 0, HEAVIEST, description=named(column.text), description_allow_html=True, style=LINE
    )
    slider.layout.width = "auto"
    slider.add_class("kit-weight")
    return slider


def _redraw(ranks, names, scores, sliders):
    chosen = {id: slider.value for id, slider in sliders.items()}
    if not any(chosen.values()):
        ranks.value = "<p>With every weight at 0 there is nothing to rank by. Move one slider.</p>"
        return
    means = weighted(scores, chosen).to_dict()
    ordered = sorted(names, key=lambda text: -means[text])
    ranks.value = "".join(_bar(names[text], means[text], means) for text in ordered)


def _bar(name, mean, means):
    """One text: its rank in words, a bar, and its weighted mean."""
    rank = 1 + sum(other > mean + 1e-9 for other in means.values())
    return (
        f'<div class="kit-bar"><span>{rank}. {escape(name)}</span>'
        f'<span class="kit-track"><span style="width:{mean / 4:.0%}"></span></span>'
        f"<span>{mean:.2f} of 4</span></div>"
    )


def _stability(names, scores):
    """How much of all possible weightings leaves each text first, in words."""
    table = rank_stability(scores)
    shares = [
        f"{names[text]} in {share * 100:.0f} %"
        for text, share in zip(table["text"], table["first_share"], strict=True)
        if share > 0
    ]
    return f"Of all possible weightings, these texts come first: {', '.join(shares)}."
