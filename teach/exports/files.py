"""The files of an export: from a hand-in to claimreview.jsonld and averitec.json in a folder."""

import json
from pathlib import Path
from typing import NamedTuple

from kit import handin
from kit.work.reading import cause
from teach.exports.averitec_record import averitec
from teach.exports.claimreview import claim_review
from teach.exports.verdicts import verdicts_in

REVIEWS, RECORDS = "claimreview.jsonld", "averitec.json"


class ExportError(Exception):
    """Nothing could be exported; the message is one sentence."""


class Exported(NamedTuple):
    """What was written: how many verdicts in each file; left_out: sentences on the rest."""

    reviews: int
    records: int
    left_out: list

    def __str__(self):
        counts = f"{REVIEWS}: {self.reviews} verdicts. {RECORDS}: {self.records} verdicts."
        rest = ["Left out:", *(f"- {sentence}" for sentence in self.left_out)]
        return "\n".join([counts, *(rest if self.left_out else [])])


def export(path, folder, case):
    """Write both files of the hand-in at `path` into `folder`; return what was Exported.

    Each is a list with an entry per verdict, in the course's order, and is written anew. Raises
    ExportError, and HandinError if the file is no whole, unchanged hand-in.
    """
    content = handin.load(path)
    if content["case"] != case.title:
        raise ExportError(
            f"{Path(path).name} was handed in for another course than “{case.title}”; "
            "export it with the kit of its own course."
        )
    verdicts, left_out = verdicts_in(content, case)
    if not verdicts:
        raise ExportError(f"{Path(path).name} holds no verdict yet, so nothing was written.")
    records = [averitec(verdict) for verdict in verdicts]
    without = [each["kit"]["claim_id"] for each in records if not each["label"]]
    kept = [each for each in records if each["label"]]
    _write(Path(folder), {REVIEWS: [claim_review(each) for each in verdicts], RECORDS: kept})
    remarks = [f"{id}: {RECORDS} has no label for this verdict." for id in without]
    return Exported(len(verdicts), len(kept), left_out + remarks)


def as_text(entries):
    """JSON that is the same for the same entries, valid UTF-8, and safe inside a web page.

    "<" is written as an escape, so no text can end the <script> it is put in. Half of a character
    (a broken emoji) is replaced, as UTF-8 cannot hold it.

    >>> as_text(["</script>"])
    '[\\n "\\\\u003c/script>"\\n]\\n'
    """
    text = json.dumps(entries, indent=1, ensure_ascii=False, allow_nan=False)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("<", "\\u003c") + "\n"


def _write(folder, files):
    for name, entries in files.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(as_text(entries), encoding="utf-8", newline="\n")
        except OSError as error:
            why, remedy = cause(error)
            raise ExportError(
                f"{name} was not written because {why}; {remedy}, then export again."
            ) from None
