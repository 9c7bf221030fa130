"""Writes tables as TOML, which Python reads but does not write.

>>> print(toml_text({"quiz": {"a1": True}}))
[quiz]
a1 = true
<BLANKLINE>
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

LONG = 100  # characters of a list on one line
BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def toml_text(tables: Mapping[str, Mapping[str, Any] | Iterable[Mapping[str, Any]]]) -> str:
    """Return TOML in which each name is a table, or the tables of a list under one name.

    A table named "" stands first, without a head.
    Values are texts, whole and other numbers, true or false, and lists and dicts of these.
    """
    parts = []
    for name, table in tables.items():
        many = not isinstance(table, Mapping)
        head = f"[[{_key(name)}]]\n" if many else f"[{_key(name)}]\n" if name else ""
        for each in [table] if isinstance(table, Mapping) else table:
            lines = [f"{_key(field)} = {_field(value)}" for field, value in each.items()]
            parts.append(head + "".join(f"{line}\n" for line in lines))
    return "\n".join(parts)


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    """A text in quotation marks; what JSON escapes TOML escapes alike, but for one character."""
    clean = value.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(name)} = {_value(each)}" for name, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value)


def _field(value: Any) -> str:
    """What stands behind a name: a long list has a line for each of its parts."""
    line = _value(value)
    if len(line) <= LONG or not isinstance(value, list):
        return line
    return "\n".join(["[", *(f"    {_value(each)}," for each in value), "]"])
