"""The hand-in: what a learner answered, under a code of the learner's choosing, as data.

| file       | holds                                                                       |
|------------|-----------------------------------------------------------------------------|
| `content`  | what a hand-in holds; `read`: a sound content or one sentence, for any bytes |
| `codes`    | the same as one line of text, to be pasted, and found again in any text      |
| `packing`  | `pack` a journal into a file, `verify` it, the receipt, the `last` hand-in   |
| `answered` | what is answered, begun and still open                                       |

>>> content = {"v": 1, "kit": "0.1.0", "case": "A case", "code": "blue-tiger-7"}
>>> content |= {"time": "2026-03-05T09:30:00.000Z", "answers": {}}
>>> content |= {"hash": hash_of(content)}
>>> codes_in(f"Dear teacher, {as_code(content)}") == [content]
True
>>> receipt_of(content)
Handed in as handin-blue-tiger-7.json. Receipt 3f6782c923, 2026-03-05 09:30 UTC.
"""

from kit.submission.answered import Summary, counted, summary
from kit.submission.codes import as_code, codes_in
from kit.submission.content import Content, SubmissionError, hash_of, read
from kit.submission.packing import (
    Last,
    Receipt,
    as_file,
    checked,
    last,
    load,
    pack,
    receipt_of,
    verify,
)

__all__ = [
    "Content",
    "Last",
    "Receipt",
    "SubmissionError",
    "Summary",
    "as_code",
    "as_file",
    "checked",
    "codes_in",
    "counted",
    "hash_of",
    "last",
    "load",
    "pack",
    "read",
    "receipt_of",
    "summary",
    "verify",
]
