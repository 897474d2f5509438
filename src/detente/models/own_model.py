"""A model of the user's own: a small head on the shipped encoder, made by ``detente train``.

The encoder reads a sentence; the head says what its states mean under the user's labels. A folder
holds the head's weights (``head.npz``) and its card (``card.json``); docs/train.md tells the rest.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import msgspec
import numpy

from detente.config import MODEL_FILES
from detente.errors import ConfigError, DataError
from detente.models.gate import Gate
from detente.models.pair_encoder import PairEncoder, PairJudgement, PairQuestion, Readings, softmax
from detente.types import NONE

OWN_CARD, HEAD = MODEL_FILES
# The curve of GELU in its tanh form: sqrt(2 / pi), and the weight of the cube.
_SLOPE, _CUBE = 0.7978845608, 0.044715


class PairJudge(Protocol):
    """What answers questions about pairs: the shipped model, or one of the user's own.

    Attributes: only: the types that may be coded; None where a type that the model does not have
        is the lexicon's alone.
    """

    @property
    def name(self) -> str:
        """What records say the answer is from."""

    @property
    def only(self) -> frozenset[str] | None:
        """See above."""

    @property
    def none_share(self) -> float | None:
        """How many pairs have nothing between them where the shares hold; None: unknown."""

    @property
    def gate(self) -> Gate | None:
        """What tells which sentences are worth asking about; None: all."""

    def judge(self, pairs: Sequence[PairQuestion]) -> list[PairJudgement]:
        """Judge pairs; the answers stand in the order of the questions."""


class OwnCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model of the user's own is, and what it was made with.

    ``lexicon`` are the types whose shares the head is given, in the order of its inputs.
    ``temperature`` divides the logits, so that shares mean what they say. ``rows`` counts what it
    learnt from, per label. The digests are SHA-256, in hex.
    """

    name: str
    labels: tuple[str, ...]
    lexicon: tuple[str, ...]
    temperature: float
    rows: dict[str, int]
    encoder: str
    encoder_sha256: str
    head_sha256: str
    detente: str


@dataclass(frozen=True, slots=True)
class HeadWeights:
    """The weights of M heads with one hidden layer each; the answer is the mean of their logits.

    Float32 arrays over I inputs, H hidden units and L labels: ``into`` M x I x H, ``into_bias``
    M x H, ``out`` M x H x L, ``out_bias`` M x L.
    """

    into: Any
    into_bias: Any
    out: Any
    out_bias: Any

    def logits(self, inputs: Any) -> Any:  # noqa: ANN401 - arrays
        """Answer rows of inputs, N x I; gives N x L, float32."""
        made = [
            gelu(inputs @ into + into_bias) @ out + out_bias
            for into, into_bias, out, out_bias in zip(
                self.into, self.into_bias, self.out, self.out_bias, strict=True
            )
        ]
        return numpy.mean(made, axis=0, dtype=numpy.float32)

    def packed(self) -> bytes:
        """The weights as an npz file; the same weights give the same bytes."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for field in fields(self):
                # A fixed date: what numpy itself writes has the clock in it.
                with archive.open(zipfile.ZipInfo(f"{field.name}.npy"), "w") as stream:
                    numpy.lib.format.write_array(stream, getattr(self, field.name))
        return packed.getvalue()

    @classmethod
    def unpacked(cls, data: bytes) -> HeadWeights:
        """Read what ``packed`` wrote; raises what numpy and zipfile raise of broken files."""
        with numpy.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return cls(**{field.name: arrays[field.name] for field in fields(cls)})

    def fits(self, inputs: int, labels: int) -> bool:
        """Whether the shapes agree with each other and with what comes in and goes out."""
        if self.into.ndim != len("MIH") or not self.into.shape[0]:
            return False
        heads, width, hidden = self.into.shape
        return bool(
            width == inputs
            and self.into_bias.shape == (heads, hidden)
            and self.out.shape == (heads, hidden, labels)
            and self.out_bias.shape == (heads, labels)
        )


class OwnModel:
    """Judges pairs with a head of the user's own.

    Statuses and places are the encoder's, as are the modes of types that it has under that name.

    Args: folder: as ``detente train`` wrote it. encoder: the one that it was trained on.
    Raises: DataError: a file is missing or broken (D271), or the head was trained on another
        encoder (D272).
    """

    def __init__(self, folder: Path, encoder: PairEncoder) -> None:
        self._encoder = encoder
        self.card, self._head = _load(folder)
        if self.card.encoder_sha256 != encoder.digest:
            raise DataError(
                "D272",
                f"the model in {folder} was trained on another encoder "
                f"({self.card.encoder}; this one is {encoder.name})",
                "Train it again with this version of detente, or use the version of its card: "
                f"{self.card.detente}.",
            )
        nothing = head_inputs(encoder.read([]), shares_of([], self.card.lexicon))
        if not self._head.fits(nothing.shape[1], len(self.card.labels)):
            raise _broken(folder, "its weights do not fit its labels")

    @property
    def name(self) -> str:
        """What records say the answer is from: the model's name and a hash of its weights."""
        return self.card.name

    @property
    def none_share(self) -> float | None:
        """As in the rows that it was trained on."""
        return self.card.rows.get(NONE, 0) / max(sum(self.card.rows.values()), 1)

    gate: Gate | None = None  # the shipped one knows where PLOVER's events are, no others

    @property
    def only(self) -> frozenset[str]:
        """Its own types: what the lexicon finds under others is not coded."""
        return frozenset(self.labels) - {NONE}

    @property
    def labels(self) -> tuple[str, ...]:
        """The types it knows; NONE only where there were rows of it."""
        return self.card.labels

    def judge(self, pairs: Sequence[PairQuestion]) -> list[PairJudgement]:
        """Judge pairs; the answers stand in the order of the questions."""
        read = self._encoder.read(pairs)
        given = shares_of((pair.lexicon for pair in pairs), self.card.lexicon)
        shares = softmax(self._head.logits(head_inputs(read, given)) / self.card.temperature)
        judged = []
        for row, status, modes, place in zip(
            shares.tolist(), *self._encoder.asides(read), strict=True
        ):
            types = {NONE: 0.0} | dict(zip(self.labels, row, strict=True))
            mine = {kind: mode for kind, mode in modes.items() if kind in types}
            judged.append(PairJudgement(types, status, mine, place))
        return judged

    def check_types(self, known: Iterable[str]) -> None:
        """Prove that events of every label can be written down.

        Raises: ConfigError: the ontology lacks some (D105).
        """
        strange = [label for label in self.labels if label not in {*known, NONE}]
        if strange:
            raise ConfigError(
                "D105",
                f"the ontology has no type {', '.join(strange)}, which the model {self.name} codes",
                "Define the types in a YAML file and add it with --ontology (docs/ontology.md).",
            )


def shares_of(answers: Iterable[Mapping[str, float]], names: Sequence[str]) -> Any:  # noqa: ANN401 - an array
    """Lay out what the lexicon says of N pairs: float32, N x names; what is not named is 0."""
    rows = [[answer.get(name, 0.0) for name in names] for answer in answers]
    return numpy.array(rows, dtype=numpy.float32).reshape(-1, len(names))


def head_inputs(read: Readings, lexicon: Any) -> Any:  # noqa: ANN401 - arrays
    """Put together what a head is given of N pairs: float32, N x I."""
    return numpy.concatenate([read.features, read.types, lexicon], axis=1, dtype=numpy.float32)


def gelu(values: Any) -> Any:  # noqa: ANN401 - arrays
    """The activation of the hidden layer, in its tanh form."""
    return 0.5 * values * (1 + numpy.tanh(_SLOPE * (values + _CUBE * values**3)))


def gelu_slope(values: Any) -> Any:  # noqa: ANN401 - arrays
    """The derivative of ``gelu``."""
    bent = numpy.tanh(_SLOPE * (values + _CUBE * values**3))
    inner = _SLOPE * (1 + 3 * _CUBE * values**2)
    return 0.5 * (1 + bent) + 0.5 * values * (1 - bent**2) * inner


def _load(folder: Path) -> tuple[OwnCard, HeadWeights]:
    try:
        card = msgspec.json.decode((folder / OWN_CARD).read_bytes(), type=OwnCard)
        packed = (folder / HEAD).read_bytes()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _broken(folder, str(error)) from error
    if hashlib.sha256(packed).hexdigest() != card.head_sha256:
        raise _broken(folder, f"{HEAD} is not the one that {OWN_CARD} was written for")
    try:
        return card, HeadWeights.unpacked(packed)
    except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise _broken(folder, f"{HEAD}: {error}") from error


def _broken(folder: Path, reason: str) -> DataError:
    return DataError(
        "D271",
        f"cannot load the model in {folder}: {reason}",
        "Give a folder that `detente train --out` has written, or train it anew.",
    )
