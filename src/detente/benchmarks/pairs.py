"""Sentence pairs with PLOVER roots (PLV): what `detente classify` says about them, zero-shot."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from detente.benchmarks.rows import Missing, Row
from detente.benchmarks.sources import Sources, content_hash
from detente.types import NONE, PairAnswer, PairQuery

if TYPE_CHECKING:
    from detente.pipeline import Coder

# The root of a CAMEO code under PLV's names: its labels follow CAMEO codes, so that a verdict
# (116) is an accusation there, a blockade (191) a fight, and what is promised an intent (03).
CAMEO_ROOTS = {
    "03": "AGREE",
    "04": "CONSULT",
    "05": "SUPPORT",
    "06": "COOPERATE",
    "07": "AID",
    "08": "YIELD",
    "09": "ACCUSE",
    "10": "REQUEST",
    "11": "ACCUSE",
    "12": "REJECT",
    "13": "THREATEN",
    "14": "PROTEST",
    "15": "MOBILIZE",
    "16": "SANCTION",
    "17": "COERCE",
    "18": "ASSAULT",
    "19": "ASSAULT",
    "20": "ASSAULT",
}
_PAIRS = "bench/plv/PLV_train.tsv"
# PLV follows an earlier PLOVER, in which these two types were one root.
ROOTS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
_MARK = re.compile(r"<(/?)([st])>")


@dataclass(frozen=True, slots=True)
class MarkedPair:
    """One row: the plain sentence, where source and target stand in it, and its root."""

    text: str
    source: tuple[int, int] | None
    target: tuple[int, int] | None
    root: str


def marked_pairs(sources: Sources, coder: Coder) -> Iterator[Row | Missing]:
    """Classify the pairs of PLV_train; nothing that is shipped was trained on them."""
    reason = sources.absent(_PAIRS)
    if reason:
        yield Missing("plv", reason)
        return
    path = sources.file(_PAIRS)
    pairs = list(read_pairs(path))
    queries = [
        PairQuery(str(number), pair.text, pair.source, pair.target)
        for number, pair in enumerate(pairs)
        if pair.source is not None
    ]
    answers = {answer.id: answer for answer in coder.classify(queries)}
    gold = [pair.root for pair in pairs]
    given = [answers.get(str(number)) for number in range(len(pairs))]
    data = content_hash([path])
    yield _row("root", gold, [root_of(answer) for answer in given], data)
    yield _row("root without NONE", gold, [forced_root(answer) for answer in given], data)
    yield _row("root of the CAMEO code", gold, [cameo_root(answer) for answer in given], data)


def read_pairs(path: Path) -> Iterator[MarkedPair]:
    """Read the table. Where a party is marked twice, the first place counts."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            text, spans = unmark(row["marked_sentence"])
            yield MarkedPair(text, spans.get("s"), spans.get("t"), row["gold_root"])


def unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Take <s>, </s>, <t>, </t> out of a sentence and say where they stood.

    Blanks inside a mark do not belong to its span.
    """
    parts: list[str] = []
    opened: dict[str, int] = {}
    places: dict[str, tuple[int, int]] = {}
    at = length = 0
    for mark in _MARK.finditer(marked):
        parts.append(marked[at : mark.start()])
        length += mark.start() - at
        at = mark.end()
        closing, name = mark.groups()
        if not closing:
            opened[name] = length
        elif name in opened:
            places.setdefault(name, (opened.pop(name), length))
    text = "".join(parts) + marked[at:]
    return text, {name: _trimmed(text, *place) for name, place in places.items()}


def root_of(answer: PairAnswer | None) -> str:
    """Return the root that was answered; NONE for a pair that could not be asked."""
    return NONE if answer is None else ROOTS.get(answer.type, answer.type)


def forced_root(answer: PairAnswer | None) -> str:
    """Return the most probable root other than NONE: what the published systems had to give."""
    if answer is None:
        return NONE
    sums: dict[str, float] = {}
    for name, share in answer.probabilities.items():
        if name != NONE:
            root = ROOTS.get(name, name)
            sums[root] = sums.get(root, 0.0) + share
    # All zero: nothing was found, and a guess by the order of the alphabet is no answer.
    return max(sums, key=lambda root: (sums[root], root)) if any(sums.values()) else NONE


def cameo_root(answer: PairAnswer | None) -> str:
    """Return the root of the CAMEO code that was answered; of the likeliest type beside NONE."""
    if answer is None or answer.cameo is None:
        return forced_root(answer)
    return CAMEO_ROOTS[answer.cameo[:2]]


def macro_f1(gold: Iterable[str], answered: Iterable[str]) -> float:
    """Average the F1 of every root in gold; NONE is no root, it only costs recall."""
    pairs = list(zip(gold, answered, strict=True))
    scores: Mapping[str, float] = {root: class_f1(root, pairs) for root, _ in pairs}
    return sum(scores.values()) / len(scores) if scores else 0.0


def class_f1(root: str, pairs: Sequence[tuple[str, str]]) -> float:
    """F1 of one class, from pairs of what is right and what was answered."""
    right = sum(gold == answer == root for gold, answer in pairs)
    return 2 * right / sum((gold == root) + (answer == root) for gold, answer in pairs)


def _row(name: str, gold: list[str], answered: list[str], data: str) -> Row:
    metrics = {
        "macro_f1": macro_f1(gold, answered),
        "accuracy": sum(a == b for a, b in zip(gold, answered, strict=True)) / len(gold),
        "none": answered.count(NONE) / len(gold),
    }
    shown = (
        f"macro-F1 {metrics['macro_f1']:.3f} accuracy {metrics['accuracy']:.3f} "
        f"answered NONE {metrics['none']:.1%} ({len(gold):,} pairs; zero-shot, not trained on it)"
    )
    return Row("plv", name, metrics, shown, data)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())
