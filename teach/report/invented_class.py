"""The example class: invented learners, so that every panel of the class report shows something.

Nobody gave these answers. A program draws them at random by the numbers below. The seed is fixed,
so the class is the same for everybody, and a learner is the same in a class of any size.

*The two short tests* follow signal detection with equal variances. A learner has a sharpness d'
and a criterion c, as far from the class's means in one test as in the other. A statement makes an
impression x, normal around d'/2 if it is true and -d'/2 if it is false, with standard deviation 1.
The learner says "true" if x is above c, and is the surer the farther x is from c.

*Ratings* are those of kit.exercises.kinds.rating, and trust before reading lies around the mean
of the experts' scores. Some numbers only follow the letter (halo). On what is no text (a claim),
one opinion is placed on every scale. The later a text is met, in an order drawn from the learner's
code, the less it is trusted before reading.

*All other exercises* are answered as the key does, cell by cell, with a probability that each
learner has; else with a wrong answer, those listed first in `exercises.toml` most often. Tables,
charts, marks and written answers are given with that probability and else left out.
"""

import random
from collections.abc import Iterator
from statistics import NormalDist, mean
from typing import Any, NamedTuple

import kit
from kit.data import Case, drawn_order, span
from kit.exercises import AXES, Checker
from kit.exercises.kinds.rating import LEAN, nearest, rating, scale
from kit.submission import hash_of
from kit.submission.content import VERSION
from kit.submission.short_line import decided, scales
from teach.report.gather import statements

LEARNERS = 60  # enough that many counts of a report are large enough to be shown
SEED = 2000
TIME = "2000-01-01T12:00:00.000Z"  # long before the kit: nobody takes it for a real one
MOST_ATTEMPTS = 3  # of one exercise: any number up to it is as likely
TOOK_HINT, MOST_HINTS = 0.3, 2  # the share who took hints, in an exercise; how many at most

SHARPNESS = {"A": 0.8, "B": 1.2}  # mean d' before and after: the class got sharper,
CRITERION = {"A": -0.1, "B": 0.1}  # mean c: and leans a little more to "false"
SHARPNESS_SD, CRITERION_SD = 0.5, 0.4  # between learners: some only guess, some lean far
SURENESS = 0.7  # weight of |x - c|: 72 % sure where 64 % are right, 73 % where 70 % are
NO_TEST = {"A": 1 / 20, "B": 1 / 12}  # share who leave a test out: at the end some are gone
LEFT_OPEN = 0.03  # share of statements left open: one learner in five leaves one of eight

LETTER, NUMBER = AXES  # the Admiralty columns: the best comes first
HIGHEST = 4  # of the experts' scores
HALO = 0.35  # share of texts whose number only follows the letter: A1, B2 and so on
LATER = -0.04  # scale lengths that each place later adds to trust, before a scale's end cuts it
NO_ORDER = 10  # of so many learners one chose the code too late: no order is recorded
FEW_TEXTS, FEW = 1 / 3, (2, 3)  # share who rate only a few texts with evidence, and how many
EARLY = 2  # a power: early sentences are cited more often, as most bylines and dates stand there

SKILL = (0.5, 0.9)  # probability to answer a cell as the key does: the weakest, the best learner
MOVED = 0.2  # share of the marks that talking moves to the editors' own
SENTENCE = "This answer is invented."
INVENTED = (
    f"This class is invented: {LEARNERS} learners whose answers a program drew at random. "
    "It shows what a report looks like, not what people think."
)


class _Learner(NamedTuple):
    """What a learner brings to all answers; sharpness and criterion: differences from the mean."""

    rng: random.Random
    order: list
    skill: float
    sharpness: float
    criterion: float
    lean: float


def example_class(case: Case, learners: int = LEARNERS, seed: int = SEED) -> Iterator[dict]:
    """Yield the content (dict) of a hand-in of each invented learner.

    An exercise that needs a key and has none is left out. Raises ExerciseError.

    >>> from kit import data
    >>> content = next(example_class(data.load()))
    >>> content["code"], content["case"], len(content["answers"]["stances"]["answer"])
    ('invented-1', 'Asked to Join?', 8)
    """
    course = _Course(case)
    for number in range(1, learners + 1):
        rng, code = random.Random(f"{seed}/{number}"), f"invented-{number}"
        differences = [rng.gauss(0, sd) for sd in (SHARPNESS_SD, CRITERION_SD, LEAN)]
        order = drawn_order(case.texts, code)
        learner = _Learner(rng, order, rng.uniform(*SKILL), *differences)
        answers = {
            id: {"answer": answer, "attempts": rng.randint(1, MOST_ATTEMPTS)}
            for id, answer in course.answers(learner)
        }
        hints = {id: rng.randint(1, MOST_HINTS) for id in answers if rng.random() < TOOK_HINT}
        answers["hints"] = {"answer": hints, "attempts": sum(hints.values())}
        if twice := course.judged_twice(answers, rng):
            answers["together"] = {"answer": twice, "attempts": 2}
        if number % NO_ORDER:
            answers["handin"] = {"answer": {"code": code, "order": order}, "attempts": 2}
        content = {"v": VERSION, "kit": kit.__version__, "case": case.title}
        content |= {"code": code, "time": TIME, "answers": answers}
        yield content | {"hash": hash_of(content)}


class _Course:
    """What a case asks, and what its key says."""

    def __init__(self, case):
        self._case, self._checker = case, Checker(case)
        truth = case.key.answers.get("quiz", {}) if case.key else {}
        self._tests = {  # {form: {statement id: is it true?}}, of those that the key knows
            form: {id: truth[id] for id in statements(case, form) if id in truth}
            for form in SHARPNESS
        }
        rows = case.key.rows("ratings") if case.key else []
        self._experts = {row["text_id"]: _sheet(row) for row in rows}

    def answers(self, learner: _Learner) -> Iterator[tuple[str, Any]]:
        """Yield (exercise id, answer as the journal keeps it) of all that is not left out."""
        for form, truths in self._tests.items():
            if test := _test(form, truths, learner):
                yield f"quiz_{form}", test
        for id, exercise in self._checker.exercises.items():
            answer = self._checker.value(id, self._answer(exercise, learner))
            if answer is not None:
                yield id, answer

    def judged_twice(self, answers: dict[str, dict], rng: random.Random) -> dict[str, dict]:
        """Return {exercise id: {"1": first judgement, "2": second}} of what a class talks about."""
        judged = {}
        for id, exercise in self._checker.exercises.items():
            first = decided(exercise, answers[id]["answer"]) if id in answers else {}
            if first and (exercise.evidence or exercise.sentences):
                key = self._key(exercise)
                second = {
                    row: {
                        c: key.get((row, c), v) if rng.random() < MOVED else v
                        for c, v in cells.items()
                    }
                    for row, cells in first.items()
                }
                judged[id] = {"1": first, "2": second}
        return judged

    def _key(self, exercise):
        """The editors' values by place, as the columns have them."""
        if exercise.kind != "rating":
            key = self._checker.key(exercise.id)
            rows = key.value if key else {}
            return {(row, c): rows[row][c] for row, c in exercise.places if row in rows}
        found = {}
        for (row, column), values in scales(exercise).items():
            sheet = self._experts.get(row, ({}, None))[0]
            steps = {str(value): value for value in values}
            if sheet.get(column) in steps:
                found[row, column] = steps[sheet[column]]
        return found

    def _answer(self, exercise, learner):
        if exercise.kind == "rating":
            rows = _rows_rated(exercise, learner)
            return {row.id: self._row(exercise, row.id, learner) for row in rows}
        key = self._checker.key(exercise.id)
        if exercise.kind in ("written", "table", "chart", "marks"):
            return _made(exercise, key) if learner.rng.random() < learner.skill else None
        return _filled(exercise, key, key.value, learner) if key else None

    def _row(self, exercise, row, learner):
        """One row of a rating: {column: {"value": ..., "evidence": sentence number or None}}."""
        rng, sentences = learner.rng, 0
        if row in self._case.texts:
            experts, trust = self._experts.get(row, ({}, None))
            trust = trust if trust is None else trust + LATER * learner.order.index(row)
            values = _text_rated(exercise, experts, trust, learner)
            sentences = len(self._case.sentences_of(row)) if exercise.evidence else 0
        else:
            opinion = rng.random()
            values = {column.id: nearest(opinion, scale(column)) for column in exercise.columns}
        cited = {id: 1 + int(sentences * rng.random() ** EARLY) for id in values if sentences}
        return {id: {"value": value, "evidence": cited.get(id)} for id, value in values.items()}


def _test(form, truths, learner):
    """{statement id: {"answer": bool, "confidence": 50 to 100}}; {} if the test is left out."""
    if learner.rng.random() < NO_TEST[form]:
        return {}
    center = (SHARPNESS[form] + learner.sharpness) / 2
    criterion = CRITERION[form] + learner.criterion
    called = {}
    for id, is_true in truths.items():
        if learner.rng.random() >= LEFT_OPEN:
            impression = center if is_true else -center  # its mean
            distance = learner.rng.gauss(impression - criterion, 1)
            sure = NormalDist().cdf(SURENESS * abs(distance))
            called[id] = {"answer": distance > 0, "confidence": 10 * round(10 * sure)}
    return called


def _sheet(row):
    """The experts on one text: {column id: value as text}, their mean score (0 to 1, or None)."""
    scores = [float(row[name]) / HIGHEST for name in row if name.endswith("_score") and row[name]]
    values = {n.removeprefix("admiralty_").removesuffix("_score"): v for n, v in row.items()}
    return values, mean(scores) if scores else None


def _rows_rated(exercise, learner):
    if exercise.evidence and learner.rng.random() < FEW_TEXTS:
        few = min(learner.rng.choice(FEW), len(exercise.rows))
        return learner.rng.sample(exercise.rows, few)
    return exercise.rows


def _text_rated(exercise, experts, trust, learner):
    """{column id: value} for one text; its number may only follow its letter."""
    values = {
        column.id: rating(column, experts.get(column.id), learner.lean, learner.rng, trust)
        for column in exercise.columns
    }
    if values.keys() >= set(AXES) and learner.rng.random() < HALO:
        marks = {column.id: column.values for column in exercise.columns}
        pairs = dict(zip(marks[LETTER], marks[NUMBER], strict=False))
        values[NUMBER] = pairs.get(values[LETTER], values[NUMBER])
    return values


def _made(exercise, key):
    """A text, a table or a chart; None where the key says nothing of a table or a chart."""
    if exercise.kind == "written":
        return SENTENCE
    if exercise.kind == "table" or key is None:
        return key and key.value
    return right_chart(key.value)


def right_chart(key: dict) -> dict:
    """Return what is drawn on the right chart; key: its value for a chart or for marks."""
    words = dict.fromkeys(("title", "xlabel", "ylabel"), "dates and numbers")
    if "line" not in key:
        return words | {"lines": [{**key, "steps": "steps-post"}], "texts": []}
    ends = ["1900-01-01", "2100-01-01"]
    line = {"x": ends, "y": ends} if key["line"] == "equal" else key["line"]
    bars = [
        [str(when.start), str(when.end), str(span(y).known.start) if isinstance(y, str) else y[0]]
        for when, y in zip((span(x).known for x in key["x"]), key["y"], strict=True)
    ]
    texts = [*key.get("clock", ()), *key.get("names", ())]
    marks = {"bars": bars, "points": [[first, y] for first, _, y in bars], "texts": texts}
    return words | marks | {"lines": [{**line, "steps": "steps-post"}]}


def _filled(exercise, key, right, learner, *place):
    """The key's answer at a place, or a wrong one, cell by cell; None where none is known."""
    if isinstance(right, dict):
        inside = {id: _filled(exercise, key, right[id], learner, *place, id) for id in right}
        return {id: each for id, each in inside.items() if each is not None}
    if isinstance(right, list):
        ids = [_filled(exercise, key, id, learner, *place) for id in right]
        return list(dict.fromkeys(filter(None, ids)))
    if learner.rng.random() < learner.skill:
        return right
    wrong = _wrong(exercise, key, right, *place)
    weights = [1 / rank for rank in range(1, len(wrong) + 1)]
    return learner.rng.choices(wrong, weights)[0] if wrong else None


def _wrong(exercise, key, right, row=None, column=None):
    """Wrong answers in one place: those listed, in their order, then all other options."""
    accept = key.accept
    for id in (row, column):
        accept = accept.get(id, ()) if isinstance(accept, dict) else accept
    here = {"row": row, "column": column}.items()
    listed = [w["answer"] for w in exercise.wrong if all(w.get(n, id) == id for n, id in here)]
    found = dict.fromkeys([*listed, *(option.id for option in exercise.options)])
    return [answer for answer in found if answer != right and answer not in accept]
