"""How good answers are: precision, recall and F1 of each type, confusion, calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy

from detente.types import NONE

# Ten, as papers on calibration have it.
BINS = 10


@dataclass(frozen=True, slots=True)
class TypeScore:
    """One type on the held-out rows: how many there are, precision, recall, F1 (None: no rows)."""

    label: str
    rows: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class ShareBin:
    """Answers whose share is from ``low`` to ``high``: how many, mean share, how many are right."""

    low: float
    high: float
    rows: int
    share: float
    right: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Answers to N rows against what they are labelled.

    ``gold`` and ``shares`` are int64 of N and float32 of N x labels.
    """

    labels: tuple[str, ...]
    gold: Any
    shares: Any

    @property
    def answers(self) -> Any:  # noqa: ANN401 - an array
        """The likeliest label of each row, as a number: int64 of N."""
        return self.shares.argmax(axis=1)

    @property
    def accuracy(self) -> float:
        """The share of rows that are right."""
        return float((self.answers == self.gold).mean())

    @property
    def guessing(self) -> float:
        """What would be right if every answer were the most frequent label."""
        return float(numpy.bincount(self.gold).max() / len(self.gold))

    def confusion(self) -> Any:  # noqa: ANN401 - an array
        """Rows by label (first axis) and answer: int64, labels x labels."""
        table = numpy.zeros((len(self.labels), len(self.labels)), numpy.int64)
        numpy.add.at(table, (self.gold, self.answers), 1)
        return table

    def by_type(self) -> list[TypeScore]:
        """Scores of each label, in their order."""
        table = self.confusion()
        scores = []
        for number, label in enumerate(self.labels):
            right = int(table[number, number])
            rows, said = int(table[number].sum()), int(table[:, number].sum())
            scores.append(
                TypeScore(
                    label,
                    rows,
                    right / said if said else None,
                    right / rows if rows else None,
                    2 * right / (rows + said) if rows else None,
                )
            )
        return scores

    @property
    def macro_f1(self) -> float | None:
        """The mean F1 over the types that have rows; NONE is no type."""
        known = [s.f1 for s in self.by_type() if s.f1 is not None and s.label != NONE]
        return sum(known) / len(known) if known else None

    def calibration(self) -> list[ShareBin]:
        """The answers in bins of equal width of their share; empty bins are left out."""
        top, right = self.shares.max(axis=1), self.answers == self.gold
        place = numpy.minimum((top * BINS).astype(numpy.int64), BINS - 1)
        bins = []
        for number in range(BINS):
            inside = place == number
            if inside.any():
                mean, hit = float(top[inside].mean()), float(right[inside].mean())
                low, high = number / BINS, (number + 1) / BINS
                bins.append(ShareBin(low, high, int(inside.sum()), mean, hit))
        return bins

    @property
    def calibration_error(self) -> float:
        """The expected calibration error: mean distance of share and accuracy, over the bins."""
        bins = self.calibration()
        return sum(each.rows * abs(each.share - each.right) for each in bins) / len(self.gold)

    def surest_errors(self, most: int) -> list[int]:
        """Numbers of the wrong rows with the greatest shares, those first."""
        wrong = numpy.flatnonzero(self.answers != self.gold)
        top = self.shares.max(axis=1)[wrong]
        return [int(wrong[at]) for at in numpy.argsort(-top, kind="stable")[:most]]
