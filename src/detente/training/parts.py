"""Which rows are learnt from, which say when to stop, and which nobody looks at but the report.

Rows are parted by text: pairs of one sentence, or of a sentence that stands in the data twice,
never fall apart. It depends on the texts alone, not on their order, so a run can be repeated.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from detente.errors import DataError
from detente.reading.pairs import LabelledPair
from detente.types import Rejection

# Below this a type is a few sentences; what is learnt of it is their words.
FEW_ROWS = 5
# Of so many texts one is for tuning and one for the report; the rest is learnt from.
_EVERY = 7
# Fewer texts cannot be parted in three.
_FEWEST_TEXTS = 10


@dataclass(frozen=True, slots=True)
class Parts:
    """Numbers of rows, int64: to learn from, to tune on (when to stop, temperature), to report."""

    learn: Any
    tune: Any
    test: Any


def part_rows(pairs: Sequence[LabelledPair], rejected: Sequence[Rejection] = ()) -> Parts:
    """Part rows by their text; each type is spread over the parts as far as its texts go.

    Args: rejected: the lines that were left out, for the message.
    Raises: DataError: too few rows to learn anything from (D273).
    """
    counts = Counter(pair.type for pair in pairs)
    texts: dict[str, list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        texts[text_key(pair.query.text)].append(number)
    _check(counts, len(texts), rejected)
    groups: dict[str, list[str]] = defaultdict(list)
    for key in sorted(texts):
        # A text counts for the rarest type in it: the others have texts enough.
        rarest = min((pairs[n].type for n in texts[key]), key=lambda kind: (counts[kind], kind))
        groups[rarest].append(key)
    parts: dict[str, list[int]] = {"learn": [], "tune": [], "test": []}
    at = 0
    for kind in sorted(groups, key=lambda kind: (counts[kind], kind)):
        for key in groups[kind]:
            # Counted on over the groups, else those of few texts would never come to a part.
            part = {_EVERY // 2: "tune", _EVERY - 1: "test"}.get(at % _EVERY, "learn")
            parts[part] += texts[key]
            at += 1
    made = {name: numpy.array(sorted(rows), numpy.int64) for name, rows in parts.items()}
    return Parts(**made)


def text_key(text: str) -> str:
    """A hash that a text shares with what differs in case and white space alone."""
    return hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()


def _check(counts: Counter[str], texts: int, rejected: Sequence[Rejection]) -> None:
    enough = [kind for kind, count in counts.items() if count >= FEW_ROWS]
    if len(enough) >= len(("one", "other")) and texts >= _FEWEST_TEXTS:
        return
    listed = ", ".join(f"{kind} {count}" for kind, count in counts.most_common()) or "no rows"
    if rejected:
        first = rejected[0]
        where = f"{first.code} in line {first.line}: {first.reason}"
        listed += f"; {len(rejected):,} lines were left out, the first for {where}"
    raise DataError(
        "D273",
        f"too few rows to learn from: in {texts} texts {listed}",
        f"Give at least two types (NONE is one) with {FEW_ROWS} rows each, in {_FEWEST_TEXTS} "
        "texts or more; some hundred a type make a useful model.",
    )
