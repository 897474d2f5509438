"""What does one actor do to another? A small encoder reads a sentence once, for all pairs in it.

The actors are given as places in the text; what the lexicon found between them is given as well, so
that the answer is of both. Weights, vocabulary and card lie in ``data/models/pairs-3``; how they
were made is in docs/model.md.
"""

from __future__ import annotations

import functools
import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy

from detente.errors import DataError
from detente.models.gate import Gate
from detente.models.wordpiece import WordPieces
from detente.types import NONE

Span = tuple[int, int]
Value = TypeVar("Value")
# Texts of about one length are read together, up to so many. On a CPU more gain nothing, and what
# fills up the shorter ones costs as much as words: it is this share of the longest at most.
_BATCH, _FILLED = 8, 0.12
GATE = "gate.json"
# What the lexicon has not found may still be there.
FLOOR = 1e-3
# What the graph gives for each pair: the states that its answer is made of, logits of types,
# statuses and modes, and the piece that it hangs on most.
_OUTPUTS = ("features", "types", "statuses", "modes", "word")
# So many pieces before the first actor are kept when a text is cut.
_LEAD = 10


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model is: its name, what its outputs mean, where it comes from.

    ``modes`` are written TYPE/mode. ``temperature`` divides the logits of the types, so that
    probabilities mean what they say, and ``lexicon_weight`` is what the logarithm of the lexicon's
    answer counts beside them; both were fitted on the development part of the labels, in which
    ``none_share`` of the pairs have nothing between them. ``weights`` is the SHA-256 of
    ``model.onnx``.
    """

    name: str
    labels: tuple[str, ...]
    statuses: tuple[str, ...]
    modes: tuple[str, ...]
    max_pieces: int
    temperature: float
    lexicon_weight: float
    nothing: float
    none_share: float
    base: str
    trained_on: str
    licence: str
    weights: str


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


class OnDemand(Mapping[str, Value]):
    """A mapping that is made when somebody looks into it: of most answers nobody does."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Callable[[], Mapping[str, Value]]) -> None:
        self._make = make
        self._made: Mapping[str, Value] | None = None

    def _mapping(self) -> Mapping[str, Value]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getitem__(self, name: str) -> Value:
        return self._mapping()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._mapping())

    def __len__(self) -> int:
        return len(self._mapping())


@dataclass(frozen=True, slots=True)
class PairJudgement:
    """The answer: probabilities over all types and NONE, and over the statuses an event would have.

    Each sums to 1. ``mode`` is the likeliest mode of each type that has one, with its share among
    that type's. ``place`` is the offset of the word that the answer hangs on most.
    """

    types: Mapping[str, float]
    statuses: Mapping[str, float]
    modes: Mapping[str, tuple[str, float]]
    place: int


def likeliest(shares: Mapping[str, float], *, but: str | None = None) -> str:
    """The name with the greatest share, one name left out of account."""
    return max((name for name in shares if name != but), key=lambda name: shares[name])


@dataclass(frozen=True, slots=True)
class Encoded:
    """A text in pieces: their ids, the offsets they begin at, the pieces of each span asked for.

    The first and the last piece are marks of begin and end; their offsets are -1.
    """

    ids: list[int]
    offsets: list[int]
    spans: Mapping[Span, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Readings:
    """What the encoder gives for N pairs, in their order.

    Float32 arrays of N rows: ``features`` are the states that an answer is made of; ``types``,
    ``statuses`` and ``modes`` are logits in the order of the card; ``lexicon`` is what was given.
    ``places`` are offsets of words.
    """

    features: Any
    types: Any
    statuses: Any
    modes: Any
    lexicon: Any
    places: list[int]


# A text, and the numbers of the pairs that are asked about in it.
_Text = tuple[Encoded, list[int]]


class SentencePieces:
    """Encodes texts for a model.

    Attributes: pad: id of the piece that fills up short rows.
    """

    def __init__(self, pieces: WordPieces, max_pieces: int) -> None:
        self._pieces = pieces
        self._room = max_pieces - 2
        self._begin, self._end = pieces.ids["[CLS]"], pieces.ids["[SEP]"]
        self.pad = pieces.ids["[PAD]"]

    def encode(self, text: str, spans: Iterable[Span]) -> Encoded:
        """Return the pieces of a text, and the first and last piece of each span, counted from 0.

        A text that is too long is cut around the first span; what lies outside has the last piece.
        """
        ids, offsets = self._pieces.encode(text)
        wanted = list(dict.fromkeys(spans))
        start = 0
        if len(ids) > self._room:
            first = bisect_left(offsets, min((span[0] for span in wanted), default=0))
            start = max(0, min(first - _LEAD, len(ids) - self._room))
            ids, offsets = ids[start : start + self._room], offsets[start : start + self._room]
        places = {}
        for span in wanted:
            one = bisect_left(offsets, span[0])
            other = bisect_left(offsets, span[1]) - 1
            one = min(one, max(len(ids) - 1, 0))
            places[span] = (one + 1, max(one, other) + 1)
        return Encoded([self._begin, *ids, self._end], [-1, *offsets, -1], places)


class PairEncoder:
    """Judges pairs in batches of sentences.

    Args: folder: with ``model.onnx``, ``vocab.txt`` and ``card.json``; ``gate.json`` may be there.
    Raises: DataError: a file is missing or broken (D270).
    """

    # A type that it does not have is the lexicon's alone.
    only: frozenset[str] | None = None

    def __init__(self, folder: Path) -> None:
        import onnxruntime  # 0.2 s: only who asks the model pays

        options = onnxruntime.SessionOptions()
        # One thread: documents are what is done in parallel. Warnings would go to the terminal.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            card = (folder / "card.json").read_bytes()
            self.card = msgspec.json.decode(card, type=Card)
            self._pieces = SentencePieces(WordPieces(folder / "vocab.txt"), self.card.max_pieces)
            self._session = onnxruntime.InferenceSession(
                (folder / "model.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
            )
            gate = folder / GATE
            rules = gate.read_bytes() if gate.exists() else b""
            self.gate = msgspec.json.decode(rules, type=Gate) if rules else None
        except _failures() as error:
            raise DataError(
                "D270",
                f"cannot load the model in {folder}: {error}",
                "Install detente again, or train the model anew (docs/model.md).",
            ) from error
        self._folder = folder
        self._version = hashlib.sha256(card + rules).hexdigest()[:8]
        self._modes = _grouped(self.card.modes)
        widths = {out.name: out.shape[1:] for out in self._session.get_outputs()}
        self._empty = [numpy.zeros((0, *widths[name]), numpy.float32) for name in _OUTPUTS[:-1]]

    @property
    def none_share(self) -> float:
        """How many of all pairs have nothing between them, in the text that it was fitted on."""
        return self.card.none_share

    @property
    def name(self) -> str:
        """What records say the answer is from."""
        return f"{self.card.name}:{self._version}"

    @functools.cached_property
    def digest(self) -> str:
        """SHA-256 of the weights: a head trained on others cannot read these states."""
        return hashlib.sha256((self._folder / "model.onnx").read_bytes()).hexdigest()

    def judge(self, pairs: Sequence[PairQuestion]) -> list[PairJudgement]:
        """Judge pairs; the answers stand in the order of the questions.

        Each text is read once, whatever number of pairs is asked about in it.
        """
        read = self.read(pairs)
        types = softmax(self._with_lexicon(read))
        return [
            PairJudgement(dict(zip(self.card.labels, shares, strict=True)), *rest)
            for shares, *rest in zip(types.tolist(), *self.asides(read), strict=True)
        ]

    def asides(self, read: Readings) -> tuple[list[Any], list[Any], list[int]]:
        """What stands in a judgement beside the types: statuses, modes, place; one each a pair."""
        statuses = [
            OnDemand(functools.partial(_named, self.card.statuses, shares))
            for shares in softmax(read.statuses).tolist()
        ]
        columns = {
            kind: _best(read.modes[:, first:last], names)
            for kind, (first, last, names) in self._modes.items()
        }
        modes = [
            OnDemand(functools.partial(_named, tuple(columns), row))
            for row in zip(*columns.values(), strict=True)
        ]
        return statuses, modes, read.places

    def read(self, pairs: Sequence[PairQuestion]) -> Readings:
        """Let the encoder read; each text once."""
        by_text: dict[str, list[int]] = {}
        for number, pair in enumerate(pairs):
            by_text.setdefault(pair.text, []).append(number)
        texts = [
            (self._pieces.encode(text, _spans(pairs[n] for n in numbers)), numbers)
            for text, numbers in by_text.items()
        ]
        texts.sort(key=lambda each: len(each[0].ids))
        order: list[int] = []
        places: list[int] = []
        made: list[Sequence[Any]] = [self._empty]
        for batch in _batches(texts):
            *columns, words = self._run(batch, pairs)
            made.append(columns)
            chosen = [(encoded, n) for encoded, numbers in batch for n in numbers]
            order += [n for _, n in chosen]
            places += [each.offsets[word] for (each, _), word in zip(chosen, words, strict=True)]
        back = numpy.argsort(numpy.array(order, dtype=numpy.int64))
        states, types, statuses, modes = (
            numpy.concatenate(column)[back] for column in zip(*made, strict=True)
        )
        lexicon = self._shares(pair.lexicon for pair in pairs)
        return Readings(states, types, statuses, modes, lexicon, [places[n] for n in back])

    def _run(
        self, batch: Sequence[tuple[Encoded, list[int]]], pairs: Sequence[PairQuestion]
    ) -> Sequence[Any]:
        width = max(len(encoded.ids) for encoded, _ in batch)
        ids = numpy.full((len(batch), width), self._pieces.pad, dtype=numpy.int64)
        asked = []
        for row, (encoded, numbers) in enumerate(batch):
            ids[row, : len(encoded.ids)] = encoded.ids
            for n in numbers:
                target = pairs[n].target
                ends = (0, 0) if target is None else encoded.spans[target]
                asked.append((row, *encoded.spans[pairs[n].source], *ends))
        columns = numpy.array(asked, dtype=numpy.int64).T
        given = dict(zip(("row", "s0", "s1", "t0", "t1"), columns, strict=True))
        given |= {"ids": ids, "mask": (ids != self._pieces.pad).astype(numpy.int64)}
        given["lexicon"] = self._shares(pairs[n].lexicon for _, numbers in batch for n in numbers)
        answered: Sequence[Any] = self._session.run(list(_OUTPUTS), given)
        return answered

    def _shares(self, answers: Iterable[Mapping[str, float]]) -> Any:  # noqa: ANN401 - an array
        labels = self.card.labels
        rows = [[answer.get(label, 0.0) for label in labels] for answer in answers]
        return numpy.array(rows, dtype=numpy.float32).reshape(-1, len(labels))

    def _with_lexicon(self, read: Readings) -> Any:  # noqa: ANN401 - an array
        # The model has seen the lexicon's answer; what it makes of it is still too little.
        beside = numpy.log(read.lexicon + FLOOR) * read.lexicon.any(axis=1, keepdims=True)
        shares = read.types / self.card.temperature + self.card.lexicon_weight * beside
        shares[:, self.card.labels.index(NONE)] += self.card.nothing
        return shares


@functools.cache
def load_pair_encoder(folder: Path | None = None) -> PairEncoder:
    """Load the shipped model, or that of a folder; once a process."""
    return PairEncoder(folder or Path(str(files("detente") / "data" / "models" / "pairs-3")))


def softmax(logits: Any) -> Any:  # noqa: ANN401 - arrays
    """Turn each row of logits into shares that sum to 1."""
    powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _named(names: Sequence[str], values: Sequence[Value]) -> dict[str, Value]:
    return dict(zip(names, values, strict=True))


def _batches(texts: Sequence[_Text]) -> Iterator[list[_Text]]:
    """Group texts that are sorted by length."""
    batch: list[_Text] = []
    for text in texts:
        longest = len(text[0].ids)
        if batch and (len(batch) == _BATCH or len(batch[0][0].ids) < longest * (1 - _FILLED)):
            yield batch
            batch = []
        batch.append(text)
    if batch:
        yield batch


def _spans(pairs: Iterable[PairQuestion]) -> Iterator[Span]:
    for pair in pairs:
        yield pair.source
        if pair.target is not None:
            yield pair.target


def _grouped(modes: Sequence[str]) -> dict[str, tuple[int, int, list[str]]]:
    """The columns of each type's modes, and their names; modes of a type stand together."""
    groups: dict[str, tuple[int, int, list[str]]] = {}
    for number, mode in enumerate(modes):
        kind, _, name = mode.partition("/")
        first, _, names = groups.get(kind, (number, number, []))
        groups[kind] = (first, number + 1, [*names, name])
    return groups


def _best(logits: Any, names: Sequence[str]) -> list[tuple[str, float]]:  # noqa: ANN401 - an array
    """The likeliest of some modes and its share among them, for each row."""
    shares = softmax(logits)
    return [
        (names[place], share)
        for place, share in zip(
            shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist(), strict=True
        )
    ]


def _failures() -> tuple[type[Exception], ...]:
    """What a broken file raises; onnxruntime's dozen kinds have no common root of their own."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    kinds = vars(state).values()
    theirs = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Exception)]
    return (OSError, KeyError, msgspec.DecodeError, *theirs)
