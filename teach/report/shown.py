"""The class report in a notebook: the same panels, one at a time.

The picture is an image, so that it is still there when the notebook is opened again.
"""

from html import escape

from kit import data
from kit.charts import figure
from teach.report import page
from teach.report.example import INVENTED
from teach.report.making import FEWEST, ReportError, class_of, invented_class, panels


class Report:
    """The panels of a class, or the sentence that says why there are none.

    panels: list of Panels. invented: a sentence that says so if the data are made up, or "".
    problem: one sentence, or "".
    """

    def __init__(self, panels, invented="", problem=""):
        self._panels = {panel.id: panel for panel in panels}
        self._invented, self._problem = invented, problem

    def show(self, id):
        """Return a panel, such as "sharper", to be displayed; a sentence if there is none."""
        if self._problem or id not in self._panels:
            names = ", ".join(self._panels)
            return Shown(problem=self._problem or f"There is no panel {id!r}; there are {names}.")
        return Shown(self._panels[id], self._invented)


class Shown:
    """A Panel, or a sentence in its place, as a notebook displays it."""

    def __init__(self, panel=None, invented="", problem=""):
        self._panel, self._invented, self._problem = panel, invented, problem

    def __repr__(self):
        """Say in words what the panel says."""
        told = self._panel.sentences if self._panel else [self._problem]
        return " ".join(filter(None, [self._invented, *told]))

    def _repr_html_(self):
        if self._problem:
            return figure.sentence(self._problem)
        panel = self._panel
        parts = [f"<p><strong>{escape(self._invented)}</strong></p>" if self._invented else ""]
        if panel.picture:
            parts.append(figure.picture(panel.alt, figure.svg(panel.picture)))
        parts += [f"<p>{escape(sentence)}</p>" for sentence in panel.sentences]
        if panel.table is not None:
            parts.append(_folded(panel))
        parts += [f"<p><small>{escape(note)}</small></p>" for note in panel.notes]
        return "\n".join(filter(None, parts))


def class_report(marks="", fewest=FEWEST, case=None):
    """Return the Report of the folder that `teach grade` wrote; of the invented class without one.

    marks: a path, or "". fewest: learners that a shown number may stand for, at least 2. case: by
    default this course's own. Raises nothing for a wrong folder: the Report says what is wrong.

    >>> class_report("nowhere").show("sharper")
    There are no marks in nowhere yet: run `python -m teach grade IN --out marks` first, then name \
that folder here.
    """
    try:
        case = case or data.load()
        found = class_of(marks, case) if marks else invented_class(case)
        return Report(panels(found, fewest), "" if marks else INVENTED)
    except (ReportError, data.DataError) as error:
        return Report([], problem=str(error))


def _folded(panel):
    """The table, folded or open."""
    begin = "<details open>" if page.stands_open(panel) else "<details>"
    why = f"<p><small>{page.HIDDEN}</small></p>" if page.hides(panel) else ""
    sideways = figure.SIDEWAYS.format(f"Table: {escape(panel.title)}")
    return (
        f"{begin}<summary>The numbers as a table</summary>{sideways}{page.table(panel)}</div>{why}"
        "</details>"
    )
