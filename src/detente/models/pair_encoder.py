"""What does one marked actor do to another? A small encoder reads the sentence and answers.

The two actors are marked in the text; what the lexicon found between them is given as well, so that
the answer is of both. Weights, vocabulary and card lie in ``data/models/pairs-1``; how they were
made is in docs/model.md.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import numpy

from detente.errors import DataError
from detente.models.wordpiece import WordPieces
from detente.types import NONE

Span = tuple[int, int]
# Texts of about one length are judged together; larger batches gain nothing on a CPU.
_BATCH = 16
# What the lexicon has not found may still be there.
_FLOOR = 1e-3


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model is: its name, what its outputs mean, where it comes from.

    ``temperature`` divides the logits, so that probabilities mean what they say, and
    ``lexicon_weight`` is what the logarithm of the lexicon's answer counts beside them; both were
    fitted on the development part of the labels. ``nothing`` is added to the logit of NONE: less
    than nothing where pairs are asked about with reason. ``marks`` are the pieces that stand for
    the beginning and end of source and target.
    """

    name: str
    labels: tuple[str, ...]
    statuses: tuple[str, ...]
    marks: tuple[str, str, str, str]
    max_pieces: int
    temperature: float
    lexicon_weight: float
    nothing: float
    base: str
    trained_on: str
    licence: str


@dataclass(frozen=True, slots=True)
class PairQuestion:
    """A question: a text, where two actors stand in it, and what the lexicon says of them.

    Offsets are half-open code points into ``text``; ``target`` is None for an act with no
    recipient. ``lexicon`` maps types and NONE to probabilities; empty where nobody has asked it.
    """

    text: str
    source: Span
    target: Span | None
    lexicon: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The answer: probabilities over all types and NONE, and over the statuses an event would have.

    Each sums to 1.
    """

    types: Mapping[str, float]
    statuses: Mapping[str, float]


def likeliest(shares: Mapping[str, float], *, but: str | None = None) -> str:
    """The name with the greatest share, one name left out of account."""
    return max((name for name in shares if name != but), key=lambda name: shares[name])


class PairPieces:
    """Encodes marked pairs for a model.

    Attributes: pad: id of the piece that fills up short rows.
    Raises: KeyError: the vocabulary lacks a mark of the card.
    """

    def __init__(self, pieces: WordPieces, card: Card) -> None:
        self._pieces = pieces
        self._room = card.max_pieces - 2
        ids = pieces.ids
        self._marks = tuple(ids[mark] for mark in card.marks)
        self._begin, self._end, self.pad = ids["[CLS]"], ids["[SEP]"], ids["[PAD]"]

    def encode(self, pair: PairQuestion) -> tuple[list[int], int, int]:
        """Return the pieces of a pair, and where the marks before source and target stand.

        The second place is 0 for a pair without target. A text that is too long is cut around the
        two actors.
        """
        ends = [(pair.source[0], 1, 0), (pair.source[1], 0, 1)]
        if pair.target is not None:
            ends += [(pair.target[0], 1, 2), (pair.target[1], 0, 3)]
        pieces, places, at = [self._begin], [0, 0, 0, 0], 0
        # At one place an end goes before a beginning: "[S] Peru [/S][T]'s army[/T]".
        for place, _, mark in sorted(ends):
            pieces += self._pieces.encode(pair.text[at:place])
            at, places[mark] = place, len(pieces)
            pieces.append(self._marks[mark])
        pieces += [*self._pieces.encode(pair.text[at:]), self._end]
        if len(pieces) > self._room + 2:
            pieces, places = self._cut(pieces, places)
        return pieces, places[0], places[2]

    def _cut(self, pieces: list[int], places: list[int]) -> tuple[list[int], list[int]]:
        room = self._room
        first = min(place for place in places if place)
        start = max(1, min(first - _LEAD, len(pieces) - room - 1))
        cut = [self._begin, *pieces[start : start + room], self._end]
        last = len(cut) - 1
        return cut, [min(place - start + 1, last) if place else 0 for place in places]


class PairEncoder:
    """Judges marked pairs in batches.

    Args: folder: with ``model.onnx``, ``vocab.txt`` and ``card.json``.
    Raises: DataError: a file is missing or broken (D270).
    """

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # 0.2 s: only who asks the model pays

        try:
            self.card = msgspec.json.decode((folder / "card.json").read_bytes(), type=Card)
            self._pieces = PairPieces(WordPieces(folder / "vocab.txt"), self.card)
            options = onnxruntime.SessionOptions()
            # One thread: documents go to several processes, and results must not depend on cores.
            options.intra_op_num_threads = options.inter_op_num_threads = 1
            options.log_severity_level = 3
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except _failures() as error:
            raise DataError(
                "D270",
                f"cannot load the model in {folder}: {error}",
                "Install detente again, or train the model anew (docs/model.md).",
            ) from error

    def judge(self, pairs: Iterable[PairQuestion]) -> list[Judgement]:
        """Judge pairs; the answers stand in the order of the questions."""
        asked = list(pairs)
        encoded = [self._pieces.encode(pair) for pair in asked]
        order = sorted(range(len(asked)), key=lambda i: len(encoded[i][0]))
        out: list[Judgement | None] = [None] * len(asked)
        for at in range(0, len(order), _BATCH):
            chosen = order[at : at + _BATCH]
            types, statuses = self._run([encoded[i] for i in chosen], [asked[i] for i in chosen])
            for i, kinds, ways in zip(chosen, types, statuses, strict=True):
                out[i] = Judgement(
                    dict(zip(self.card.labels, kinds, strict=True)),
                    dict(zip(self.card.statuses, ways, strict=True)),
                )
        return [judgement for judgement in out if judgement is not None]

    def _run(
        self, rows: Sequence[tuple[list[int], int, int]], pairs: Sequence[PairQuestion]
    ) -> tuple[list[list[float]], list[list[float]]]:
        width = max(len(pieces) for pieces, _, _ in rows)
        ids = numpy.full((len(rows), width), self._pieces.pad, dtype=numpy.int64)
        for row, (pieces, _, _) in zip(ids, rows, strict=True):
            row[: len(pieces)] = pieces
        labels = self.card.labels
        given = {
            "ids": ids,
            "mask": (ids != self._pieces.pad).astype(numpy.int64),
            "source": numpy.array([source for _, source, _ in rows], dtype=numpy.int64),
            "target": numpy.array([target for _, _, target in rows], dtype=numpy.int64),
            "lexicon": numpy.array(
                [[pair.lexicon.get(label, 0.0) for label in labels] for pair in pairs],
                dtype=numpy.float32,
            ),
        }
        types, statuses = self._session.run(None, given)
        # The model has seen the lexicon's answer; what it makes of it is still too little.
        beside = numpy.log(given["lexicon"] + _FLOOR) * given["lexicon"].any(axis=1, keepdims=True)
        types = types / self.card.temperature + self.card.lexicon_weight * beside
        types[:, labels.index(NONE)] += self.card.nothing
        return _softmax(types), _softmax(statuses)


# So many pieces before the first actor are kept when a text is cut.
_LEAD = 10


@functools.cache
def load_pair_encoder(folder: Path | None = None) -> PairEncoder:
    """Load the shipped model, or that of a folder; once a process."""
    return PairEncoder(folder or Path(str(files("detente") / "data" / "models" / "pairs-1")))


def _softmax(logits: Any) -> list[list[float]]:  # noqa: ANN401 - an array
    powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    shares: list[list[float]] = (powers / powers.sum(axis=1, keepdims=True)).tolist()
    return shares


def _failures() -> tuple[type[Exception], ...]:
    """What a broken file raises; onnxruntime's dozen kinds have no common root of their own."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    kinds = vars(state).values()
    theirs = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Exception)]
    return (OSError, KeyError, msgspec.DecodeError, *theirs)
