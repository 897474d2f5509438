"""The long part of a training: what lexicon and encoder make of every row, kept chunk by chunk.

A run that was stopped, by Ctrl-C or by a power cut, goes on after the last chunk that it wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import numpy

from detente.errors import OutputError
from detente.models import PairEncoder, PairQuestion
from detente.models.own_model import head_inputs, shares_of
from detente.output.files import atomic_file
from detente.pipeline import Coder
from detente.types import NONE, PairQuery

# What is lost at most; a few seconds of work. States depend a little on what is read with them,
# so a change of it is a change of results.
CHUNK_ROWS = 128


class WorkFolder:
    """Chunks of states on disk, and the key that says of what.

    Args: folder: made when it is missing. key: of data, models and settings; chunks that were
        written under another one are removed.
    Raises: OutputError: the folder cannot be made (D504) or written to (D501).

    Attributes: forsaken: how many chunks of another key were removed.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self._folder = folder
        self.forsaken = 0
        make_folder(folder)
        mark = folder / "key"
        if not mark.is_file() or mark.read_text(encoding="utf-8", errors="replace") != key:
            self.forsaken = self._remove_chunks()
            with atomic_file(mark) as stream:
                stream.write(key.encode())

    def load(self, number: int, shape: tuple[int, int]) -> Any | None:  # noqa: ANN401 - an array
        """Give a chunk, float16; None where it is missing or not whole."""
        try:
            chunk = numpy.load(self._path(number), allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None
        return chunk if chunk.shape == shape and chunk.dtype == numpy.float16 else None

    def save(self, number: int, chunk: Any) -> None:  # noqa: ANN401 - an array
        """Write a chunk, whole or not at all."""
        with atomic_file(self._path(number)) as stream:
            numpy.save(stream, chunk)

    def remove(self) -> None:
        """Remove all that was written here; the folder too where nothing else is in it."""
        self._remove_chunks()
        (self._folder / "key").unlink(missing_ok=True)
        with suppress(OSError):
            self._folder.rmdir()

    def _remove_chunks(self) -> int:
        # What a killed process left half-written goes too.
        for rest in self._folder.glob(".*.part"):
            rest.unlink(missing_ok=True)
        chunks = list(self._folder.glob("chunk-*.npy"))
        for chunk in chunks:
            chunk.unlink(missing_ok=True)
        return len(chunks)

    def _path(self, number: int) -> Path:
        return self._folder / f"chunk-{number:06}.npy"


class StateReader:
    """Asks lexicon and encoder about pairs.

    Attributes: lexicon: the types whose shares the lexicon gives, in the order of the inputs.
    """

    def __init__(self, coder: Coder, encoder: PairEncoder) -> None:
        self._coder = coder
        self._encoder = encoder
        self.lexicon = (*coder.ontology.types, NONE)
        self.width: int = head_inputs(encoder.read([]), shares_of([], self.lexicon)).shape[1]

    def key(self, queries: Sequence[PairQuery]) -> str:
        """What the states of these pairs depend on, in 64 hex digits. Their labels do not count."""
        made_by = f"{self._coder.signature} {self._encoder.digest} {CHUNK_ROWS}"
        digest = hashlib.sha256(made_by.encode())
        for query in queries:
            digest.update(msgspec.json.encode((query.text, query.source, query.target)))
        return digest.hexdigest()

    def read(self, queries: Sequence[PairQuery]) -> Any:  # noqa: ANN401 - an array
        """Read pairs: float16, N x ``width``."""
        answers = [answer.probabilities for answer in self._coder.classify(queries)]
        read = self._encoder.read(
            [
                PairQuestion(query.text, query.source, query.target, shares)
                for query, shares in zip(queries, answers, strict=True)
            ]
        )
        return head_inputs(read, shares_of(answers, self.lexicon)).astype(numpy.float16)


def read_all(
    queries: Sequence[PairQuery],
    reader: StateReader,
    work: WorkFolder,
    step: Callable[[int, int], None],
) -> tuple[Any, int]:
    """Give the states of all pairs, N x I in float16, and how many of them lay in the folder.

    Pairs of one text should stand together: then it is read once.
    """
    states = numpy.empty((len(queries), reader.width), numpy.float16)
    kept = 0
    for number, start in enumerate(range(0, len(queries), CHUNK_ROWS)):
        asked = queries[start : start + CHUNK_ROWS]
        chunk = work.load(number, (len(asked), reader.width))
        if chunk is None:
            chunk = reader.read(asked)
            work.save(number, chunk)
        else:
            kept += len(asked)
        states[start : start + len(asked)] = chunk
        step(start + len(asked), kept)
    return states, kept


def make_folder(folder: Path) -> None:
    """Make a folder and those above it.

    Raises: OutputError: it cannot be made (D504).
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            "D504",
            f"cannot make the folder {folder}: {error.strerror}",
            "Choose another folder with --out.",
        ) from error
