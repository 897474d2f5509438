"""What a benchmark gives: rows of one table, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.types import Signature


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    ``metrics`` are the bare numbers, for floors and for programs; ``shown`` is what a reader
    sees. ``data`` is the SHA-256 of what was measured on, None where nothing was read.
    """

    benchmark: str
    name: str
    metrics: Mapping[str, float]
    shown: str
    data: str | None = None

    @property
    def key(self) -> str:
        """The row's name in the table of floors, e.g. "documents/dyad"."""
        return f"{self.benchmark}/{self.name}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A benchmark that did not run, and why."""

    benchmark: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run measured, and what it was measured on.

    ``machine`` names the interpreter and the kind of processor: speed means nothing without.
    ``has_data`` tells whether there was a data folder at all.
    """

    signature: Signature
    machine: str
    has_data: bool
    rows: tuple[Row, ...]
    missing: tuple[Missing, ...]


def precision_recall(true: int, predicted: int, gold: int) -> dict[str, float]:
    """Return P, R and F1 from counts; 0 where there is nothing to divide by."""
    precision = true / predicted if predicted else 0.0
    recall = true / gold if gold else 0.0
    both = precision + recall
    return {"P": precision, "R": recall, "F1": 2 * precision * recall / both if both else 0.0}


def share_row(benchmark: str, name: str, count: int, total: int, data: str) -> Row:
    """Lay out "14 of 22"."""
    return Row(benchmark, name, {"count": count, "of": total}, f"{count} of {total}", data)


def rate_row(
    benchmark: str, name: str, count: int, total: int, data: str, *, note: str = ""
) -> Row:
    """Lay out "0.636 (14 of 22)"; the share is 0 where there is nothing to divide by."""
    share = count / total if total else 0.0
    metrics = {"share": share, "count": count, "of": total}
    return Row(benchmark, name, metrics, f"{share:.3f} ({count} of {total}){note}", data)
