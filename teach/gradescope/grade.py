"""What runs at Gradescope: `python -m teach.gradescope.grade SUBMISSION RESULTS.json`.

One test for each exercise, and first one of no points that says which hand-in was read. What a
person marks has no points here: 0 out of some would be a mark that nobody gave.
"""

import json
import sys
from pathlib import Path

import kit
from kit import data, submission
from teach.grading.extract import JOURNAL, Extracted, extract
from teach.grading.marks import Scorer
from teach.grading.selection import release
from teach.grading.sources import source_files

OTHER = "A hand-in is from another course, or another version of the kit."
WITHOUT = "Not attempted."


def grade(submission: Path | str, results: Path | str) -> None:
    """Grade the hand-in in the folder `submission` and write the file `results`."""
    case = data.load()
    extracted = [part for source in source_files([submission], "") for part in extract(source)]
    content, message = chosen(extracted, case.title)
    tests = [_test("Hand-in", message)]
    scorer = Scorer(case)
    for score in scorer.scores(content, {}) if content else ():
        exercise = scorer.exercises[score.id]
        most = 0 if exercise.kind == "written" else exercise.points
        tests.append(_test(exercise.title, score.message or WITHOUT, score.points or 0, most))
    text = json.dumps({"tests": tests}, indent=1)
    Path(results).write_text(text, encoding="ascii", newline="\n")


def chosen(extracted: list[Extracted], title: str) -> tuple[submission.Content | None, str]:
    """Return the content that counts, or None, and what the learner is told of it.

    title: of the case. The latest hand-in counts.
    """
    contents = [part.content for part in extracted if part.content]
    ours = [
        content
        for content in contents
        if content["case"] in (title, JOURNAL)
        and release(content["kit"]) == release(kit.__version__)
    ]
    if not ours:
        sentences = ["Nothing was marked, because there is no whole hand-in here."]
        sentences += dict.fromkeys(part.reason or OTHER for part in extracted)
        return None, " ".join([*sentences, "Submit handin-<code>.json, as the notebook gave it."])
    time = max(content["time"] for content in ours)
    latest = {content["hash"]: content for content in ours if content["time"] == time}
    if len(latest) > 1:
        return None, (
            "Nothing was marked, because two different hand-ins have the same time. "
            "Submit only the one you mean."
        )
    [content] = latest.values()
    receipt = submission.receipt_of(content)
    return content, f"Receipt {receipt.hash}, {receipt.when}, code {content['code']}."


def _test(name: str, output: str, score: float = 0, most: int = 0) -> dict:
    return {
        "name": name,
        "score": score,
        "max_score": most,
        "output": output,
        "visibility": "visible",
    }


if __name__ == "__main__":
    grade(*sys.argv[1:])
