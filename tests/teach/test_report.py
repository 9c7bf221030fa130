"""The class report: what it says follows from the answers, and it exposes nobody."""

import re
import sqlite3
from contextlib import closing
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

import kit
from kit import data, exercises, submission
from kit.charts import figure
from kit.errors import KitError
from kit.measures.suppression import safe_count
from teach import grading
from teach.cli import main
from teach.grading.marks import written_answers
from teach.grading.rubric import RubricError
from teach.report import answer_counts, build
from teach.report.build import ClassReport, class_report
from teach.report.gather import gather
from tests.teach.handed_in import CASE, RIGHT, raw
from tests.teach.handed_in import content as handed_in

ROOT = Path(__file__).parents[2]
TRUTH = CASE.key.answers["quiz"]
FORMS = {letter: [statement.id for statement in exercises.quiz(CASE, letter)] for letter in "AB"}


def test_taken(letter, right, sure=80):
    """One learner's test: the statements of `right` called as they are, the others not."""
    return {id: {"answer": TRUTH[id] is (id in right), "confidence": sure} for id in FORMS[letter]}


test_taken.__test__ = False


def of_kind(letter, is_true):
    return [id for id in FORMS[letter] if TRUTH[id] is is_true]


def learner(**answers):
    return {id: {"answer": answer, "attempts": 1} for id, answer in answers.items()}


def panels(everybody, k=10):
    return by_id(build.panels(gather(everybody, CASE), k))


def said(panel):
    return " ".join(panel.sentences)


# What it says


def test_a_class_that_learned_is_called_sharper():
    after = test_taken("B", FORMS["B"])
    befores = [test_taken("A", FORMS["A"][:right]) for right in (3, 4, 5)]
    class_ = [learner(quiz_A=before, quiz_B=after) for before in befores] * 10
    assert said(panels(class_)["sharper"]).startswith("The class got sharper")


@pytest.mark.parametrize(("all_say", "verdict"), [(False, "suspicious"), (True, "trusting")])
def test_a_class_that_says_one_thing_to_everything_is_not_called_sharper(all_say, verdict):
    one_way = {id: {"answer": all_say, "confidence": 70} for id in FORMS["B"]}
    befores = [of_kind("A", kind)[n : n + 2] for kind in (True, False) for n in (0, 1, 2)]
    befores = [test_taken("A", [*befores[n], *befores[-1 - n]]) for n in range(3)]
    class_ = [learner(quiz_A=before, quiz_B=one_way) for before in befores] * 14
    class_ += [learner(quiz_A=test_taken("A", FORMS["A"][::2]), quiz_B=one_way)] * 2
    told = said(panels(class_)["sharper"])
    assert f"only more {verdict}" in told and "got sharper" not in told


def test_confidence_is_set_beside_being_right():
    taken = test_taken("B", FORMS["B"][:4], sure=90)
    told = said(panels([learner(quiz_B=taken)] * 12)["calibrated"])
    assert "90 % sure and 50 % right: surer than right" in told
    assert "Brier score: 0.41" in told


def test_full_agreement_and_the_halo_are_read_off_the_ratings():
    found = panels([learner(ratings=RIGHT["ratings"], stances=RIGHT["stances"])] * 12)
    assert "Who says what?: alpha is 1.00" in said(found["agreeing"])
    judged = [row for row in RIGHT["ratings"].values() if row["source"]["value"] != "F"]
    same = ["ABCDE".index(r["source"]["value"]) + 1 == r["information"]["value"] for r in judged]
    assert f"{100 * np.mean(same):.0f} % of the ratings of 12 learners" in said(found["halo"])


def test_the_commonest_wrong_answer_comes_first_with_its_reason():
    class_ = [learner(witness_count=7, two_clocks="acts")] * 20 + [learner(witness_count=4)] * 15
    panel = panels([*class_, *[learner()] * 10])["mistakes"]
    assert list(panel.table["learners"]) == [20, 15]
    assert "44 %" in said(panel) and "That is the number of tellings." in said(panel)


def test_nothing_that_the_key_gives_or_accepts_is_called_wrong():
    right = {id: RIGHT[id] for id in exercises.load(CASE) if id != "claims_table"}
    assert panels([learner(**right)] * 30)["mistakes"].table is None
    accepted = {"stances": {"P1": {"news": "hedges", "factcheck": "hedges"}}}
    assert panels([learner(**accepted)] * 30)["mistakes"].table is None


# Only if asked for


def marked(tmp_path, versions=(kit.__version__,)):
    """A folder of marks of twelve learners, packed by these versions of the kit in turn."""
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(12):
        whole = handed_in(f"otter-{n}", RIGHT)
        whole["kit"] = versions[n % len(versions)]
        whole["hash"] = submission.hash_of(whole)
        (folder / f"{n}.json").write_bytes(raw(whole))
    grading.grade([folder], tmp_path / "marks", CASE)
    return str(tmp_path / "marks")


def test_codes_and_points_are_shown_only_with_the_option_and_a_warning(tmp_path, capsys):
    marks, out = marked(tmp_path), tmp_path / "report.html"
    assert main(["report", marks, "--out", str(out)]) == 0
    assert "otter" not in out.read_text(encoding="utf-8")
    assert capsys.readouterr().err == ""
    assert main(["report", marks, "--codes", "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert build.WARNING in capsys.readouterr().err
    assert page.index(f'<p class="banner">{build.WARNING}</p>') < page.index("<section")
    assert "Up to “Whose points are they?” no number below stands for fewer than 10" in page
    rows = Tables(page).tables[-2]
    assert rows[0] == ["code", "points", "waiting", "hand-ins"]
    assert sorted(row[0] for row in rows[1:]) == sorted(f"otter-{n}" for n in range(12))


@pytest.mark.parametrize("content", ["[", "[]", "{}"])
def test_a_database_that_somebody_changed_is_one_sentence(tmp_path, content):
    marks = marked(tmp_path)
    with closing(sqlite3.connect(Path(marks, "marking.sqlite"))) as db, db:
        db.execute("UPDATE found SET content = ?", (content,))
    told = "marking.sqlite holds a hand-in that cannot be read; move that file away"
    with pytest.raises(KitError, match=told):
        build.class_of(marks, CASE)
    with pytest.raises(RubricError, match=told):
        written_answers(marks, CASE)


@pytest.mark.parametrize(
    ("versions", "learners"), [(("0.2.0", "0.2.9"), 12), (("0.2.0", "0.9.0"), 6), (("0.1.0",), 0)]
)
def test_of_mixed_versions_the_report_has_those_that_are_marked(tmp_path, versions, learners):
    """Marking takes what this version can mark and lists the others for a person."""
    found = build.class_of(marked(tmp_path, versions), CASE)
    assert found.learners == learners
    told = by_id(build.panels(found))
    assert all(panel.sentences for panel in told.values())
    assert ("alpha" in said(told["agreeing"])) is (learners == 12)


# Nothing to show, and what does not fit


def test_an_empty_class_says_in_every_panel_why_it_is_empty():
    assert all(len(p.sentences) == 1 and p.picture is None for p in panels([]).values())


@pytest.mark.parametrize(
    "class_",
    [
        [learner()] * 30,
        [learner(quiz_A=test_taken("A", FORMS["A"]))],
        [learner(quiz_A=test_taken("A", FORMS["A"]))] * 30,
        [learner(**RIGHT)] * 30,
        [learner(**RIGHT)] * 9,
    ],
    ids=["no answers", "one learner", "only pre-tests", "all the same", "too few"],
)
def test_every_class_gets_a_page(class_, tmp_path):
    found = gather(class_, CASE)
    build.write(found, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("<section") == len(build.PANELS)
    assert not re.search(r"\bnan\b|\binf\b|None", re.sub(r"<svg.*?</svg>", "", page, flags=re.S))


def test_only_pre_tests_are_told_as_such():
    told = panels([learner(quiz_A=test_taken("A", FORMS["A"]))] * 30)
    assert said(told["sharper"]).startswith("Nobody answered the second test")
    assert "sure" in said(told["calibrated"])


STRANGE = [None, [], {}, 7, "x", True, [[1]], {"forum": 3}, {"forum": {"source": {"value": []}}}]


@pytest.mark.parametrize("answer", STRANGE, ids=repr)
def test_an_answer_of_another_form_counts_as_none(answer):
    known = [*exercises.load(CASE), "quiz_A", "quiz_B"]
    found = gather([{id: {"answer": answer} for id in known}, {"ratings": None}], CASE)
    assert all((cells == -1).all() for cells in [*found.cells.values(), *found.called.values()])


def test_confidence_outside_the_scale_counts_as_none():
    taken = {id: {"answer": True, "confidence": 1000} for id in FORMS["A"]}
    found = gather([learner(quiz_A=taken)], CASE)
    assert (found.confidence["A"] == -1).all() and (found.called["A"] == 1).all()


# Privacy


class Tables(HTMLParser):
    """The tables of a page: for each a list of rows of texts."""

    def __init__(self, page):
        super().__init__()
        self.tables, self._cell = [], None
        self.feed(page)

    def handle_starttag(self, tag, _):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._cell = self.tables[-1][-1]

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._cell = None

    def handle_data(self, text):
        if self._cell is not None:
            self._cell[-1] += text.strip()


STANCES = ("asserts", "hedges", "denies", "silent")


def a_class(seed, learners):
    """Learners who answer at random, some questions by few of them."""
    rng = np.random.default_rng(seed)
    for _ in range(learners):
        answers = {
            "quiz_A": test_taken(
                "A", FORMS["A"][: rng.integers(0, 9)], int(rng.integers(5, 11)) * 10
            ),
            "witness_count": int(rng.choice([1, 2, 3, 4, 7], p=[0.1, 0.2, 0.1, 0.2, 0.4])),
            "two_clocks": str(
                rng.choice([o.id for o in exercises.load(CASE)["two_clocks"].options])
            ),
            "dated_texts": [str(rng.choice(["forum", "blog", "none"]))],
            "stances": {
                row: {text: str(rng.choice(STANCES, p=[0.4, 0.3, 0.25, 0.05])) for text in cells}
                for row, cells in RIGHT["stances"].items()
            },
        }
        if rng.random() < 0.9:
            answers["quiz_B"] = test_taken("B", FORMS["B"][: rng.integers(4, 9)])
        yield learner(**{id: given for id, given in answers.items() if rng.random() < 0.9})


def attacked(page, learners, k):
    """Every number of learners under k that the page gives away by itself or by subtraction."""
    numbers = re.findall(r"\b(?<!than )([\d,]+) learners", page)
    for head, *rows in Tables(page).tables:
        places = [head.index(name) for name in head if name in ("learners", "answers", "of all")]
        numbers += [row[place] for row in rows for place in places]
    counts = {int(n.replace(",", "")) for n in numbers if n.replace(",", "").isdigit()}
    return {n for n in counts | {learners - n for n in counts} if 0 < n < k}


@pytest.mark.parametrize("seed", range(12))
def test_no_number_of_few_learners_can_be_had_by_subtraction(seed, tmp_path, monkeypatch):
    learners, k = 25 + 9 * seed, 10
    answers = gather(a_class(seed, learners), CASE)
    build.write(answers, tmp_path / "report.html", k)
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    panels = build.panels(answers, k)
    monkeypatch.setattr(figure, "svg", lambda chart: "")  # there its letters are shapes, no text
    notebook = "\n".join(ClassReport(panels).show(panel.id)._repr_html_() for panel in panels)
    assert attacked(page + notebook, learners, k) == set()
    shown = told_answers(panels, learners)
    rest = learners - shown.groupby(shown.index.str.rpartition(": ").get_level_values(0)).sum()
    assert (shown >= k).all() and (rest[~rest.index.isin(TICKED)] >= k).all()


def told_answers(panels, learners):
    """How many gave which answer (Series), from all that all panels tell, tables and sentences.

    Who gave none of the answers told to a question are its rest, whichever panel told them.
    """
    tables = [panel.table for panel in panels if panel.id in ("mistakes", "differing")]
    told = [table.set_index("answer")["learners"] for table in tables if table is not None]
    title = exercises.load(CASE)["witness_count"].title
    for share, count in re.findall(r"([\d.]+) % counted (\d+),", said(by_id(panels)["repeats"])):
        told.append(pd.Series({f"{title}: {count}": round(float(share) * learners / 100)}))
    others = re.findall(r"(\d+) \((\d+) %\)", said(by_id(panels)["repeats"]))
    told += [
        pd.Series({f"{title}: {count}": round(float(share) * learners / 100)})
        for count, share in others
    ]
    found = pd.concat(told).dropna().astype(int)
    return found[~found.index.duplicated()]


def by_id(panels):
    return {panel.id: panel for panel in panels}


TICKED = {e.title for e in exercises.load(CASE).values() if e.kind == "several"}


def test_the_attack_across_panels_finds_what_nobody_suppressed(monkeypatch):
    found = gather(a_class(3, 60), CASE)
    assert (told_answers(build.panels(found, 10), 60) >= 10).all()
    monkeypatch.setattr(answer_counts, "safe_counts", lambda counts, *_: counts)
    assert (told_answers(build.panels(found, 10), 60) < 10).any()


def test_the_attack_finds_what_a_careless_page_gives_away():
    row = "<tr><td>57</td></tr>"
    careless = f"<table><tr><th>learners</th></tr>{row}</table>"
    assert attacked(careless, 60, 10) == {3}
    assert attacked(careless.replace("57", "7"), 60, 10) == {7}


@pytest.mark.parametrize("count", range(61))
def test_a_safe_count_gives_no_few_others_away(count):
    words = safe_count(count, 60)
    assert words == "more than 50" if 50 < count < 60 else words == str(count)


def test_no_code_and_no_text_of_a_learner_stands_on_the_page(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    answers = RIGHT | {"final_answer": "A sentence of my own, by Otter."}
    for n in range(12):
        (folder / f"{n}.json").write_bytes(raw(handed_in(f"otter-{n}", answers)))
    grading.grade([folder], tmp_path / "marks", CASE)
    assert main(["report", str(tmp_path / "marks"), "--out", str(tmp_path / "r.html")]) == 0
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "otter" not in page.lower() and "12 learners handed in" in page
    assert "is invented" not in page


# The command


def test_the_same_hand_ins_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        build.write(gather(a_class(3, 40), CASE), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_invented_class_says_so_and_fills_every_panel(tmp_path, capsys):
    out = tmp_path / "example.html"
    assert main(["report", "--invented", "--out", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert page.lower().count("invented") > len(build.PANELS)
    found = build.panels(build.invented_class(CASE))
    assert all(len(p.sentences) > 1 or p.picture for p in found)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "There are no marks in nowhere yet"),
        ([], "Name the folder"),
        (["marks", "--invented"], "not both"),
    ],
)
def test_what_cannot_be_reported_is_told_in_one_sentence(arguments, told, tmp_path, capsys):
    assert main(["report", *arguments, "--out", str(tmp_path / "r.html")]) == 1
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1 and not (tmp_path / "r.html").exists()


@pytest.mark.parametrize(
    ("out", "more", "told"),
    [
        ("no/r.html", (), "cannot be written because its folder is not there"),
        ("r.html", ("--fewest", "1"), "k is 1: a cell for one learner hides nobody; choose 2 or"),
    ],
)
def test_what_would_be_in_vain_is_told_before_the_work(
    out, more, told, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr("teach.workers.processes", None)
    assert main(["report", "--invented", "--out", str(tmp_path / out), *more]) == 1
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1 and not (tmp_path / "r.html").exists()


# In a notebook


def test_a_notebook_shows_what_the_page_says():
    report, found = class_report(), build.panels(build.invented_class(CASE))
    for panel in found:
        shown = report.show(panel.id)
        html = shown._repr_html_()
        assert all(sentence in repr(shown) for sentence in panel.sentences)
        assert all(escape(sentence) in html for sentence in panel.sentences)
        assert "invented" in html and "invented" in repr(shown)
        assert (f'alt="{escape(panel.alt)}"' in html) is bool(panel.picture)
        assert ("<table" in html) is (panel.table is not None)


def test_the_notebook_has_every_panel_in_the_order_of_the_page():
    notebook = nbformat.read(ROOT / "notebooks" / "instructor" / "class_report.ipynb", as_version=4)
    shown = re.findall(r'report\.show\("([a-z]+)"\)', "\n".join(c.source for c in notebook.cells))
    assert shown == [panel.id for panel in build.panels(build.invented_class(CASE))]


@pytest.mark.parametrize(
    ("report", "told"),
    [
        (lambda: class_report("nowhere"), "There are no marks in nowhere yet"),
        (lambda: class_report(fewest=1), "choose 2 or more"),
        (lambda: ClassReport([]), "There is no panel 'sharper'; there are"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(report, told):
    shown = report().show("sharper")
    assert repr(shown).startswith(told) or told in repr(shown)
    assert shown._repr_html_() == f'<p role="status">{escape(repr(shown))}</p>'


def test_another_case_has_its_panels_too(tmp_path):
    small = data.load(ROOT / "tests" / "cases" / "small")
    found = build.invented_class(small)
    build.write(found, tmp_path / "r.html", invented=True)
    assert small.title in (tmp_path / "r.html").read_text(encoding="utf-8")


# The same everywhere, and one answer written in two ways


def test_the_same_answer_everywhere_is_counted_but_not_for_a_few():
    stances = exercises.load(CASE)["stances"]
    silent = {row.id: {column.id: "silent" for column in stances.columns} for row in stances.rows}
    others = [learner(stances=RIGHT["stances"])] * 30
    told = f"In “{stances.title}” 12 gave the same answer, or the same sentence, at all places."
    assert told in said(panels([learner(stances=silent)] * 12 + others)["mistakes"])
    assert "gave the same" not in said(panels([learner(stances=silent)] * 9 + others)["mistakes"])


def test_a_date_with_an_open_end_is_the_same_wrong_answer_as_one_without():
    class_ = [learner(date_article=text) for text in ("2004", "2004/..", "2004~", "2009-04/..")]
    assert gather(class_, CASE).single["date_article"] == {"2004": 3, "2009-04": 1}
