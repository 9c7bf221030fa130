"""From a draft to a case folder: its dictionary, tables, texts, exercises, key, words and README.

The folder is made beside its place, checked as check-data does, and put there when it holds. A case
of the same name that lies there is kept under another name; anything else there is never touched.
"""

import csv
import io
import json
import re
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from kit import data
from kit.data.case import KEY_TABLES, TABLES
from kit.errors import KitError
from teach.check_data import checked
from teach.files import writing
from teach.workshop.complete import SCORES, UNRATED, complete
from teach.workshop.draft import Draft, Row, columns, dictionary
from teach.workshop.notebook_words import notebook_words
from teach.workshop.readme import readme, still_open
from teach.workshop.rules import Exercises, exercises
from teach.workshop.rules.by_text import floor_of
from teach.workshop.toml_text import toml_text

HEAD = (
    "# Made from the author's draft by `python -m teach case-from`; change the draft, not this.\n\n"
)
KEPT = {"also_defensible", "cites_sources", "names_people"}  # also where empty in every row
OPEN_LICENCE = {"name": "other-closed", "title": "Rights stay with whoever made it."}


class Folder(NamedTuple):
    """path: of the case. kept: where a case that was there lies now, None without one.

    says: what check-data says of it. is_open: sentences on what waits, and what was left out.
    """

    path: Path
    kept: Path | None
    says: str
    is_open: list[str]

    def __str__(self) -> str:
        """Say what was made, and what waits, in lines."""
        lines = [self.says, f"The case is in {self.path}."]
        if self.kept:
            lines.append(f"The case that was there before is kept in {self.kept}.")
        return "\n".join([*lines, *self.is_open])


def make_folder(draft: Draft, path: Path) -> Folder:
    """Write the case folder of a draft to `path`; raise KitError, in one sentence, if it cannot be.

    What was there before stays: a case of the same name under another name, all else as it was,
    with a KitError.
    """
    path = path.absolute()
    old = _is_in_the_way(path, _name(draft))
    ready, waits = complete(draft)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".case-", dir=path.parent) as beside:
            folder = Path(beside) / path.name
            says, is_open = _filled(folder, ready, waits)
            is_new = not old or _files(folder) != _files(path)
            kept = path.rename(_free(path)) if old and is_new else None
            if is_new:
                if path.exists():
                    path.rmdir()
                folder.rename(path)
    return Folder(path, kept, says, is_open)


def _is_in_the_way(path: Path, name: str) -> bool:
    """Tell whether a case of this name lies there; KitError for anything else that does."""
    if not path.exists() or (path.is_dir() and not any(path.iterdir())):
        return False
    try:
        there = json.loads((path / "datapackage.json").read_bytes())["name"]
    except (OSError, ValueError, KeyError, TypeError):
        there = None
    if there != name:
        raise KitError(f"In {path.name} lies something else than this case; name another folder.")
    return True


def _files(folder: Path) -> dict[Path, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder): path.read_bytes() for path in files}


def _free(path: Path) -> Path:
    numbers = (path.with_name(f"{path.name}-before-{n}") for n in range(1, 10_000))
    return next(other for other in numbers if not other.exists())


def _filled(folder: Path, draft: Draft, waits: list[str]) -> tuple[str, list[str]]:
    """Write all files of a case; return what check-data says of it, and what is open."""
    for part in ("texts", "key"):
        (folder / part).mkdir(parents=True)
    for row in draft.texts:
        _write(folder / "texts" / f"{row['text_id']}.txt", row["text"])
    _write_part(folder, "case", draft)
    data.load(folder)  # what is wrong with the tables is said before rules count on them
    made = exercises(draft)
    _write_part(folder / "key", "key", draft)
    _write(folder / "exercises.toml", HEAD + toml_text(_exercise_tables(made)))
    _write(folder / "key" / "answers.toml", HEAD + toml_text(made.answers))
    _write(folder / "words.toml", HEAD + toml_text(notebook_words(draft, made)))
    is_open = [*still_open(draft, made), *waits]
    _write(folder / "README.md", readme(draft, made, is_open))
    return checked(data.load(folder)), is_open


def _exercise_tables(made: Exercises) -> dict[str, list[dict]]:
    tables = {"exercise": made.exercises, "quiz": made.quiz}
    return {name: entries for name, entries in tables.items() if entries}


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _write_part(folder: Path, part: str, draft: Draft) -> None:
    """Write the tables of the case or of its key, and the dictionary that describes them."""
    tables = _case_tables(draft) if part == "case" else _key_tables(draft)
    resources = _text_resources(draft) if part == "case" else []
    for name, rows in tables.items():
        entry = _entry(part, name, rows, draft)
        _write(folder / f"{name}.csv", _csv(rows, [f["name"] for f in entry["schema"]["fields"]]))
        resources.append(entry)
    package = {**_about(part, draft), "resources": resources}
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    _write(folder / "datapackage.json", text)


def _case_tables(draft: Draft) -> dict[str, list[Row]]:
    members = {"enlargement": draft.enlargement} if draft.enlargement else {}
    return {
        "sources": draft.sources,
        **members,
        "record": draft.record,
        "propositions": draft.propositions,
        "claims": draft.claims,
    }


def _key_tables(draft: Draft) -> dict[str, list[Row]]:
    return {"stances": draft.stances, "claims": draft.verdicts, "ratings": _ratings(draft)}


def _ratings(draft: Draft) -> list[Row]:
    """The editors' ratings of each text that can be dated: their own, or that they have none.

    Scores are whole numbers, never missing. So where somebody gave some, only texts that have all
    of them stand there; where nobody did, there are none.
    """
    own = {row["text_id"]: row for row in draft.ratings}
    blank = dict.fromkeys(columns("key", "ratings"), "")
    rows = []
    for id, (date, floor) in floor_of(draft).items():
        given = {name: cell for name, cell in own.get(id, {}).items() if cell}
        dated = {"no_earlier_than": date, "no_earlier_than_reason": floor.reason if floor else ""}
        rows.append(blank | {"text_id": id} | UNRATED | dated | given)
    rows.sort(key=lambda row: list(draft.names).index(row["text_id"]))
    scored = [row for row in rows if all(row[name] for name in SCORES)]
    return scored or [row | dict.fromkeys(SCORES, "") for row in rows]


def _entry(part: str, name: str, rows: list[Row], draft: Draft) -> dict[str, Any]:
    """What the dictionary says of a table; a column that is empty in every row is not there."""
    told = dictionary()[part][name]
    needed = {**TABLES, **KEY_TABLES} if part == "key" else TABLES
    kept = {*needed[name].split(), *KEPT}
    fields = [
        field
        for field in told["schema"]["fields"]
        if field["name"] in kept or any(row[field["name"]] for row in rows)
    ]
    said = {}
    if name == "enlargement":
        said = {
            "kit:membersOf": draft.case["members_of"],
            "kit:dateMeans": draft.case["date_means"],
        }
    return {
        **{word: told[word] for word in ("name", "path", "title", "description")},
        **{word: text for word, text in said.items() if text},
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": told["schema"] | {"fields": fields},
    }


def _csv(rows: list[Row], columns: list[str]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _text_resources(draft: Draft) -> list[dict[str, Any]]:
    return [_text_resource(row, draft.names[row["text_id"]]) for row in draft.texts]


def _text_resource(row: Row, name: str) -> dict[str, Any]:
    licence = {"name": row["licence"]} if row["licence"] else OPEN_LICENCE
    said = {"kit:name": name, "kit:lookFor": row["look_for"]}
    address = {"sources": [{"title": "Page address", "path": row["address"]}]}
    return {
        "name": row["text_id"],
        "path": f"texts/{row['text_id']}.txt",
        "profile": "data-resource",
        "title": name,
        "description": "The text as it was saved, byte for byte.",
        **{word: text for word, text in said.items() if text},
        "format": "txt",
        "mediatype": "text/plain",
        "encoding": "utf-8",
        "licenses": [licence],
        **(address if row["address"] else {}),
    }


def _about(part: str, draft: Draft) -> dict[str, Any]:
    """What the dictionary says of the case, or of its key, as a whole."""
    title = draft.case["title"] or draft.case["question"]
    licence = draft.case["licence"]
    by = draft.case["by"]
    is_key = part == "key"
    said = {
        "profile": "data-package",
        "name": f"{_name(draft)}-key" if is_key else _name(draft),
        "title": f"{title} The editors' key" if is_key else title,
    }
    if not is_key:
        said["kit:question"] = draft.case["question"]
    made = "The author's stances, verdicts and ratings, for teachers." if is_key else ABOUT
    return {
        **said,
        "description": made,
        **({"contributors": [{"title": by, "role": "author"}]} if by else {}),
        **({"licenses": [{"name": licence}]} if licence else {}),
    }


ABOUT = "Texts that answer one disputed question differently, and a record to check them against."


def _name(draft: Draft) -> str:
    """The name of a case among others: its title in small letters."""
    title = draft.case["title"] or draft.case["question"]
    return "-".join(re.findall(r"[a-z0-9]+", title.casefold())) or "case"
