"""Files that teach reads, templates, and files it writes: each is put in place when whole."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

from kit.errors import KitError, cause


@contextmanager
def replacing(*paths: Path) -> Iterator[list[BinaryIO]]:
    """Open files for writing that take the places of those at `paths` once all are whole.

    Where something fails, none of them is there; raises OSError.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "a.txt")
    >>> with replacing(path) as [file]:
    ...     _ = file.write(b"whole")
    >>> path.read_text(), [entry.name for entry in path.parent.iterdir()]
    ('whole', ['a.txt'])
    """
    drafts = [path.with_name(f".{path.name}.draft") for path in paths]
    placed: list[Path] = []
    try:
        with ExitStack() as stack:
            yield [stack.enter_context(draft.open("wb")) for draft in drafts]
        for draft, path in zip(drafts, paths, strict=True):
            os.replace(draft, path)
            placed.append(path)
    except BaseException:
        for path in [*drafts, *placed]:
            path.unlink(missing_ok=True)
        raise


@contextmanager
def writing(path: Path | str) -> Iterator[None]:
    """Raise KitError that says why `path` cannot be written, and what to do about it."""
    try:
        yield
    except OSError as error:
        why, remedy = cause(error)
        raise KitError(f"{path} cannot be written because {why}; {remedy}.") from None


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raise KitError that says why it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        folder = f"the folder {path.parent.name}" if path.parent.name else "this folder"
        raise KitError(f"There is no file {path.name} in {folder}; look there.") from None
    except OSError as error:
        raise KitError(f"{path.name} cannot be read because {cause(error)[0]}.") from None


def templates(folder: Path, **settings: Any) -> Any:
    """Return the jinja2 Environment of a folder: what is no HTML of ours is escaped as elsewhere.

    settings: more of jinja2's own.

    >>> templates(Path()).from_string("<p>{{ text }}</p>").render(text="<'>")
    '<p>&lt;&#x27;&gt;</p>'
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        finalize=lambda value: Markup(escape(value)) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        **settings,
    )
