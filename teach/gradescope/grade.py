"""What the autograder tells Gradescope about one submission: `results.json`.

One test for each exercise, and first one of no points that says which hand-in was read. What a
person marks has no points here: 0 out of some would be a mark that nobody gave.
"""

import json
from pathlib import Path

import kit
from kit import data
from kit.submission import receipt_of
from teach.grading import folders, intake
from teach.grading.score import Scorer
from teach.grading.settle import release

OTHER = "A hand-in is from another course, or another version of the kit."
WITHOUT = "Not attempted."


def grade(submission, results):
    """Mark the hand-in in the folder `submission` and write the file `results`."""
    case = data.load()
    content, said = chosen(_found(submission), case.title)
    tests = [_test("Hand-in", said), *(_tests(content, case) if content else ())]
    text = json.dumps({"tests": tests}, indent=1)
    Path(results).write_text(text, encoding="ascii", newline="\n")


def chosen(found, title):
    """Return the content that counts, or None, and what the learner is told of it.

    found: list of what intake found. title: of the case. The latest hand-in counts.
    """
    sound = [each.content for each in found if each.content and _is_ours(each.content, title)]
    if not sound:
        told = ["Nothing was marked, because there is no whole hand-in here."]
        told += dict.fromkeys(each.reason or OTHER for each in found)
        return None, " ".join([*told, "Submit handin-<code>.json, as the notebook gave it."])
    time = max(content["time"] for content in sound)
    latest = {content["hash"]: content for content in sound if content["time"] == time}
    if len(latest) > 1:
        return None, (
            "Nothing was marked, because two different hand-ins have the same time. "
            "Submit only the one you mean."
        )
    [content] = latest.values()
    receipt = receipt_of(content)
    return content, f"Receipt {receipt.hash}, {receipt.when}, code {content['code']}."


def _is_ours(content, title):
    """Was this packed in the course that is marked here, by a kit that marks alike?"""
    return content["case"] == title and release(content["kit"]) == release(kit.__version__)


def _found(submission):
    return [
        each for document in folders.documents([submission], "") for each in intake.found(document)
    ]


def _tests(content, case):
    """Yield a test for each exercise of the case."""
    scorer = Scorer(case)
    for mark in scorer.marks(content, {}):
        exercise = scorer.exercises[mark.id]
        most = 0 if exercise.kind == "written" else exercise.points
        yield _test(exercise.title, mark.message or WITHOUT, mark.points or 0, most)


def _test(name, output, score=0, most=0):
    return {
        "name": name,
        "score": score,
        "max_score": most,
        "output": output,
        "visibility": "visible",
    }
