"""Opening files and taking no more from them than allowed."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from pathlib import Path
from typing import BinaryIO, cast

from detente.errors import ReadingError
from detente.reading.rejections import reject
from detente.types import Rejection

# What reading may raise once a stream is open; broken gzip data is reported late.
READ_FAILURES = (OSError, EOFError, zlib.error)


def open_source(path: Path) -> BinaryIO:
    """Open a file for reading, unpacking ``.gz`` on the fly.

    Raises:
        ReadingError: the file cannot be opened (D302).
    """
    try:
        if path.suffix.lower() == ".gz":
            return cast(BinaryIO, gzip.open(path, "rb"))
        return path.open("rb")
    except OSError as error:
        raise ReadingError(
            "D302",
            f"cannot open {path}: {error.strerror or error}",
            "Check who may read it, for example with ls -l.",
        ) from error


def take(stream: BinaryIO, where: str, *, limit: int) -> bytes | Rejection:
    """Read a whole stream, at most ``limit`` bytes of it.

    Returns: the bytes; R303 if there are more, R331 or R332 if they cannot be read.
    """
    try:
        data = stream.read(limit + 1)
    except READ_FAILURES as error:
        return unreadable(error, where)
    if len(data) > limit:
        return reject("R303", f"too large: more than {limit:,} bytes", where)
    return data


def unreadable(error: BaseException, where: str, *, line: int | None = None) -> Rejection:
    """Turn a failure to read into a rejection: R332 for broken gzip data, else R331."""
    if isinstance(error, gzip.BadGzipFile | EOFError | zlib.error):
        return reject("R332", f"broken archive: {error}", where, line=line)
    return reject("R331", f"unreadable: {error}", where, line=line)


def peek_line(stream: BinaryIO, *, limit: int) -> tuple[bytes, BinaryIO]:
    """Look at the first line that is not blank, also of a pipe, which cannot be rewound.

    Returns: that line with all before it, and a stream that still begins with them.

    Raises:
        OSError, EOFError, zlib.error: see ``READ_FAILURES``.
    """
    head = b""
    while len(head) <= limit:
        line = stream.readline(limit + 1 - len(head))
        head += line
        if line.strip() or not line:
            break
    return head, cast(BinaryIO, io.BufferedReader(_Pushback(head, stream)))


def is_utf16(head: bytes) -> bool:
    """Tell whether data begins with a UTF-16 byte order mark, as PowerShell's ``>`` writes it."""
    return head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


class _Pushback(io.RawIOBase):
    """A stream with bytes put back in front of it."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        super().__init__()
        self._head = memoryview(head)
        # read1 returns what a pipe has now, so records flow while they are written.
        self._read = getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # typeshed
        data = self._head[: len(buffer)] or self._read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)
