"""Damaged hand-ins, of every kind that travel, platforms and people do to them.

`python -m tests.teach.damage` makes 40 of each kind, marks them among sound ones and prints a
table: how many were marked exactly as the undamaged one, how many were listed for a person, and
how many did neither, or changed the mark of somebody else (both must be 0).
"""

import base64
import csv
import gzip
import json
import random
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from kit import submission
from teach import grading
from tests.teach.handed_in import CASE, EXERCISES, content, notebook, raw, some_answers

EACH = 40  # of every kind
BYSTANDERS = 30  # sound hand-ins of other learners, which nothing may change


class Damaged(NamedTuple):
    """A file as it came in, what it was made from (a content), and what was done to it."""

    kind: str
    name: str
    bytes: bytes
    sound: dict


def cut(rng, whole):
    text = raw(whole)
    return "json", text[: rng.randrange(len(text) - 1)]


def cut_at_the_start(rng, whole):
    text = raw(whole)
    return "json", text[rng.randrange(1, len(text)) :]


def one_bit_flipped(rng, whole):
    text = bytearray(raw(whole))
    text[rng.randrange(len(text))] ^= 1 << rng.randrange(8)
    return "json", bytes(text)


def many_bits_flipped(rng, whole):
    text = bytearray(raw(whole))
    for _ in range(50):
        text[rng.randrange(len(text))] ^= 1 << rng.randrange(8)
    return "json", bytes(text)


def a_part_taken_out(rng, whole):
    text = raw(whole)
    start = rng.randrange(len(text) - 40)
    return "json", text[:start] + text[start + rng.randint(1, 40) :]


def a_part_twice(rng, whole):
    text = raw(whole)
    start = rng.randrange(len(text) - 40)
    return "json", text[: start + 40] + text[start:]


def empty_file(_rng, _whole):
    return "json", b""


def noise(rng, _whole):
    return rng.choice(["json", "ipynb", "txt", "zip"]), rng.randbytes(2000)


def encoded_again(rng, whole):
    encoding = rng.choice(["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp500"])
    return "json", raw(whole).decode().encode(encoding)


def other_line_ends_and_spaces(rng, whole):
    text = json.dumps(whole, indent=rng.choice([None, 4]), sort_keys=rng.random() < 0.5)
    return rng.choice(["json", "txt"]), b"\r\n" + text.replace("\n", "\r\n").encode() + b"\n\n"


def saved_in_characters(_rng, whole):
    return "json", json.dumps(whole, ensure_ascii=False, indent=2).encode()


def packed_with_gzip(_rng, whole):
    return "json", gzip.compress(raw(whole), mtime=0)


def an_answer_changed(rng, whole):
    changed = json.loads(raw(whole))
    changed["answers"][rng.choice(list(changed["answers"]))]["answer"] = "changed"
    return "json", raw(changed)


def an_answer_taken_out(rng, whole):
    changed = json.loads(raw(whole))
    del changed["answers"][rng.choice(list(changed["answers"]))]
    return "json", raw(changed)


def the_code_of_another(rng, whole):
    return "json", raw({**whole, "code": f"by-{rng.randrange(BYSTANDERS)}"})


def a_field_missing(rng, whole):
    missing = rng.choice(list(whole))
    return "json", raw({field: value for field, value in whole.items() if field != missing})


def a_field_too_many(_rng, whole):
    return "json", raw({**whole, "points": 100})


def merged_from_two(rng, whole):
    other = bystander(rng.randrange(BYSTANDERS))
    return "json", raw({**whole, "answers": {**whole["answers"], **other["answers"]}})


def two_in_one_file(rng, whole):
    return "json", raw(whole) + raw(bystander(rng.randrange(BYSTANDERS)))


def notebook_of_two_learners(rng, whole):
    other = bystander(rng.randrange(BYSTANDERS))
    return "ipynb", notebook(submission.as_code(whole), submission.as_code(other))


def repacked(whole, **fields):
    """Return the content with other fields and a hash that fits."""
    kept = {field: value for field, value in whole.items() if field != "hash"} | fields
    try:
        return {**kept, "hash": submission.hash_of(kept)}
    except ValueError:  # not a number
        return {**kept, "hash": whole["hash"]}


def with_answer(whole, id, answer):
    answers = {**whole["answers"], id: {"answer": answer, "attempts": 1}}
    return repacked(whole, answers=answers)


STRANGE = [{"x": 1}, [[1]], {"forum": 7}, [None], [["forum"]], {"": {"": []}}, 7]


def answers_of_wrong_types(rng, whole):
    kinds = {"number": [[1], {"x": 1}, True], "date": [["2009"], {"x": 1}]}
    kinds |= {kind: ["x", 7, {"x": 1}, [1]] for kind in ("table", "chart", "marks")}
    id = rng.choice(list(EXERCISES))
    return "json", raw(with_answer(whole, id, rng.choice(kinds.get(EXERCISES[id].kind, STRANGE))))


def huge_numbers(rng, whole):
    id = rng.choice([id for id, each in EXERCISES.items() if each.kind in ("number", "date")])
    return "json", raw(with_answer(whole, id, rng.choice([10**400, -(10**400), [10**300]])))


def not_a_number(rng, whole):
    number = rng.choice([float("nan"), float("inf"), -float("inf")])
    return "json", raw(with_answer(whole, "members_1954", number))


def levels_without_end(rng, whole):
    deep = "["
    for _ in range(rng.choice([40, 900])):
        deep = f"[{deep}"
    text = json.dumps(whole).replace('"attempts": 1', f'"attempts": {deep}', 1)
    return "json", text.encode()


def another_version_of_the_kit(rng, whole):
    fields = [{"kit": "0.0.9"}, {"kit": "2.0.0"}, {"kit": ""}, {"v": 2}, {"v": 0}, {"v": "1"}]
    return "json", raw(repacked(whole, **rng.choice(fields)))


def another_course(_rng, whole):
    return "json", raw(repacked(whole, case="Wer hat gefragt?"))


def code_of_another_form(rng, whole):
    codes = ["", "a", "ä-1", "a b", "../../etc/passwd", "x" * 21, 7, None, "=1+1", "a\nb"]
    return "json", raw(repacked(whole, code=rng.choice(codes)))


def time_of_another_form(rng, whole):
    times = ["", "yesterday", "2026-13-45T99:99:99.000Z", 0, None, "٢٠٢٦-03-05T09:30:00.000Z"]
    return "json", raw(repacked(whole, time=rng.choice(times)))


def code_sent_by_mail(rng, whole):
    code = submission.as_code(whole)
    width = rng.choice([60, 72, 76, 998])
    lines = "\r\n".join(f"> {code[n : n + width]}" for n in range(0, len(code), width))
    return rng.choice(["txt", "md", "html"]), f"Guten Tag!\r\n{lines}\r\nGrüße".encode()


def code_cut_off(rng, whole):
    code = submission.as_code(whole)
    return rng.choice(["txt", "ipynb"]), None, code[: rng.randrange(11, len(code) - 1)]


def code_with_a_slip(rng, whole):
    code = submission.as_code(whole)
    place = rng.randrange(20, len(code) - 40)
    other = rng.choice("AZaz09+/".replace(code[place], ""))
    return "txt", None, code[:place] + other + code[place + 1 :]


def notebook_saved_again(rng, whole):
    book = json.loads(notebook("x", submission.as_code(whole)))
    rng.shuffle(book["cells"])
    for cell in book["cells"]:
        cell["metadata"] = {}
    del book["metadata"]
    return "ipynb", json.dumps(book).encode()


def notebook_with_cells_twice(_rng, whole):
    return "ipynb", notebook(*[submission.as_code(whole)] * 3)


def notebook_with_the_output_split(rng, whole):
    code = submission.as_code(whole)
    place = rng.randrange(1, len(code) - 1)
    return "ipynb", notebook(code[:place], code[place:])


def notebook_without_outputs(_rng, whole):
    book = json.loads(notebook(submission.as_code(whole)))
    for cell in book["cells"]:
        cell.pop("outputs", None)
    return "ipynb", json.dumps(book).encode()


def notebook_cut(rng, whole):
    text = notebook(submission.as_code(whole))
    return "ipynb", text[: rng.randrange(1, len(text) - 2)]


def notebook_of_wrong_types(rng, whole):
    book = json.loads(notebook(submission.as_code(whole)))
    for thing, key in ((book, "cells"), (book["cells"][1], "outputs")):
        if rng.random() < 0.5:
            thing[key] = rng.choice([None, 7, "x", {"a": 1}, [None, 7, "x"]])
            return "ipynb", json.dumps(book).encode()
    book["cells"][1]["outputs"][0]["data"] = rng.choice([None, 7, ["x"], {"text/plain": 7}])
    return "ipynb", json.dumps(book).encode()


def under_another_name(rng, whole):
    return rng.choice(["docx", "pdf", "py", "bak", "json.part", "pkl"]), raw(whole)


def in_base64(_rng, whole):
    return "json", base64.b64encode(raw(whole))


KINDS = [
    cut, cut_at_the_start, one_bit_flipped, many_bits_flipped, a_part_taken_out, a_part_twice,
    empty_file, noise, encoded_again, other_line_ends_and_spaces, saved_in_characters,
    packed_with_gzip, an_answer_changed, an_answer_taken_out, the_code_of_another,
    a_field_missing, a_field_too_many, merged_from_two, two_in_one_file,
    notebook_of_two_learners, answers_of_wrong_types, huge_numbers, not_a_number,
    levels_without_end, another_version_of_the_kit, another_course, code_of_another_form,
    time_of_another_form, code_sent_by_mail, code_cut_off, code_with_a_slip,
    notebook_saved_again, notebook_with_cells_twice, notebook_with_the_output_split,
    notebook_without_outputs, notebook_cut, notebook_of_wrong_types, under_another_name,
    in_base64,
]  # fmt: skip


def bystander(number):
    """Return the sound hand-in of another learner."""
    return content(f"by-{number}", some_answers(number))


def damaged(each=EACH, seed=4, kinds=KINDS):
    """Yield `each` Damaged of every kind; the same seed gives the same bytes."""
    for kind in kinds:
        for number in range(each):
            rng = random.Random(f"{seed} {kind.__name__} {number}")
            name = f"d{kinds.index(kind)}-{number}"
            whole = content(name, some_answers(rng.random()))
            ending, bytes_, *text = kind(rng, whole)
            if text:
                bytes_ = notebook(*text) if ending == "ipynb" else text[0].encode()
            yield Damaged(kind.__name__, f"{name}.{ending}".rstrip("."), bytes_, whole)


def marked(folder, out):
    """Mark a folder; return {code: row of marks.csv} and {name of a file: sentences on it}."""
    grading.grade([folder], out, CASE)
    rows = {row["code"]: row for row in _table(out / "marks.csv")}
    listed = {}
    for row in _table(out / "needs_a_person.csv"):
        name = row["where"].removeprefix(f"{folder}/").partition("/")[0]
        listed.setdefault(name, []).append(f"{row['reason']} {row['what_to_do']}")
    return rows, listed


def tried(each=EACH, seed=4, kinds=KINDS):
    """Mark sound hand-ins with and without damaged ones among them.

    Returns {kind: [marked exactly, listed, neither]}, the codes of others whose row changed, and
    {name of a file: sentences on it}. What is both marked exactly and listed counts as marked.
    """
    with tempfile.TemporaryDirectory() as place:
        folders = {name: Path(place, name) for name in ("sound", "all", "out-1", "out-2")}
        for name in ("sound", "all"):
            folders[name].mkdir()
        for number in range(BYSTANDERS):
            for name in ("sound", "all"):
                whole = bystander(number)
                (folders[name] / f"handin-{whole['code']}.json").write_bytes(raw(whole))
        things = list(damaged(each, seed, kinds))
        for thing in things:
            (folders["all"] / thing.name).write_bytes(thing.bytes)
            whole = raw(thing.sound)
            (folders["sound"] / f"handin-{thing.sound['code']}.json").write_bytes(whole)
        right, _ = marked(folders["sound"], folders["out-1"])
        found, places = marked(folders["all"], folders["out-2"])
    outcome = {kind.__name__: [0, 0, 0] for kind in kinds}
    for thing in things:
        outcome[thing.kind][_outcome(thing, right, found, places)] += 1
    others = {f"by-{number}" for number in range(BYSTANDERS)}
    changed = {code for code in others if found.get(code) != right[code]}
    unknown = set(found) - set(right)
    return outcome, changed | unknown, places


def _outcome(thing, right, found, places):
    code = thing.sound["code"]
    if _seen(thing, found.get(code)) == _seen(thing, right[code]):
        return 0
    return 1 if thing.name in places else 2


def _seen(thing, row):
    """Return what of a row must be the same; a journal has a time of its own and no receipt."""
    own = ("time", "receipt") if "journal" in thing.kind else ()
    return row and {column: value for column, value in row.items() if column not in own}


def _table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def main(each=EACH, kinds=KINDS):
    """Print the table."""
    outcome, changed, _ = tried(int(each), kinds=kinds)
    print("| kind of damage | marked exactly | listed | neither |\n|---|---:|---:|---:|")
    for kind, counts in outcome.items():
        print(f"| {kind.replace('_', ' ')} | {' | '.join(map(str, counts))} |")
    sums = [sum(counts[place] for counts in outcome.values()) for place in range(3)]
    print(f"| **{sum(sums):,} in all** | {' | '.join(f'**{n:,}**' for n in sums)} |")
    print(f"\nMarks of others changed: {len(changed)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
