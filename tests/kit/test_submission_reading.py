"""Reading hand-ins: the same content or one sentence, whatever happened on the way."""

import base64
import copy
import json
import random
import tempfile
import tracemalloc
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kit import submission
from kit.journal import Journal
from kit.journal.lines import checked
from kit.journal.lines import text as as_text
from kit.submission.content import DEEPEST, END, FAULTS, MANY, MOST, START

CASE = SimpleNamespace(title="An invented case: “raised”, né")
SURROGATES = st.characters(categories=("Cs",))
TEXTS = st.text(st.characters() | SURROGATES, max_size=30)
NUMBERS = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.none() | st.booleans() | NUMBERS | TEXTS
VALUES = st.recursive(
    PLAIN, lambda below: st.lists(below, max_size=4) | st.dictionaries(TEXTS, below, max_size=4)
)
IDS = st.from_regex(r"[a-c](/[a-cé.:-]{1,3}){0,3}", fullmatch=True)
JOURNALS = st.lists(st.tuples(IDS, VALUES), max_size=12)


def content_of(entries, code="blue-tiger-7"):
    """What is handed in after these (id, value) were entered; the journal and the file are gone."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "my_work.jsonl")
        journal.merge([checked(id, value) for id, value in entries])
        receipt = submission.pack(journal, CASE, code)
        raw = receipt.path.read_bytes()
        content = submission.read(raw)
        answers = {id.split("/")[0]: journal.answer(id.split("/")[0]) for id in journal.state()}
    given = {id: kept["answer"] for id, kept in content["answers"].items()}
    assert as_text(given) == as_text(answers)
    assert submission.receipt_of(content)._replace(path=receipt.path) == receipt
    return content


@pytest.fixture(scope="module")
def content():
    entries = [("printed/forum/title", "missing"), ("lag", 1.5), ("members", 0), ("sure", True)]
    written = "“Raised”, he said, … " + "".join(chr(33 + n * 7 % 90) for n in range(300))
    return content_of([*entries, ("report", written), ("attached", {"C1": ["R1", None]})])


@pytest.fixture(scope="module")
def code(content):
    return submission.as_code(content)


def sealed(content, **fields):
    """The bytes of a content with other fields, under a hash that fits."""
    changed = {**copy.deepcopy(content), **fields}
    changed["hash"] = submission.hash_of(changed)
    return json.dumps(changed).encode()


def reason_of(raw):
    with pytest.raises(submission.SubmissionError) as told:
        submission.read(raw)
    assert str(told.value) == FAULTS[told.value.reason].format("This file")
    return told.value.reason


# There and back


@settings(max_examples=60)
@given(JOURNALS)
@example([("a", "half an emoji \ud83d"), ("b", -0.0), ("c", 1e22), ("c/a", 5e-324)])
def test_what_any_journal_holds_comes_back_from_file_and_code(entries):
    content = content_of(entries)
    [found] = submission.codes_in(submission.as_code(content))
    assert as_text(found) == as_text(content)


@settings(max_examples=150)
@given(value=VALUES, data=st.data())
def test_the_hash_stays_however_json_is_written(content, value, data):
    raw = sealed(content, answers={"a": {"answer": [value], "attempts": 1}})
    sound = submission.read(raw)
    names = data.draw(st.permutations(list(sound)))
    turned = {name: sound[name] for name in names}
    indent = data.draw(st.sampled_from([None, 0, 1, "\t"]))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"]))
    text = json.dumps(turned, indent=indent, ensure_ascii=data.draw(st.booleans()))
    text = text.replace("\n", data.draw(st.sampled_from(["\n", "\r\n"])))
    assert as_text(submission.read(text.encode(encoding, "surrogatepass"))) == as_text(sound)


def test_the_hash_tells_numbers_of_different_kinds_apart(content):
    values = [1, 1.0, True, "1", [1], 1 + 2**-52, 10**16, 1e16, 0.0, -0.0, "é", "e\u0301"]
    hashes = {submission.hash_of({**content, "answers": value}) for value in values}
    assert len(hashes) == len(values)


def test_the_receipt_is_the_same_from_file_and_code(content, code):
    told = repr(submission.receipt_of(content))
    assert told.startswith(f"Handed in as handin-blue-tiger-7.json. Receipt {content['hash'][:10]}")
    assert repr(submission.receipt_of(submission.codes_in(code)[0])) == told


def test_a_code_is_one_line_in_letters_that_every_form_takes(code):
    assert code.startswith(START) and code.endswith(END) and code.isascii()
    assert not set(code) & set(" \n\"'<>&|")


# What may happen to a code without harm


@settings(max_examples=150)
@given(
    width=st.integers(1, 120),
    end=st.sampled_from(["\n", "\r\n", "\n> ", "\n>> | ", " ", "\u00a0", "\u200b", "<br>\n", "\t"]),
    before=st.sampled_from(["", "\ufeff", "Dear teacher, here: ", "<p><code>", "a <b, ", "> "]),
    after=st.sampled_from(["", "\n-- \nOtter", "</code></p>", "> ", ". Thanks: see you!"]),
)
def test_a_code_survives_what_mail_and_forms_do(content, code, width, end, before, after):
    lines = [code[at : at + width] for at in range(0, len(code), width)]
    assert submission.codes_in(before + end.join(lines) + after) == [content]


def test_all_codes_of_a_text_are_found_in_order(content, code):
    other = submission.read(sealed(content, code="otter"))
    cut = code[: len(code) // 2]
    text = f"One: {code}\nTwo: {cut}\nThree: {submission.as_code(other)} and {code} {code[9:]}"
    found = submission.codes_in(text)
    assert found[0] == found[3] == content and found[2] == other
    assert [getattr(each, "reason", "") for each in found] == [
        "",
        "unreadable",
        "",
        "",
        "unreadable",
    ]


# What is noticed

PLACES = st.integers(0, 10**6)


@st.composite
def damaged(draw, whole):
    """`whole` (text or bytes) with one part changed, cut out, put in twice or swapped."""
    a, b, c = sorted(draw(PLACES) % (len(whole) + 1) for _ in range(3))
    kind = draw(st.sampled_from(["changed", "cut out", "cut off", "put in", "swapped"]))
    few = slice(a, a + draw(st.integers(1, 8)))
    letters = 'aZ9+/=:-{}[]",0 eé'
    more = draw(st.text(letters, min_size=1, max_size=4))
    more = more if isinstance(whole, str) else more.encode()
    return {
        "changed": whole[:a] + more + whole[a + len(more) :],
        "cut out": whole[: few.start] + whole[few.stop :],
        "cut off": whole[:a],
        "put in": whole[:a] + more + whole[a:],
        "swapped": whole[:a] + whole[b:c] + whole[a:b] + whole[c:],
    }[kind]


@settings(max_examples=400)
@given(st.data())
def test_a_damaged_file_is_the_same_or_is_refused(content, data):
    raw = data.draw(damaged(submission.as_file(content).encode()))
    try:
        assert as_text(submission.read(raw)) == as_text(content)
    except submission.SubmissionError as error:
        assert error.reason in ("unreadable", "changed", "version")


@settings(max_examples=400)
@given(st.data())
def test_a_damaged_code_is_the_same_or_is_named(content, code, data):
    text = data.draw(damaged(code))
    found = submission.codes_in(text)
    for each in found:
        is_error = isinstance(each, submission.SubmissionError)
        assert each.reason in ("unreadable", "changed") if is_error else each == content
    assert found or not (START in text or END in text), "a code went without a word"


def test_a_code_that_is_cut_off_is_told_from_one_with_another_fault_and_neither_accuses(code):
    middle = len(code) // 2
    for cut in (code[:middle], code[middle:], code[: -len(END)], code[len(START) :]):
        [error] = submission.codes_in(cut)
        assert (error.reason, str(error).partition(":")[0]) == (
            "unreadable",
            "This line is cut off",
        )
    other = "A" if code[middle] != "A" else "B"
    unlike = next(at for at in range(middle, len(code)) if code[at] != code[at + 1])  # or no change
    for changed in (
        code[:middle] + other + code[middle + 1 :],
        code[:middle] + code[middle + 1 :],
        code[:unlike] + code[unlike + 1] + code[unlike] + code[unlike + 2 :],
    ):
        [error] = submission.codes_in(changed)
        assert (error.reason, str(error).partition(",")[0]) == (
            "unreadable",
            "This line did not arrive whole",
        )


def test_the_hash_is_looked_at_where_the_sum_of_the_code_fits(content):
    [error] = submission.codes_in(submission.as_code({**content, "code": "another"}))
    assert error.reason == "changed"


def test_a_changed_answer_is_named(content):
    raw = submission.as_file(content).replace("missing", "printed").encode()
    assert reason_of(raw) == "changed"


# What is refused

ANSWERS = {"a": {"answer": 1, "attempts": 1}}
WRONG = {
    "code": [None, 7, "", "a", "a" * 21, "../up", "=cmd()", "a b", "ab\n", ["ab"], "né"],
    "time": [None, 0, "", "yesterday", "2026-99-99T00:00:00.000Z", "2026-03-05", ["x"], {}],
    "kit": [None, 1, "", "x" * 1001, "\ud83d"],
    "case": [None, 1, "", "x" * 1001, "\ud83d", [], {}],
    "v": [0, -1, 1.0, True, "1", None, [1]],
    "answers": [
        None, [], "a", 7, {"": ANSWERS["a"]}, {"a b": ANSWERS["a"]}, {"a": 1}, {"a": {}},
        {"a": None}, {"a": {"answer": 1}}, {"a": {"answer": None, "attempts": 1}},
        {"a": {"answer": 1, "attempts": -1}}, {"a": {"answer": 1, "attempts": True}},
        {"a": {"answer": 1, "attempts": 1.0}}, {"a": {"answer": 1, "attempts": "1"}},
        {"a": {"answer": 1, "attempts": 10**9}}, {"a": {"answer": 1, "attempts": 1, "more": 1}},
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"), [(field, value) for field, values in WRONG.items() for value in values]
)
def test_a_wrong_type_is_refused_also_under_a_hash_that_fits(content, field, value):
    assert reason_of(sealed(content, **{field: value})) == "unreadable"


def test_missing_and_foreign_fields_are_refused(content):
    for field in content:
        lacking = {name: value for name, value in content.items() if name != field}
        assert reason_of(json.dumps(lacking).encode()) == "unreadable"
    assert reason_of(sealed(content, name="Jo")) == "unreadable"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 400, "9" * 5000])
def test_numbers_that_no_float_holds_are_refused(content, number):
    raw = sealed(content, answers=ANSWERS).replace(b'"answer": 1', f'"answer": {number}'.encode())
    assert number.encode() in raw
    assert reason_of(raw) == "unreadable"


def test_of_a_name_that_stands_twice_only_the_value_with_the_hash_counts(content):
    raw = sealed(content)
    before = raw.replace(b'"code"', b'"code": "otter", "code"')
    after = raw.replace(b'"blue-tiger-7"', b'"blue-tiger-7", "code": "otter"')
    assert before != raw != after
    assert submission.read(before) == submission.read(raw)
    assert reason_of(after) == "changed"


def test_depth_is_bounded(content):
    def nested(levels):
        value = 1
        for _ in range(levels):
            value = [value]
        return sealed(content, answers={"a": {"answer": value, "attempts": 1}})

    assert submission.read(nested(DEEPEST - 3))
    assert reason_of(nested(DEEPEST - 2)) == "unreadable"
    for opening in (b"[", b'{"a":', b'{"v":1,"answers":['):
        assert reason_of(opening * 100_000) == "unreadable"


def test_a_newer_version_is_named_whatever_else_it_holds(content):
    assert reason_of(b'{"v": 2}') == reason_of(sealed(content, v=2, more=[])) == "version"
    [error] = submission.codes_in(submission.as_code({**content, "v": 2}))
    assert (error.reason, str(error)) == ("version", FAULTS["version"].format("This line"))


def test_bytes_that_are_too_many_are_refused():
    assert reason_of(b" " * (MOST + 1)) == "too big"
    assert reason_of(b" " * MOST) == "unreadable"


def code_of(raw):
    packed = base64.b64encode(raw).decode()
    return f"{START}{packed}:{zlib.crc32(packed.encode()):08x}{END}"


def test_a_code_that_swells_is_refused_before_it_fills_the_memory():
    bomb = code_of(zlib.compress(b" " * (40 * MOST)))
    assert len(bomb) < MOST // 10
    tracemalloc.start()
    [error] = submission.codes_in(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.reason == "too big"
    assert peak < 4 * MOST


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (code_of(b"no zlib"), "unreadable"),
        (code_of(zlib.compress(b"\xff\xfe{}")), "unreadable"),
        (START + "A" * (MOST + 1) + END, "too big"),
        (START + END, "unreadable"),
        (START + "A:00000000" + END, "unreadable"),
        (f"{START}A:{zlib.crc32(b'A'):08x}{END}", "unreadable"),
        (END * (MANY + 1), "too big"),
    ],
)
def test_a_code_made_on_purpose_is_refused(text, reason):
    [error] = submission.codes_in(text)
    assert error.reason == reason


def test_a_code_ends_where_its_compression_ends(content):
    packed = zlib.compress(json.dumps(content).encode())
    assert submission.codes_in(code_of(packed)) == [content]
    for other in (packed[:-3], packed + b"more"):
        [error] = submission.codes_in(code_of(other))
        assert error.reason == "unreadable"


# Nothing else is ever raised

SEEDED = 20_000
LETTERS = [
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b":",
    b",",
    b"\\",
    b"\\u",
    b"\x00",
    b"\xff",
    b"1e999",
    b"NaN",
]


def mutated(raw, chance):
    """`raw` (bytes) after one to six blows."""
    raw = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at, far = chance.randrange(len(raw) + 1), chance.randrange(len(raw) + 1)
        kind = chance.randrange(5)
        if kind == 0 and at < len(raw):
            raw[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del raw[at : at + chance.randrange(40)]
        elif kind == 2:
            raw[at:at] = chance.choice(LETTERS)
        elif kind == 3:
            raw[at:at] = raw[far : far + chance.randrange(200)]
        else:
            raw[at:at] = chance.randbytes(chance.randrange(8))
    return bytes(raw)


def test_no_bytes_and_no_text_raise_anything_else(content, code):
    chance = random.Random(4)
    file, kinds = submission.as_file(content).encode(), set()
    for number in range(SEEDED):
        sources = (file, code.encode(), chance.randbytes(chance.randrange(200)))
        raw = mutated(sources[number % 3], chance)
        try:
            assert submission.read(raw) == content
        except submission.SubmissionError as error:
            kinds.add(error.reason)
        for found in submission.codes_in(raw.decode("utf-8", "surrogateescape")):
            if isinstance(found, submission.SubmissionError):
                kinds.add(found.reason)
            else:
                assert found == content
    assert kinds >= {"unreadable", "changed"}


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from(sorted(WRONG)), VALUES, min_size=1))
def test_whatever_stands_in_the_fields_is_refused_or_of_its_type(content, fields):
    try:
        found = submission.read(sealed(content, **fields))
    except submission.SubmissionError as error:
        assert error.reason in ("unreadable", "version")
    else:
        assert all(isinstance(found[name], str) for name in ("kit", "case", "code", "time"))
        assert isinstance(found["answers"], dict)


# What cannot be handed in


def test_a_number_that_is_too_large_is_refused_before_anything_is_written(tmp_path):
    journal = Journal(tmp_path / "my_work.jsonl")
    journal.write("counts", [{"n": 10**400}])
    with pytest.raises(
        submission.SubmissionError, match=r"^Your answer to counts holds a number too large"
    ):
        submission.pack(journal, CASE, "otter")
    assert [path.name for path in tmp_path.iterdir()] == ["my_work.jsonl"]


def test_answers_that_are_too_long_are_refused_and_the_longest_is_named(tmp_path):
    journal = Journal(tmp_path / "my_work.jsonl")
    journal.merge([checked(f"a/{n}", "x" * 900_000) for n in range(6)] + [checked("b", "y")])
    with pytest.raises(
        submission.SubmissionError, match=r"shorten your answer to a, then hand in again\.$"
    ):
        submission.pack(journal, CASE, "otter")
    assert [path.name for path in tmp_path.iterdir()] == ["my_work.jsonl"]
