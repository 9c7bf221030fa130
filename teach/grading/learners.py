"""The codes in the teacher's own table of learners: any CSV with a column `code`."""

import csv
from pathlib import Path

from kit.errors import cause
from teach.grading.run import MarkingError


def codes_of(path):
    """Return {code in small letters: code} from the CSV at `path`; raise MarkingError.

    Cells may be parted by commas, semicolons or tabs. A learner without a code is left out.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except OSError as error:
        raise MarkingError(f"{path} cannot be read because {cause(error)[0]}.") from None
    except UnicodeDecodeError:
        raise MarkingError(f"{path} is not in UTF-8; save it as “CSV UTF-8”.") from None
    found = {}
    for row in _rows(lines, path):
        code = (row["code"] or "").strip()
        if code and code.casefold() in found:
            raise MarkingError(f"{path} has the code {code} twice; give each learner one code.")
        if code:
            found[code.casefold()] = code
    return found


def _rows(lines, path):
    """Return a reader of rows as dicts, whatever parts the cells."""
    for delimiter in ",;\t":
        rows = csv.DictReader(lines, delimiter=delimiter)
        if "code" in (rows.fieldnames or ()):
            return rows
    raise MarkingError(f"{path} has no column “code”; name the column with the codes so.")
