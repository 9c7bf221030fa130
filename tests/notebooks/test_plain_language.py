"""No sentence that a learner reads outside the notebooks has more than 25 words.

For the notebooks the same rule stands in lint_notebooks.py. Samples of answers are left out: they
are for teachers.
"""

import csv
import doctest
import tomllib

import pytest

from tests.notebooks import plain_language
from tests.notebooks.plain_language import sentences, strings, too_long
from tests.test_house import ROOT

COLUMNS = {
    "data/record.csv": ("what_happened", "notes"),
    "kit/key/claims.csv": ("reason",),
    "kit/key/stances.csv": ("expert_note",),
    "kit/key/ratings.csv": None,  # all of them
}
FOLDERS = ("kit/widgets", "kit/exercises", "teach/marking_form")
MODULES = sorted(path for folder in FOLDERS for path in (ROOT / folder).glob("*.py"))
MODULES.append(ROOT / "teach" / "check_data.py")


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("He met U.S. President Roe. They talked.", ["He met U.S. President Roe.", "They talked."]),
        ("It fits, v. c. Nobody knows.", ["It fits, v.c. Nobody knows."]),
        ("R05. A note of 1.0 pages.", ["A note of 1.0 pages."]),
        ("Told on 3.6.2000 (R51). Why?", ["Told on 3.6.2000 (R51).", "Why?"]),
        ("He said: “Yes. No.” Then he left.", ["He said: Words.", "Then he left."]),
        ("“He said “No.” And left.”, it says.", ["Words, it says."]),
        ("Run `a. B` now.", ["Run Words now."]),
        ("## A head\nIt is **short**.\n\nNext", ["A head It is short.", "Next"]),
        ("1. One\n2. Two\n   goes on", ["One", "Two goes on"]),
        ("| a | b |\n|---|---|\n| c | d |", ["a", "b", "c", "d"]),
        ("> Quoted. Words.\n\nOurs.", ["Ours."]),
        ("See [the page](x.md) at https://a.example/b.c.", ["See the page at Words."]),
    ],
)
def test_where_sentences_end(prose, expected):
    assert sentences(prose) == expected


def test_26_words_are_too_many_and_a_quotation_is_one():
    assert too_long("Word" + " word" * 24 + ".") == []
    assert [count for count, _ in too_long("Word" + " word" * 25 + " – .")] == [26]
    assert too_long("Word" + " word" * 23 + " “one two. Three”.") == []


def test_the_strings_of_code_leave_out_docstrings_and_join_what_is_written_apart():
    code = '"Doc."\nclass A:\n    "Doc."\n    told = f"{1} is " "one."\n    say("Two")\n'
    assert list(strings(code)) == [(4, "X is one."), (5, "Two")]


def written():
    """Yield (where, str) for everything that a learner reads outside the notebooks."""
    stated = tomllib.loads((ROOT / "data" / "exercises.toml").read_text(encoding="utf-8"))
    for entry in [*stated["exercise"], *stated["quiz"]]:
        entry.pop("samples", None)
        yield from ((f"exercises.toml, {entry['id']}", text) for text in leaves(entry))
    for name, columns in COLUMNS.items():
        with (ROOT / name).open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                yield from ((f"{name}, line {number}", row[column]) for column in columns or row)
    answers = tomllib.loads((ROOT / "kit" / "key" / "answers.toml").read_text(encoding="utf-8"))
    yield from (("answers.toml, quiz_reasons", text) for text in leaves(answers["quiz_reasons"]))
    for path in MODULES:
        code = path.read_text(encoding="utf-8")
        yield from ((f"{path.name}, line {line}", text) for line, text in strings(code))


def leaves(value):
    """Yield every str in nested dicts and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from leaves(inner)


def test_no_sentence_is_longer_than_a_learner_reads_at_once():
    found = {
        f"{where}: {count} words: {sentence}": None
        for where, text in written()
        for count, sentence in too_long(text)
    }
    assert not found, "\n".join(found)


def test_the_splitter_counts_as_its_docstrings_say():
    assert doctest.testmod(plain_language).failed == 0
