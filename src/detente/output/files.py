"""Files that are there whole or not at all.

The text goes to a temporary file beside the target, is forced to disk and takes the target's
name only at the end. After an error or Ctrl-C the target is as it was before.
"""

from __future__ import annotations

import io
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from detente.errors import OutputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


@contextmanager
def atomic_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that appears under its name only when the block ends well.

    Entering the block already proves that the place can be written, so enter it before any
    long work. A link is followed; a device or pipe is written directly.

    Raises:
        OutputError: the place cannot be written (D501), or writing failed on the way (D502).
    """
    target = path.resolve()
    before = _existing(path, target)
    if before is not None and not stat.S_ISREG(before.st_mode):
        with _buffered(_open(path, target, new=False)) as stream:
            yield stream
        return
    # Hidden, so that a pattern like *.csv never picks up half a file.
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    raw = _open(path, temporary, new=True)
    try:
        with _buffered(raw) as stream:
            yield stream
            _settle(stream, before)
        _rename(temporary, target, path)
    finally:
        # Missing when the renaming went well.
        with suppress(FileNotFoundError):
            temporary.unlink()


class _TargetFile(io.FileIO):
    """A raw file whose write errors are ours: a full disk is not a broken input."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _failed(self.name, error) from error


def _existing(path: Path, target: Path) -> os.stat_result | None:
    """Look at what stands in the target's place, and refuse what must not be replaced."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unwritable(path, error.strerror or "not reachable") from error
    if stat.S_ISDIR(found.st_mode):
        raise _unwritable(path, "it is a folder")
    # Renaming would replace a write-protected file without a word.
    if not os.access(target, os.W_OK):
        raise _unwritable(path, "it is write-protected")
    return found


def _open(shown: Path, real: Path, *, new: bool) -> _TargetFile:
    try:
        return _TargetFile(real, "xb" if new else "wb")
    except OSError as error:
        raise _unwritable(shown, error.strerror or "not reachable") from error


def _buffered(raw: _TargetFile) -> BinaryIO:
    return cast(BinaryIO, io.BufferedWriter(raw))


def _settle(stream: BinaryIO, before: os.stat_result | None) -> None:
    stream.flush()
    if before is not None and hasattr(os, "fchmod"):
        os.fchmod(stream.fileno(), stat.S_IMODE(before.st_mode))
    try:
        os.fsync(stream.fileno())
    except OSError as error:
        raise _failed(stream.name, error) from error


def _rename(temporary: Path, target: Path, shown: Path) -> None:
    try:
        temporary.replace(target)
    except OSError as error:
        raise _unwritable(shown, error.strerror or "cannot be replaced") from error
    # The new name lies in the folder, which has to reach the disk too (not on Windows).
    if hasattr(os, "O_DIRECTORY"):
        folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _unwritable(path: Path, reason: str) -> OutputError:
    return OutputError(
        "D501",
        f"cannot write {path}: {reason}",
        "Choose another file with --out, or make the folder first.",
    )


def _failed(name: object, error: OSError) -> OutputError:
    return OutputError(
        "D502",
        f"writing {name} failed: {error.strerror}",
        "Free some space or choose another folder; nothing half-written was left.",
    )
