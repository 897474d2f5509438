"""What the user named -> documents: a file, a folder, a URL or standard input.

A source that cannot be opened raises; inside a folder one bad file is a rejection, so that the
rest is still read.
"""

from __future__ import annotations

import difflib
import io
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from detente.config import Settings
from detente.errors import ReadingError
from detente.reading.decoding import decode
from detente.reading.documents import Origin
from detente.reading.fetching import Kind, fetch
from detente.reading.html import read_html
from detente.reading.plain import read_plain
from detente.reading.records import read_records
from detente.reading.rejections import reject
from detente.reading.streams import (
    READ_FAILURES,
    is_utf16,
    open_source,
    peek_line,
    take,
    unreadable,
)
from detente.types import Document, Rejection

STDIN = "<stdin>"
# Each of these may also be packed, as ".txt.gz".
KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "records",
    ".ndjson": "records",
}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_BOM = b"\xef\xbb\xbf"


def read(source: str | os.PathLike[str], *, settings: Settings) -> Iterator[Document | Rejection]:
    """Read everything a source holds, one article at a time.

    Args:
        source: a file, a folder (read recursively, in order of names, hidden files left out), an
            http or https URL, or "-" for standard input.
        settings: limits, the date that overrides all others, whether private addresses are let
            through.

    Returns: documents, and a rejection for each piece of input that is none.

    Raises:
        ReadingError: the source does not exist (D301), cannot be opened (D302), is a folder with
            nothing readable in it (D303), needs a package that is missing (D310), or cannot be
            fetched (D32x).
    """
    name = os.fspath(source)
    if name == "-":
        yield from _read_stream(sys.stdin.buffer, STDIN, None, settings=settings)
    elif _SCHEME.match(name):
        yield from _read_url(name, settings=settings)
    elif os.path.isdir(name):
        yield from _read_folder(Path(name), settings=settings)
    elif os.path.exists(name):
        with open_source(Path(name)) as stream:
            yield from _read_stream(stream, name, kind_of(name), settings=settings)
    else:
        raise _missing(name)


def kind_of(name: str) -> Kind | None:
    """Tell by its name how a file is to be read.

    Returns: None for a name that says nothing; such a file is read if the user names it itself.
    """
    return KINDS.get(Path(name.lower().removesuffix(".gz")).suffix)


def _read_stream(
    stream: BinaryIO, where: str, kind: Kind | None, *, settings: Settings
) -> Iterator[Document | Rejection]:
    if kind in (None, "records"):
        try:
            head, stream = peek_line(stream, limit=settings.max_bytes)
        except READ_FAILURES as error:
            yield unreadable(error, where)
            return
        if is_utf16(head):
            yield from _read_utf16(stream, where, kind, settings=settings)
            return
        if kind == "records" or head.removeprefix(_BOM).lstrip().startswith(b"{"):
            yield from read_records(stream, where, settings=settings)
            return
    data = take(stream, where, limit=settings.max_bytes)
    if isinstance(data, Rejection):
        yield data
    else:
        yield _read_article(data, Origin(where), kind, settings=settings)


def _read_utf16(
    stream: BinaryIO, where: str, kind: Kind | None, *, settings: Settings
) -> Iterator[Document | Rejection]:
    """Read UTF-16, whose lines cannot be told apart before it is decoded."""
    data = take(stream, where, limit=settings.max_bytes)
    text = data if isinstance(data, Rejection) else decode(data, where)
    if isinstance(data, Rejection) or isinstance(text, Rejection):
        yield text if isinstance(text, Rejection) else reject("R302", "binary", where)
    elif kind == "records" or text.lstrip().startswith("{"):
        lines = io.BytesIO(text.encode("utf-8"))
        yield from read_records(lines, where, settings=settings)
    else:
        yield _read_article(data, Origin(where), kind, settings=settings)


def _read_article(
    data: bytes,
    origin: Origin,
    kind: Kind | None,
    *,
    settings: Settings,
    charset: str | None = None,
) -> Document | Rejection:
    reader = read_html if kind == "html" else read_plain
    return reader(data, origin, settings=settings, charset=charset)


def _read_url(url: str, *, settings: Settings) -> Iterator[Document | Rejection]:
    page = fetch(url, settings=settings)
    if page.kind == "records":
        yield from read_records(io.BytesIO(page.data), page.url, settings=settings)
        return
    origin = Origin(page.url, url=page.url)
    yield _read_article(page.data, origin, page.kind, settings=settings, charset=page.charset)


def _read_folder(folder: Path, *, settings: Settings) -> Iterator[Document | Rejection]:
    failures: list[OSError] = []
    paths = sorted(_files(folder, failures), key=lambda path: path.parts)
    if failures and not paths:
        raise ReadingError(
            "D302",
            f"cannot open {failures[0].filename}: {failures[0].strerror}",
            "Check who may read it, for example with ls -l.",
        )
    if not any(kind_of(path.name) for path in paths):
        raise _nothing_readable(folder, paths)
    for failure in failures:
        yield reject("R331", f"unreadable: {failure.strerror}", str(failure.filename))
    for path in paths:
        yield from _read_member(path, settings=settings)


def _files(folder: Path, failures: list[OSError]) -> Iterator[Path]:
    """Walk over the files that are not hidden; folders that cannot be entered go to a list."""
    for parent, folders, names in os.walk(folder, onerror=failures.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def _read_member(path: Path, *, settings: Settings) -> Iterator[Document | Rejection]:
    kind = kind_of(path.name)
    where = str(path)
    if kind is None:
        yield reject("R330", f"unsupported file: {_extension(path)}", where)
        return
    if os.path.exists(path) and not os.path.isfile(path):
        yield reject("R330", "unsupported file: a pipe or device", where)
        return
    try:
        stream = open_source(path)
    except ReadingError as error:
        yield reject("R331", f"unreadable: {error.problem}", where)
        return
    with stream:
        yield from _read_stream(stream, where, kind, settings=settings)


def _extension(path: Path) -> str:
    return path.suffix.lower() or "no extension"


def _nothing_readable(folder: Path, paths: list[Path]) -> ReadingError:
    counts = Counter(_extension(path) for path in paths)
    found = ", ".join(f"{count} {kind}" for kind, count in counts.most_common(10))
    return ReadingError(
        "D303",
        f"no readable file in folder {folder} (found: {found or 'nothing'})",
        f"Readable: {', '.join(KINDS)}, each also as .gz; name another file itself to try it.",
    )


def _missing(name: str) -> ReadingError:
    """Say that a path does not exist, with the likeliest thing that was meant."""
    if re.match(r"(?:www\.|[\w-]+\.(?:com|org|net|gov|int)/)", name):
        remedy = f"For a web page write the scheme too: https://{name}"
    elif len(name.split()) > 3:
        remedy = "To code a text itself, pipe it in: echo TEXT | detente code -"
    else:
        path = Path(name)
        try:
            siblings = sorted(entry.name for entry in path.parent.iterdir())
        except (OSError, ValueError):
            siblings = []
        close = difflib.get_close_matches(path.name, siblings, n=1)
        meant = f"Did you mean {str(path.with_name(close[0]))!r}?" if close else ""
        remedy = meant or "Check the path; use - for standard input."
    shown = name if len(name) <= 200 else name[:200] + "..."
    return ReadingError("D301", f"no such file or folder: {shown!r}", remedy)
