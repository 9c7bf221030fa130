"""The class report of a folder of marks, or of the invented class: as a page, or in a notebook."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from kit import data, exercises
from kit.charts import figure
from kit.data import Case
from kit.errors import KitError
from kit.words import plural
from teach.files import replacing, writing
from teach.grading.marks import Scorer, TotalMark, submissions
from teach.report import answer_counts, items, page, sensitivity, two_tests, validity
from teach.report.alike import alike, write_alike
from teach.report.gather import MISSING, ClassAnswers, gather
from teach.report.invented_class import INVENTED, example_class
from teach.report.judged_again import moved
from teach.report.own_eyes import WARNING, own_eyes
from teach.report.page import Panel
from teach.workers import Workers

FEWEST = 10  # learners that a shown number may stand for
PANELS = (
    two_tests.sharper,
    two_tests.calibrated,
    items.items,
    answer_counts.mistakes,
    validity.agreeing,
    validity.valid,
    validity.experts,
    answer_counts.differing,
    sensitivity.halo,
    sensitivity.ranks,
    sensitivity.order,
    moved,
    answer_counts.repeats,
)
SMALL = (
    "Too few handed in for numbers that hide nobody. Add --codes for a page with points and "
    "answers by code, for your own eyes."
)


def panels(answers: ClassAnswers, k: int = FEWEST, workers: Workers | None = None) -> list[Panel]:
    """Return the Panels of a class; none tells of fewer than k learners.

    workers: they draw the pictures, which takes longest. Raises KitError for a k under 2.
    """
    if k < 2:
        raise KitError(f"k is {k}, and a number for one learner hides nobody; choose 2 or more.")
    if workers:
        return list(workers.share(partial(_drawn, answers, k), PANELS, batch=1))
    return [panel(answers, k) for panel in PANELS]


def _drawn(answers, k, panel):
    return page.drawn(panel(answers, k))


def class_of(folder: str | Path, case: Case, share: Callable[..., Iterable] = map) -> ClassAnswers:
    """Return the answers of the hand-ins that count in a marks' folder; raise KitError.

    share: does a work on many things, in order, as `map` does.
    """
    known, points = exercises.load(case), []

    def contents() -> Iterator[str]:
        for mark, content in submissions(Path(folder)):
            points.append([_points(mark, id) for id in known])
            yield content

    return gather(contents(), case, share, points)


def _points(mark: TotalMark, exercise: str) -> float | None:
    points, cell = mark.points_in(exercise), mark.cells.get(exercise.lower())
    return MISSING if cell and points is None else points  # the cell says “excused”


def invented_class(case: Case) -> ClassAnswers:
    """Return the answers of the invented learners, and what they earn where no person marks."""
    scorer, class_ = Scorer(case), list(example_class(case))
    points = [[score.points for score in scorer.scores(content, {})] for content in class_]
    return gather((content["answers"] for content in class_), case, points=points)


def write(
    answers: ClassAnswers,
    out: str | Path,
    k: int = FEWEST,
    invented: bool = False,
    workers: Workers | None = None,
    own: Iterable[Panel] = (),
) -> None:
    """Write the report of a class as one HTML file; raise KitError.

    own: panels for the teacher's own eyes, at the end and with a warning at the top; of a class of
    fewer than k learners they are the whole page.
    """
    own, is_small = list(own), answers.learners < k
    about = [
        f"{answers.case.title}: {answers.case.question}",
        f"{plural(answers.learners, 'learner')} handed in.",
    ]
    if own and is_small:
        made = own
    else:
        made = [*panels(answers, k, workers), *own]
        before = f"Up to “{own[0].title}” no" if own else "No"
        about.append(f"{before} number below stands for fewer than {k} of them.")
    banners = INVENTED if invented else "", WARNING if own else ""
    html = page.page(f"Class report{', for your own eyes' if own else ''}", made, about, *banners)
    with writing(out), replacing(Path(out)) as [file]:
        file.write(html.encode())


def for_own_eyes(
    folder: str | Path, case: Case, is_small: bool, share: Callable[..., Iterable] = map
) -> list[Panel]:
    """Return the panels of a marks' folder that hide nobody, and write its `alike.csv`.

    is_small: whether they are all there is to show. share: as in `class_of`. Raises KitError.
    """
    found = alike(Path(folder), case, share)
    write_alike(Path(folder), found)
    return own_eyes(folder, case, found, is_small)


# In a notebook


class ClassReport:
    """The panels of a class, or the sentence (problem) that says why there are none.

    invented: a sentence that says so if the data are made up, or "".
    """

    def __init__(self, panels: Iterable[Panel], invented: str = "", problem: str = ""):
        self._panels = {panel.id: panel for panel in panels}
        self._invented, self._problem = invented, problem

    def show(self, id: str) -> "Shown":
        """Return a panel, such as "sharper", to be displayed; a sentence if there is none."""
        if self._problem or id not in self._panels:
            names = ", ".join(self._panels)
            return Shown(problem=self._problem or f"There is no panel {id!r}; there are {names}.")
        return Shown(self._panels[id], self._invented)


class Shown:
    """A Panel, or a sentence in its place, as a notebook displays it."""

    def __init__(self, panel: Panel | None = None, invented: str = "", problem: str = ""):
        self._panel, self._invented, self._problem = panel, invented, problem

    def __repr__(self):
        """Say in words what the panel says."""
        sentences = self._panel.sentences if self._panel else [self._problem]
        return " ".join(filter(None, [self._invented, *sentences]))

    def _repr_html_(self):
        if self._problem:
            return figure.sentence(self._problem)
        return page.in_notebook(self._panel, self._invented)


def class_report(marks: str = "", fewest: int = FEWEST, case: Case | None = None) -> ClassReport:
    """Return the report of the folder that `teach grade` wrote; of the invented class without one.

    fewest: learners that a shown number may stand for, at least 2. case: by default this course's
    own. Raises nothing for a wrong folder: the report says what is wrong.

    >>> class_report("nowhere").show("sharper")
    There are no marks in nowhere yet: run `python -m teach grade IN --out marks` first, then name \
that folder here.
    """
    try:
        case = case or data.load()
        answers = class_of(marks, case) if marks else invented_class(case)
        return ClassReport(panels(answers, fewest), "" if marks else INVENTED)
    except KitError as error:
        return ClassReport([], problem=str(error))
