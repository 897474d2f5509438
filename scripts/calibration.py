"""Whether a confidence means what it says, and what is gained by heeding it.

Answers are put into ten bins of equal width by their confidence. Expected calibration error (ECE)
is the distance between mean confidence and share right, averaged over the bins, each counting by
the answers in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_BINS = 10
# Types with fewer answers than this are put together: their own error would be noise.
_FEW = 30
RARE = "rare types"


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that was answered: its type, how sure the answer is, and whether it is right."""

    type: str
    sure: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about one confidence; ``low`` and ``high`` are its bounds."""

    low: float
    high: float
    count: int
    sure: float
    right: float


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left when answers below a threshold are dropped.

    Attributes: kept: share of the answers. precision: share right of those; None if none is left.
        recall: right ones by labelled ones.
    """

    threshold: float
    kept: float
    precision: float | None
    recall: float


def bins(answers: Iterable[Answer]) -> list[Bin]:
    """Put answers into bins; empty ones are left out."""
    sorted_in: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        sorted_in[min(int(answer.sure * _BINS), _BINS - 1)].append(answer)
    return [
        Bin(
            low=number / _BINS,
            high=(number + 1) / _BINS,
            count=len(inside),
            sure=sum(answer.sure for answer in inside) / len(inside),
            right=sum(answer.right for answer in inside) / len(inside),
        )
        for number, inside in sorted(sorted_in.items())
    ]


def calibration_error(answers: Sequence[Answer]) -> float:
    """Expected calibration error; 0 for no answers."""
    if not answers:
        return 0.0
    return sum(abs(each.sure - each.right) * each.count for each in bins(answers)) / len(answers)


def by_type(answers: Iterable[Answer]) -> Mapping[str, list[Answer]]:
    """Answers by their type, most first; types with few answers together, last."""
    groups: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        groups[answer.type].append(answer)
    found: dict[str, list[Answer]] = {}
    rare: list[Answer] = []
    for name in sorted(groups, key=lambda name: (-len(groups[name]), name)):
        if len(groups[name]) < _FEW:
            rare += groups[name]
        else:
            found[name] = groups[name]
    return found | ({RARE: rare} if rare else {})


def cut(answers: Sequence[Answer], labelled: int, threshold: float) -> Cut:
    """Drop the answers that are less sure than a threshold."""
    kept = [answer for answer in answers if answer.sure >= threshold]
    right = sum(answer.right for answer in kept)
    return Cut(
        threshold,
        len(kept) / len(answers) if answers else 0.0,
        right / len(kept) if kept else None,
        right / labelled if labelled else 0.0,
    )


def curve(answers: Sequence[Answer], labelled: int, least: float) -> list[Cut]:
    """Cut at every confidence that occurs, from the surest on, while ``least`` of all are left."""
    cuts = (
        cut(answers, labelled, sure) for sure in sorted({a.sure for a in answers}, reverse=True)
    )
    return [each for each in cuts if each.kept >= least]
