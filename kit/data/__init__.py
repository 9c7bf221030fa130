"""The case a course is about: its texts, its tables, its dates and its key.

A case is a folder with a `datapackage.json`, which is the one dictionary of what
each table may hold. `load` reads the folder (`case`) and refuses data that break it (`tables`).
`spans` holds dates that say no more than is known, `texts` where each sentence
of a text stands and which colour and shape a text has.

>>> from kit import data
>>> list(data.load().texts)
['forum', 'blog', 'article', 'news', 'factcheck']
"""

from kit.data.case import Case, Key, load
from kit.data.spans import Span, span
from kit.data.tables import DataError
from kit.data.texts import LOOKS, Look, Sentence, drawn_order, is_order, look
